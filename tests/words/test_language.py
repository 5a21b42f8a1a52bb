"""The short way to a text gives what Flask-Babel's own gives, whatever language is asked for last."""

import flask_babel
import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.words.language import gettext, lazy_gettext

TEXT = "vandaag, %(time)s"


@pytest.mark.parametrize("language", ["nl", "en", "nl"])
def test_a_text_is_in_the_language_of_the_page(app: Flask, language: str) -> None:
    later = lazy_gettext(TEXT, time="10.00")
    with force_locale(language):
        expected = flask_babel.gettext(TEXT, time="10.00")
        assert (gettext(TEXT, time="10.00"), str(later)) == (expected, expected)


def test_the_language_can_change_within_one_page(app: Flask) -> None:
    said = []
    for language in ("nl", "en", "nl"):
        with force_locale(language):
            said.append(gettext("Werkveld"))
    assert said[0] == said[2] == "Werkveld" != said[1]


def test_a_sign_for_percent_is_only_read_where_something_is_filled_in(app: Flask) -> None:
    assert gettext("100%") == "100%"
    assert gettext("%(share)s%%", share=5) == "5%"
