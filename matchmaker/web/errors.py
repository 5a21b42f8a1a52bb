"""One place that maps a refusal to a page. Never a bare 500, never a stack trace."""

from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from matchmaker.database import db
from matchmaker.errors import (
    DomainError,
    InvalidMove,
    LinkUnusable,
    MeantForAnother,
    NoPlaceLeft,
    NotAllowed,
    NotFound,
    StaleVersion,
)
from matchmaker.web.addresses import whole
from matchmaker.web.hosts import ForeignHost
from matchmaker.web.second_try import try_again
from matchmaker.web.sign_in_state import go_on_as_nobody, my_roles
from matchmaker.web.submissions import leave_key

PAGES = {400, 403, 404, 405, 409, 410, 413, 429, 500, 503}
CROSSED = {"40001", "40P01"}
"""PostgreSQL: two transactions that cannot both be, or that wait for each other; it lets one go on."""
AWAY = (OperationalError, InterfaceError, NoConnectionFree)
STATUS = {
    NotFound: 404,
    NotAllowed: 403,
    InvalidMove: 409,
    StaleVersion: 409,
    NoPlaceLeft: 409,
    MeantForAnother: 409,
    LinkUnusable: 410,
}


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(ForeignHost, foreign_host)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(StaleDataError, overtaken)
    app.register_error_handler(IntegrityError, overtaken)
    for away in AWAY:
        app.register_error_handler(away, database_away)
    app.register_error_handler(Exception, unexpected)


def page(status: int, **values: object) -> tuple[str, int]:
    """An error page in the house style."""
    return render_template("errors/page.html", status=status, **values), status


def http_error(error: HTTPException) -> object:
    """Its page. What went wrong after the view had answered comes here as the cause of a 500.

    A redirect of the router names a path alone: which host and scheme the visitor used is not believed.
    """
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, AWAY):
        return database_away(cause)
    code = error.code or 500
    if isinstance(error, RequestRedirect):
        return redirect(urlsplit(error.new_url)._replace(scheme="", netloc="").geturl(), error.code)
    if code < 400:
        return error
    return page(code if code in PAGES else (400 if code < 500 else 500))


def foreign_host(_error: ForeignHost) -> object:
    return page(400, reason="foreign_host", ours=whole("/"))


def form_expired(_error: CSRFError) -> object:
    return page(400, reason="form_expired")


def domain_error(error: DomainError) -> object:
    db.session.rollback()
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    values: dict[str, object] = {"reason": error.code}
    if isinstance(error, LinkUnusable):
        values["reason"] = f"link_{error.reason}"
    if isinstance(error, NotAllowed):
        wanted = error.values.get("roles", [])
        values["other_roles"] = [each for each in my_roles() if each.role in wanted]  # type: ignore[operator]
    return page(status, **values)


def overtaken(_error: StaleDataError | IntegrityError) -> object:
    """Two people did the same at the same moment; the database kept the first, and the other is tried once more."""
    db.session.rollback()
    return try_again() or page(409, reason="stale_version")


def database_away(error: SQLAlchemyError) -> object:
    """The database is away or busy: say so, and when to come back. The page needs nothing from the database."""
    if getattr(getattr(error, "orig", None), "sqlstate", "") in CROSSED:
        db.session.rollback()
        if (answer := try_again()) is not None:
            return answer
    current_app.logger.error("database away on %s: %s", _where(), _cause(error))
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()
    go_on_as_nobody()
    leave_key()
    return render_template("errors/unavailable.html"), 503, {"Retry-After": "10"}


def unexpected(error: Exception) -> object:
    db.session.rollback()
    current_app.logger.exception("unexpected error on %s", _where(), exc_info=error)
    return page(500)


def _cause(error: SQLAlchemyError) -> str:
    """The kind of error and the code the database gave it. Never its text: that may hold a value."""
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return f"{type(cause).__name__} {code or 'without a code'}"


def _where() -> str:
    """The rule of the address and not the address itself: that may hold the secret of a link."""
    return f"{request.method} {request.url_rule or 'an unknown address'} ({g.get('request_id', '')})"
