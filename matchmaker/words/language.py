"""The language of the page, and how it strings words together."""

from collections.abc import Iterable

from flask_babel import get_locale, gettext


def N_(msgid: str) -> str:  # noqa: N802
    """Mark a text for translation that is translated later. The name is the one Babel looks for."""
    return msgid


def language() -> str:
    """The code of the language of the page: `nl` unless the reader chose another."""
    return str(get_locale() or "nl")


def in_english() -> bool:
    """Whether the page is in English."""
    return language() == "en"


def joined(words: Iterable[str]) -> str:
    """`a`, `a en b`, `a, b en c`."""
    listed = [str(word) for word in words]
    if len(listed) < 2:
        return "".join(listed)
    return gettext("%(some)s en %(last)s", some=", ".join(listed[:-1]), last=listed[-1])
