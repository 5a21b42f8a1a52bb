"""Sentences for values the domain refuses. Each says what is wrong and what to do."""

from flask_babel import gettext

from matchmaker.errors import InvalidValue
from matchmaker.words.refused_values import SENTENCES

MOST_OF_CELL = 60


def sentence_for(error: InvalidValue) -> str:
    """The sentence for a refused value, in the language of the page."""
    sentence = SENTENCES.get(error.reason)
    return str(sentence) % error.values if sentence else gettext("Dit klopt niet. Kijk het na.")


def cell_line(column: str, typed: str, error: InvalidValue) -> str:
    """What is wrong in a cell of a table: which column, what stands there, and what to do."""
    sentence = sentence_for(error)
    if not typed:
        return gettext("Kolom '%(column)s' is leeg. %(sentence)s", column=column, sentence=sentence)
    shown = typed if len(typed) <= MOST_OF_CELL else f"{typed[:MOST_OF_CELL]}…"
    return gettext("Kolom '%(column)s': '%(typed)s'. %(sentence)s", column=column, typed=shown, sentence=sentence)
