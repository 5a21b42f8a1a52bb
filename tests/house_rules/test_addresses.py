"""Addresses are typed and in words; templates compile and find what they import."""

import re

import pytest
from flask import Flask
from jinja2 import nodes

WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?|\.[a-z]+|\.well-known")
LOOSE = {"int", "float", "IntegerConverter", "FloatConverter"}


def test_a_row_number_in_an_address_fits_the_database(app: Flask) -> None:
    loose = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if any(type(converter).__name__ in LOOSE for converter in rule._converters.values())
    ]
    assert loose == [], "use <id:...>"


def test_what_is_named_a_number_is_typed_as_one(app: Flask) -> None:
    untyped = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if name.endswith("_id") and type(converter).__name__ != "IdConverter"
    ]
    assert untyped == []


def test_addresses_are_words_with_hyphens(app: Flask) -> None:
    wrong = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for part in re.sub(r"<[^>]*>", "", rule.rule).split("/")
        if part.strip(".") and not WORD.fullmatch(part.rstrip("."))
    ]
    assert wrong == []


def test_no_two_endpoints_share_an_address_and_method(app: Flask) -> None:
    seen: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        shape = re.sub(r"<[^>:]*:?[^>]*>", "<>", rule.rule)
        for method in {"GET", "POST"} & (rule.methods or set()):
            other = seen.setdefault((rule.rule, method), rule.endpoint)
            assert other == rule.endpoint, f"{method} {shape}: {other} and {rule.endpoint}"


def test_a_view_named_as_a_change_is_no_get(app: Flask) -> None:
    """A page to fill in may be read; what acts without a form is POST alone."""
    acting = re.compile(r"\.(remove|forget|end|revoke|make|start|stop|close|publish|copy|take|try)_")
    readable = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if acting.search(rule.endpoint) and "GET" in (rule.methods or ())
    ]
    assert readable == []


def names(app: Flask) -> list[str]:
    return [name for name in app.jinja_env.list_templates() if name.endswith((".html", ".txt"))]


def test_every_template_compiles(app: Flask) -> None:
    for name in names(app):
        app.jinja_env.get_template(name)
    assert len(names(app)) > 30


def test_every_macro_a_template_imports_exists(app: Flask) -> None:
    parsed = {name: app.jinja_env.parse(source(app, name)) for name in names(app)}
    offered = {name: offers(tree) for name, tree in parsed.items()}
    missing = [
        f"{name}: {each} from {imported.template.value}"
        for name, tree in parsed.items()
        for imported in tree.find_all(nodes.FromImport)
        if isinstance(imported.template, nodes.Const)
        for each in (one if isinstance(one, str) else one[0] for one in imported.names)
        if each not in offered.get(imported.template.value, set())
    ]
    assert missing == []


def source(app: Flask, name: str) -> str:
    return app.jinja_env.loader.get_source(app.jinja_env, name)[0]  # type: ignore[union-attr]


def offers(tree: nodes.Template) -> set[str]:
    """What a template offers to others: its macros and the values it sets."""
    made = {each.name for each in tree.find_all(nodes.Macro)}
    return made | {each.target.name for each in tree.find_all(nodes.Assign) if isinstance(each.target, nodes.Name)}


@pytest.mark.parametrize("kind", ["style=", "<script>", "onclick=", "javascript:"])
def test_no_template_writes_style_or_script_in_the_page(app: Flask, kind: str) -> None:
    found = [name for name in names(app) if kind in source(app, name)]
    assert found == []
