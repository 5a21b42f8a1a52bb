"""The levels of education a text asks for."""

import re

from matchmaker.dutch.tokens import fold

_LEVELS = {
    "mbo": re.compile(r"\b(?:mbo\w*|bol|bbl|bpv|roc|vakschool|niveau [1-4])\b"),
    "hbo": re.compile(r"\b(?:hbo\w*|hogeschool\w*|hogescholen|ad|associate degree|university of applied sciences)\b"),
    "wo": re.compile(r"\b(?:wo|universit(?!y of applied)\w+|master\w*|msc|phd|academisch\w*)\b"),
}
_BACHELOR = re.compile(r"\bbachelor\w*\b")


def levels_in(text: str) -> frozenset[str]:
    """Which of "mbo", "hbo" and "wo" a text names; a bachelor is one of the last two. Empty when it names none."""
    plain = fold(text)
    named = {level for level, said in _LEVELS.items() if said.search(plain)}
    if _BACHELOR.search(plain):
        named |= {"hbo", "wo"}
    return frozenset(named)
