"""What every page may use: dates as people say them, labels for codes, the menu."""

from flask import Flask, request, url_for
from flask_babel import get_locale

from matchmaker.words import labels
from matchmaker.words.filters import FILTERS
from matchmaker.web.navigation import account_menu, navigation
from matchmaker.web.sign_in_state import my_desk


def register(app: Flask) -> None:
    settings = app.extensions["settings"]
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(FILTERS)
    env.globals.update(
        site_name=settings.site_name,
        theme=settings.theme,
        demo=settings.demo,
        labels=labels,
    )
    app.context_processor(page_context)


def page_context() -> dict[str, object]:
    """Values that differ per request."""
    return {
        "locale": str(get_locale() or "nl"),
        "navigation": navigation(),
        "account_menu": account_menu(),
        "desk_name": _desk_name(),
        "language_links": _language_links(),
    }


def _desk_name() -> str:
    if request.blueprint != "desk":
        return ""
    desk = my_desk()
    return desk.name if desk else ""


def _language_links() -> list[dict[str, object]]:
    """This page in each language, keeping the rest of the address."""
    if request.endpoint is None or request.method != "GET":
        return [{"label": name, "url": f"/?taal={code}", "lang": code} for code, name in _LANGUAGES]
    args = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    return [
        {"label": name, "url": url_for(request.endpoint, **{**args, "taal": code}), "lang": code}
        for code, name in _LANGUAGES
    ]


_LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
