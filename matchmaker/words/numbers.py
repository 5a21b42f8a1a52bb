"""Numbers as people write them: 34,6 in Dutch, 34.6 in English."""

from babel.numbers import format_decimal

from matchmaker.words.language import language


def say_number(value: float) -> str:
    """A number with at most two decimals, none where they are zero, in the language of the page."""
    return format_decimal(value, format="0.##", locale=language())
