"""Numbers in the language of the page."""

import pytest
from flask import Flask
from flask_babel import force_locale

from matchmaker.words.numbers import say_number


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [(34.6, "34,6", "34.6"), (5.0, "5", "5"), (7.25, "7,25", "7.25"), (0, "0", "0"), (1234, "1234", "1234"),
     (1 / 3, "0,33", "0.33"), (-0.5, "-0,5", "-0.5")],
)  # fmt: skip
def test_it_is_written_as_people_do(app: Flask, value: float, dutch: str, english: str) -> None:
    with app.test_request_context():
        for language, said in (("nl", dutch), ("en", english)):
            with force_locale(language):
                assert say_number(value) == said
