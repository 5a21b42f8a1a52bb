"""Language of the page: Dutch unless someone chose English."""

from functools import cached_property, lru_cache
from typing import Any

from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from matchmaker.words.language import texts

LANGUAGES = ("nl", "en")
MOST_TEXTS = 8_192


class QuickDomain(Domain):
    """Texts looked up once a language: a page asks hundreds, and most of the time went to asking which language.

    Our languages have no regions, so their code tells them apart.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._known: dict[str, Any] = {}

    def get_translations(self) -> Any:
        held = vars(g._get_current_object()).get("_flask_babel")
        locale = getattr(held, "babel_locale", None) or get_locale()
        if locale is None:
            return super().get_translations()
        found = self._known.get(locale.language)
        if found is None:
            found = self._known[locale.language] = super().get_translations()
            found.ugettext = lru_cache(maxsize=MOST_TEXTS)(found.ugettext)
        return found


class QuickBabel(Babel):
    @cached_property
    def domain_instance(self) -> Domain:
        return QuickDomain(domain=self.domain)


babel = QuickBabel()


@pass_context
def say(context: Context, text: str, /, **values: Any) -> str:
    """`_` of a template: Jinja's own, without looking up three functions by name for each text."""
    said = texts().ugettext(text)
    return (Markup(said) if context.eval_ctx.autoescape else said) % values  # noqa: S704  # nosec B704  # our own text; Markup escapes the values


def register(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Amsterdam"
    babel.init_app(app, locale_selector=chosen_language)
    app.jinja_env.globals["_"] = say
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
