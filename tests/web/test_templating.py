"""Templates are made ready once per language, and show values as Jinja's own way does."""

import pytest
from flask import Flask, render_template
from flask_babel import force_locale
from markupsafe import Markup, escape

from matchmaker.web.templating import shown


def test_a_template_speaks_the_language_of_the_page_that_asks_it(app: Flask) -> None:
    said = []
    for language in ("nl", "en", "nl"):
        with app.test_request_context("/"), force_locale(language):
            said.append(render_template("errors/page.html", status=404))
    assert [text.count("Direct naar de inhoud") for text in said] == [1, 0, 1]


@pytest.mark.parametrize("value", ["<b>&\"'", Markup("<b>"), 3, None, "", "gewoon"])
def test_what_is_shown_is_escaped_as_ever(value: object) -> None:
    assert shown(value) == str(escape(value))
