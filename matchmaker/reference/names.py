"""Comparing names as people type them."""

import re
import unicodedata

_ASCII_WORD = re.compile(r"[a-z0-9]+")


def fold(name: str) -> str:
    """The name in lower case, without accents and punctuation, words joined by one space.

    `Bergen (L.)` and `bergen l` fold to the same text, so do `'s-Hertogenbosch` and `s hertogenbosch`.
    """
    if name.isascii():
        return " ".join(_ASCII_WORD.findall(name.lower()))
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
