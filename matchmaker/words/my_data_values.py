"""The values in a copy of someone's own data, in words: moments and days as people say them, codes by their labels."""

import re
from datetime import date, datetime
from enum import StrEnum

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.accounts.models import AccountStatus, OpenedWith
from matchmaker.applications.states import Action as ApplicationAction
from matchmaker.sessions.states import Action as SessionAction
from matchmaker.sessions.states import State as SessionState
from matchmaker.words import agreements, applications, consents, data_requests, labels, placements, reviews, tokens
from matchmaker.words.dates import say_date, say_moment
from matchmaker.words.language import joined
from matchmaker.words.log import event_name, object_name

_OWN: tuple[dict[StrEnum, LazyString], ...] = (
    {
        AccountStatus.INVITED: _l("uitgenodigd"),
        AccountStatus.ACTIVE: _l("in gebruik"),
        AccountStatus.DISABLED: _l("gesloten"),
    },
    {
        OpenedWith.PASSWORD: _l("met een wachtwoord"),
        OpenedWith.LINK: _l("met een link uit een mail"),
        OpenedWith.APP_CODE: _l("met een code uit een app"),
        OpenedWith.RECOVERY_CODE: _l("met een herstelcode"),
        OpenedWith.PASSKEY: _l("met een passkey"),
        OpenedWith.PROVIDER: _l("met de login van de organisatie"),
        OpenedWith.PROVIDER_SECOND_STEP: _l("met de login van de organisatie en een tweede stap"),
    },
    {
        SessionState.EXPECTED: _l("Moet nog komen"),
        SessionState.HELD: _l("Ging door"),
        SessionState.NOT_HELD: _l("Ging niet door"),
    },
    {
        SessionAction.HOLD: _l("Ging door"),
        SessionAction.COUNT: _l("Geteld"),
        SessionAction.MISS: _l("Ging niet door"),
        SessionAction.PLAN: _l("Opnieuw gepland"),
    },
)
_LABELS: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    type(next(iter(each))): dict(each)
    for each in (
        *labels.ALL, *placements.ALL, agreements.STATES, agreements.ACTIONS, applications.STATES, consents.TITLES,
        data_requests.KINDS, data_requests.OUTCOMES, reviews.DECISIONS, tokens.SCOPES, *_OWN,
    )
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:\d{2}")


def value_text(column: str, value: object) -> str:
    """A value to read: nothing as a dash, yes and no in words, a moment with its year."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, list):
        return joined(value_text(column, each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {value_text(name, each)}" for name, each in value.items())
    if isinstance(value, StrEnum):
        return code_text(value)
    return _written(column, str(value))


def code_text(code: StrEnum) -> str:
    """A member of a closed list in words."""
    if isinstance(code, ApplicationAction):
        return event_name(f"application.{code}")
    return str(_LABELS[type(code)][code])


def _written(column: str, value: str) -> str:
    if _MOMENT.fullmatch(value):
        return say_moment(datetime.fromisoformat(value), with_year=True)
    if _DAY.fullmatch(value):
        return say_date(date.fromisoformat(value), with_year=True)
    if column == "opened_with" and value in set(OpenedWith):
        return code_text(OpenedWith(value))
    if column == "language" and value in labels.LANGUAGES:
        return str(labels.LANGUAGES[value])
    return {"action": event_name, "object_kind": object_name}.get(column, str)(value)
