"""What a program may read, in words."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.tokens.models import Scope

SCOPES: dict[Scope, LazyString] = {
    Scope.LISTINGS: _l("Wat uw organisatie plaatste, als CSV of Excel"),
    Scope.CALENDAR: _l("Uw afspraken, als agenda"),
}


def say_scope(scope: Scope) -> str:
    """What a program with this scope reads."""
    return str(SCOPES[scope])
