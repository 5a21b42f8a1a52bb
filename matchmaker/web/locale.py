"""Language of the page: Dutch unless someone chose English."""

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel
from flask_login import current_user

LANGUAGES = ("nl", "en")
babel = Babel()


def register(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Amsterdam"
    babel.init_app(app, locale_selector=chosen_language)
    app.before_request(remember_choice)


def remember_choice() -> None:
    """`?taal=en` chooses a language for this browser."""
    if request.args.get("taal") in LANGUAGES:
        session["language"] = request.args["taal"]


def chosen_language() -> str:
    """`g.language` set by a letter or command wins, then this browser, then the person, then Dutch."""
    if "language" in g:
        return g.language
    if not has_request_context():
        return "nl"
    if session.get("language") in LANGUAGES:
        return session["language"]
    if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
        return current_user.language
    return "nl"
