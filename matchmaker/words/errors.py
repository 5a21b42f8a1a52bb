"""Sentences for values the domain refuses. Each says what is wrong and what to do."""

from flask_babel import gettext

from matchmaker.errors import InvalidValue
from matchmaker.words.refused_values import SENTENCES


def sentence_for(error: InvalidValue) -> str:
    """The sentence for a refused value, in the language of the page."""
    sentence = SENTENCES.get(error.reason)
    return str(sentence) % error.values if sentence else gettext("Dit klopt niet. Kijk het na.")
