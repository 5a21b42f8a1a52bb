"""Every reason the domain refuses a value for has its sentence, and every sentence a reason."""

import ast
import re

from matchmaker.words.refused_values import SENTENCES
from tests.house_rules.test_style import CODE

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def refusals() -> list[tuple[str, set[str]]]:
    """Each reason that stands in a call of InvalidValue, with the names of the values beside it."""
    calls = (
        node
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "InvalidValue"
    )
    return [
        (str(reason.value), {str(each.arg) for each in call.keywords})
        for call in calls
        if len(call.args) == 2 and isinstance(reason := call.args[1], ast.Constant)
    ]


def test_every_refusal_has_a_sentence_and_the_values_it_names() -> None:
    wanting = [
        reason
        for reason, values in refusals()
        if reason not in SENTENCES or not set(PLACEHOLDER.findall(str(SENTENCES[reason]))) <= values
    ]
    assert len(refusals()) > 60
    assert wanting == []


def test_every_sentence_has_a_reason_in_the_code() -> None:
    code = "".join(path.read_text("utf-8") for path in CODE if path.stem != "refused_values")
    assert [reason for reason in SENTENCES if f'"{reason}"' not in code] == []
