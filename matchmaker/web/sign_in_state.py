"""Who is signed in, and for which organisation they act now."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user

from matchmaker.accounts.devices import note_device
from matchmaker.accounts.idleness import is_use_noted, note_use
from matchmaker.accounts.models import Account, OpenedWith, SignInSession
from matchmaker.accounts.sessions import (
    close_other_sessions,
    close_session,
    drop_half_session,
    find_half_session,
    find_session,
    open_half_session,
    open_session,
)
from matchmaker.errors import MeantForAnother
from matchmaker.organisations.models import Desk, Membership, Organisation
from matchmaker.organisations.queries import active_memberships, desk_of
from matchmaker.vocabulary import Role
from matchmaker.web.devices import this_device

View = TypeVar("View", bound=Callable[..., object])
manager = LoginManager()
TOKEN = "sign_in"  # noqa: S105  # nosec B105  # names a place in the session
HALF_TOKEN = "half_sign_in"  # noqa: S105  # nosec B105  # names a place in the session


def register(app: Flask) -> None:
    manager.session_protection = None
    manager.init_app(app)
    manager.user_loader(_load_account)
    app.after_request(keep_use)


def _load_account(_user_id: str) -> Account | None:
    token = session.get(TOKEN)
    found = find_session(token) if isinstance(token, str) else None
    if found is None:
        return None
    g.sign_in_session, g.actor_id = found, found.account_id
    if not is_use_noted(found):
        g.unnoted_session = found.id
    return found.account


def keep_use(response: Response) -> Response:
    """After the answer is made: the session was used. Not by what a page asks by itself, and not by what is refused,
    because a page may send that again for ever."""
    number = g.pop("unnoted_session", None)
    asks_itself = getattr(current_app.view_functions.get(request.endpoint or ""), "by_itself", False)
    if number is not None and response.status_code < 400 and not asks_itself:
        note_use(number)
    return response


def by_itself(view: View) -> View:
    """A page that is open asks this, whether or not anyone sits before it: that is no use of the session."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


def sign_in(
    account: Account, *, acting_as: Membership | None = None, opened_with: OpenedWith = OpenedWith.PASSWORD
) -> None:
    """Start a fresh session for this browser, in the first role unless another is named.

    Nothing of an earlier session stays but the language.
    """
    chosen = acting_as or next(iter(active_memberships(account)), None)
    note_device(account, this_device(), device=request.user_agent.string)
    token = open_session(
        account,
        hours=current_app.extensions["settings"].session_hours,
        device=request.user_agent.string,
        membership_id=chosen.id if chosen else None,
        opened_with=opened_with,
    )
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session[TOKEN] = token
    login_user(account)


def sign_in_half(account: Account) -> None:
    """Remember that the password was right; the second step is asked next."""
    session[HALF_TOKEN] = open_half_session(account, device=request.user_agent.string)


def half_signed_in() -> SignInSession | None:
    """Who gave the right password in this browser and not yet the second step."""
    token = session.get(HALF_TOKEN)
    return find_half_session(token) if isinstance(token, str) else None


def forget_half_sign_in() -> None:
    """End what waits for a second step."""
    token = session.pop(HALF_TOKEN, None)
    if isinstance(token, str):
        drop_half_session(token)


def strengthen(opened_with: OpenedWith) -> None:
    """This session counts as opened with a second step, because one was set up in it; all others of the person end."""
    g.sign_in_session.opened_with = opened_with
    close_other_sessions(me(), but=g.sign_in_session)


def sign_out() -> None:
    """End this session here and in the database."""
    token = session.get(TOKEN)
    if current_user.is_authenticated and isinstance(token, str):
        close_session(token, by=current_user._get_current_object())
    logout_user()
    session.clear()


def only_for(email: str) -> None:
    """A link acts for who it was sent to: raises MeantForAnother when someone else is signed in here."""
    if current_user.is_authenticated and me().email != email:
        raise MeantForAnother()


def go_on_as_nobody() -> None:
    """What is left of this request asks no more who it is for: the database that knows is away."""
    g._login_user = manager.anonymous_user()
    for known in ("memberships", "sign_in_session", "desk"):
        g.pop(known, None)


def me() -> Account:
    """The signed-in person, as the object itself."""
    return current_user._get_current_object()


def my_roles() -> list[Membership]:
    """The active roles of the signed-in person, loaded once a request."""
    if "memberships" not in g:
        g.memberships = list(active_memberships(me())) if current_user.is_authenticated else []
    return g.memberships


def acting() -> Membership | None:
    """The role someone acts in now: the one chosen for this session, else their first."""
    roles = my_roles()
    chosen = g.sign_in_session.membership_id if "sign_in_session" in g else None
    return next((each for each in roles if each.id == chosen), roles[0] if roles else None)


def act_as(membership: Membership) -> None:
    """Choose another of one's own roles for this session."""
    g.sign_in_session.membership_id = membership.id


def has_role(*roles: Role) -> bool:
    membership = acting()
    return membership is not None and membership.role in roles


def my_organisation() -> Organisation:
    """The organisation someone acts for; only behind a guard."""
    membership = acting()
    assert membership is not None
    return membership.organisation


def my_desk() -> Desk | None:
    """The desk of the organisation someone acts for."""
    if "desk" not in g:
        membership = acting()
        g.desk = desk_of(membership) if membership else None
    return g.desk
