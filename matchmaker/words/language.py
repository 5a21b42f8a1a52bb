"""The language of the page, and how it strings words together."""

from collections.abc import Iterable
from typing import Any

from flask import g
from flask_babel import get_domain, get_locale
from flask_babel.speaklater import LazyString


def N_(msgid: str) -> str:  # noqa: N802
    """Mark a text for translation that is translated later. The name is the one Babel looks for."""
    return msgid


def gettext(text: str, /, **values: object) -> str:
    """A text in the language of the page: what Flask-Babel's own gives, by a shorter way. A page asks hundreds."""
    said: str = texts().ugettext(text)
    return said % values if values else said


def lazy_gettext(text: str, /, **values: object) -> LazyString:
    """A text that is translated where it is shown."""
    return LazyString(gettext, text, **values)


def texts() -> Any:
    """All texts in the language of the page; outside any page, the ones that stay as they are."""
    try:
        held = vars(g._get_current_object()).get("_flask_babel")
    except RuntimeError:
        held = None
    locale = getattr(held, "babel_locale", None)
    if locale is not None:
        asked, found = getattr(held, "texts", (None, None))
        if asked is locale:
            return found
    found = (getattr(held, "babel_domain", None) or get_domain()).get_translations()
    if locale is not None:
        held.texts = (locale, found)  # type: ignore[union-attr]
    return found


def language() -> str:
    """The code of the language of the page: `nl` unless the reader chose another."""
    return page_language() or "nl"


def page_language() -> str:
    """The code of the language of the page; empty outside any page."""
    locale = get_locale()
    return locale.language if locale else ""


def in_english() -> bool:
    """Whether the page is in English."""
    return language() == "en"


def joined(words: Iterable[str]) -> str:
    """`a`, `a en b`, `a, b en c`."""
    listed = [str(word) for word in words]
    if len(listed) < 2:
        return "".join(listed)
    return gettext("%(some)s en %(last)s", some=", ".join(listed[:-1]), last=listed[-1])
