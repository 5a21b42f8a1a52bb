"""An app that makes codes: setting it up, and reading a code."""

import logging

import pyotp
from sqlalchemy import update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.factors.models import CodeApp
from matchmaker.factors.queries import app_of, code_app
from matchmaker.sealing import SealBroken, seal, unseal

DIGITS = 6
STEPS_APART = 1
"""A clock may run this many steps of 30 seconds before or behind."""
PURPOSE = "code app"
_log = logging.getLogger(__name__)


def begin_app(account: Account) -> CodeApp:
    """A new secret to scan; what was begun before and never finished ends. Raises InvalidMove when an app is in use."""
    app = app_of(account)
    if app and app.confirmed_at:
        raise InvalidMove(state="confirmed", action="begin_app")
    app = app or CodeApp(account_id=account.id)
    app.sealed_secret = seal(pyotp.random_base32(), purpose=PURPOSE)
    db.session.add(app)
    db.session.flush()
    record("second_step.app_begun", about=app, by=account)
    return app


def secret_of(app: CodeApp) -> str:
    """The secret in base32, to type over where nothing can be scanned. Raises SealBroken."""
    return unseal(app.sealed_secret, purpose=PURPOSE)


def address_of(app: CodeApp, *, site: str) -> str:
    """What the square holds: an `otpauth:` address with the secret, the site and whose it is."""
    return pyotp.TOTP(secret_of(app)).provisioning_uri(name=app.account.email, issuer_name=site)


def confirm_app(account: Account, code: str) -> CodeApp:
    """Use the app from now on; its first code proves that it was scanned well. Raises InvalidValue or InvalidMove."""
    app = app_of(account)
    if app is None or app.confirmed_at:
        raise InvalidMove(state="confirmed" if app else "none", action="confirm_app")
    if not _spend(app, code):
        raise InvalidValue("code", "wrong_code")
    app.confirmed_at = now()
    db.session.flush()
    record("second_step.app_added", about=app, by=account)
    return app


def is_right(account: Account, code: str) -> bool:
    """Whether the app in use shows this code now. It works once, also when two ask at the same moment."""
    app = code_app(account)
    return app is not None and _spend(app, code)


def _spend(app: CodeApp, code: str) -> bool:
    step = _step_of(app, code)
    if step is None:
        return False
    spent = db.session.execute(
        update(CodeApp)
        .where(CodeApp.id == app.id, CodeApp.last_step < step)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(app)
    return spent.rowcount == 1


def _step_of(app: CodeApp, code: str) -> int | None:
    """The time step a code is of, newest first; None when it is of none of them."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    try:
        totp, at = pyotp.TOTP(secret_of(app)), now()
    except SealBroken:
        _log.warning("code app %s was sealed under a secret key that is not known here", app.id)
        return None
    steps = [totp.timecode(at) + apart for apart in range(STEPS_APART, -STEPS_APART - 1, -1)]
    return next((step for step in steps if pyotp.utils.strings_equal(code, totp.generate_otp(step))), None)
