"""How templates are made ready: once per language, with short ways to what a page does hundreds of times."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape

from matchmaker.words.language import page_language, texts

MOST_TEMPLATES = 1_000


def shown(value: object) -> str:
    """What a value looks like in a page: MarkupSafe's `escape`, which the page only joins to what stands around it."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return escape(value)


class QuickContext(Context):
    """Calls a macro straight away; of anything else Jinja first finds out what it wants to know."""

    def call(self, called: Any, *args: Any, **kwargs: Any) -> Any:
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs)


class Said(NodeTransformer):
    """Puts a text without values in the language the template is made ready for."""

    def __init__(self, eval_ctx: EvalContext) -> None:
        self.safe = bool(eval_ctx.autoescape)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        node = self.generic_visit(node)  # type: ignore[assignment]
        if not isinstance(node.node, nodes.Name) or node.node.name != "_" or node.kwargs or len(node.args) != 1:
            return node
        text = node.args[0]
        if node.dyn_args is not None or node.dyn_kwargs is not None or not isinstance(text, nodes.Const):
            return node
        said = nodes.Const(texts().ugettext(text.value) % {}, lineno=node.lineno)
        return nodes.MarkSafe(said, lineno=node.lineno) if self.safe else said


class QuickCode(CodeGenerator):
    """Python of a template, with its texts said and its values shown by the short way."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        if self.environment.language:  # type: ignore[attr-defined]
            node = Said(EvalContext(self.environment, self.name)).visit(node)
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")


class QuickEnvironment(Environment):
    """Templates as every page uses them, made ready once for each language.

    They share the globals of the environment themselves, not a chain of maps over them: for each import of each page
    Jinja compares the names in both, and of a chain that is done name by name in Python.
    """

    code_generator_class = QuickCode
    context_class = QuickContext
    shown = staticmethod(shown)
    language = ""
    """The language the templates of this environment are in; empty of the one that chooses."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._in: dict[str, QuickEnvironment] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        """The template in the language of the page; it is to be rendered in that language."""
        chosen = "" if self.language else page_language()
        if not chosen:
            return super().get_template(name, parent, globals)
        found = self._in.get(chosen)
        if found is None:
            found = self.overlay(cache_size=MOST_TEMPLATES)
            found.language = chosen
            self._in[chosen] = found
        return found.get_template(name, parent, globals)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
