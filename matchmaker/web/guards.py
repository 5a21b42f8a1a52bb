"""Who may enter: one guard per audience, hung on the blueprint, so no page can forget it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from matchmaker.errors import NotAllowed
from matchmaker.vocabulary import Role
from matchmaker.web.request_life import SAFE_METHODS
from matchmaker.web.sign_in_state import acting

SCHOOL = frozenset({Role.LECTURER, Role.COORDINATOR})
DESK = frozenset({Role.OFFICER, Role.REGION_COORDINATOR})
MUNICIPALITY = frozenset({Role.OFFICER, Role.REGION_COORDINATOR, Role.COLLEAGUE})
STUDENT = frozenset({Role.STUDENT})
ORGANISATION_ADMIN = frozenset({Role.ORG_ADMIN, Role.PLATFORM_ADMIN})
PLATFORM_ADMIN = frozenset({Role.PLATFORM_ADMIN})
ANYONE_SIGNED_IN = frozenset(Role)


def _check(roles: frozenset[Role]) -> Response | None:
    if not current_user.is_authenticated:
        target = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
        return redirect(url_for("account.sign_in", next=target))
    membership = acting()
    if roles is ANYONE_SIGNED_IN:
        return None
    if membership is None or membership.role not in roles:
        raise NotAllowed(roles=sorted(roles))
    return None


def guard(blueprint: Blueprint, roles: frozenset[Role]) -> None:
    """Let only these roles into every page of a blueprint."""
    blueprint.before_request(lambda: _check(roles))


def only(roles: frozenset[Role]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Narrow one page of a blueprint to fewer roles than its guard lets in."""

    def narrow(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            return _check(roles) or view(*args, **kwargs)

        return checked

    return narrow
