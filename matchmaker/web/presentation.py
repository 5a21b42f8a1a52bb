"""What every page may use: dates as people say them, labels for codes, the menu."""

from flask import Flask, request
from flask_babel import get_locale
from flask_login import current_user

from matchmaker.web.addresses import here_with
from matchmaker.web.navigation import account_menu, footer_links, navigation
from matchmaker.web.sign_in_state import acting, my_desk
from matchmaker.words import labels
from matchmaker.words.filters import FILTERS


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
        "mode": current_user.colour_mode if current_user.is_authenticated else "",
        "acting": _acting(),
        "navigation": navigation(),
        "account_menu": account_menu(),
        "desk_name": _desk_name(),
        "language_links": _language_links(),
        "footer_links": footer_links(),
    }


def _acting() -> dict[str, object] | None:
    """For whom someone works now, as shown beside their name."""
    membership = acting()
    if membership is None:
        return None
    role = membership.role
    return {"organisation": membership.organisation, "role": role, "role_label": labels.label(role)}


def _desk_name() -> str:
    if request.blueprint != "desk":
        return ""
    desk = my_desk()
    return desk.name if desk else ""


def _language_links() -> list[dict[str, object]]:
    """This page in each language, keeping the rest of the address."""
    if request.endpoint is None or request.method != "GET":
        return [{"label": name, "url": f"/?taal={code}", "lang": code} for code, name in _LANGUAGES]
    return [{"label": name, "url": here_with(taal=code), "lang": code} for code, name in _LANGUAGES]


_LANGUAGES = (("nl", "Nederlands"), ("en", "English"))
