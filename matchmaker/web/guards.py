"""Who may enter: one guard per audience, hung on the blueprint, so no page can forget it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from matchmaker.errors import NotAllowed
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role
from matchmaker.web.interrupted import keep_what_was_sent
from matchmaker.web.request_life import SAFE_METHODS
from matchmaker.web.sign_in_state import acting

SCHOOL = frozenset({Role.LECTURER, Role.COORDINATOR})
COORDINATOR = frozenset({Role.COORDINATOR})
DESK = frozenset({Role.OFFICER, Role.REGION_COORDINATOR})
MUNICIPALITY = frozenset({Role.OFFICER, Role.REGION_COORDINATOR, Role.COLLEAGUE})
OVERVIEW = DESK | {Role.HR_PLANNER, Role.BOARD, Role.ORG_ADMIN}
STUDENT = frozenset({Role.STUDENT})
ORGANISATION_ADMIN = frozenset({Role.ORG_ADMIN, Role.PLATFORM_ADMIN})
PLATFORM_ADMIN = frozenset({Role.PLATFORM_ADMIN})
PARTIES = STUDENT | SCHOOL | MUNICIPALITY
"""Who can have a part in a placement."""
SIGN_FOR_OTHERS = DESK | {Role.COORDINATOR}
AGREEMENTS = PARTIES | {Role.ORG_ADMIN}
ANYONE_SIGNED_IN = frozenset(Role)
_guarded: dict[str, frozenset[Role]] = {}
"""The roles each guarded blueprint lets in, by its name."""


def _check(roles: frozenset[Role]) -> Response | None:
    if not current_user.is_authenticated:
        target = request.full_path.rstrip("?") if request.method in SAFE_METHODS else keep_what_was_sent()
        return redirect(url_for("account.sign_in", next=target))
    membership = acting()
    if roles is ANYONE_SIGNED_IN:
        return None
    if membership is None or membership.role not in roles:
        raise NotAllowed(roles=sorted(roles))
    return None


def guard(blueprint: Blueprint, roles: frozenset[Role]) -> None:
    """Let only these roles into every page of a blueprint."""
    _guarded[blueprint.name] = roles
    blueprint.before_request(lambda: _check(roles))


def only(roles: frozenset[Role]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Narrow one page of a blueprint to fewer roles than its guard lets in."""

    def narrow(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            return _check(roles) or view(*args, **kwargs)

        checked.roles = roles  # type: ignore[attr-defined]
        return checked

    return narrow


def may_open(path: str, membership: Membership | None, *, method: str = "GET") -> bool:
    """Whether this role is let in at an address of this site. An address that does not exist is open to all: the
    answer there is 404, whoever asks."""
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(urlsplit(path).path, method=method)  # type: ignore[union-attr]
    except HTTPException:
        return True
    narrowed = getattr(current_app.view_functions[endpoint], "roles", ANYONE_SIGNED_IN)
    needed = (_guarded.get(endpoint.rpartition(".")[0], ANYONE_SIGNED_IN), narrowed)
    role = membership.role if membership else None
    return all(roles is ANYONE_SIGNED_IN or role in roles for roles in needed)
