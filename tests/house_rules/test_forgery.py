"""No form is taken from another site. The other tests switch this off to stay readable; here it is on."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from matchmaker.database import MAX_ID


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def address(app: Flask, rule: Rule) -> str:
    """An address that fits the rule: any listed word, else a number, else a letter."""
    values = {}
    for name, converter in rule._converters.items():
        words = getattr(converter, "items", None)
        values[name] = sorted(words)[0] if words else ("a" if converter.regex.startswith("[^/]") else MAX_ID)
    return app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")


def test_a_post_without_the_token_of_the_form_is_refused_everywhere(guarded: Flask) -> None:
    client = guarded.test_client()
    rules = [rule for rule in guarded.url_map.iter_rules() if "POST" in (rule.methods or ())]
    answers = {rule.endpoint: client.post(address(guarded, rule)).status_code for rule in rules}
    assert len(answers) > 50
    assert {endpoint: status for endpoint, status in answers.items() if status != 400} == {}
