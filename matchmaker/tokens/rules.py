"""Which role may let a program read what."""

from matchmaker.tokens.models import Scope
from matchmaker.vocabulary import Role

_POSTING = frozenset({Role.LECTURER, Role.COORDINATOR, Role.COLLEAGUE, Role.OFFICER, Role.REGION_COORDINATOR})
_MEETING = _POSTING | {Role.STUDENT}


def can_hold(role: Role, scope: Scope) -> bool:
    """Postings are read by who may make them, dates by who may have them."""
    return role in (_POSTING if scope is Scope.LISTINGS else _MEETING)


def scopes_for(role: Role) -> list[Scope]:
    """What a program may read for someone in this role."""
    return [scope for scope in Scope if can_hold(role, scope)]
