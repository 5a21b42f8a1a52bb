"""Proving oneself again before what decides who gets in. The rule is here once; a view says which of the two it takes.

Proof is a sign-in of this session of at most ten minutes ago, whichever way, or the password of now. Some pages ask the
password always. Who has none (the login of the organisation alone) signs in again and comes back to the page.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.accounts.attempts import TooManyAttempts
from matchmaker.accounts.models import Account
from matchmaker.accounts.sessions import SignInRefused, check_sign_in, is_proved, prove
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.web.account.fields import password_field
from matchmaker.web.fields import Form, all_sent_along
from matchmaker.web.interrupted import OF_THE_PAGE
from matchmaker.web.sign_in_state import me

FROM_PAGE = "from_page"
"""Says that the password was asked before a page was shown, so that the page comes next."""
OK, TOO_MANY = 200, 429
View = Callable[..., Any]


class Proof(StrEnum):
    """What a page asks of who is signed in: nothing more when they proved themselves a moment ago, or the password
    in its own form, always."""

    RECENT = "recent"
    PASSWORD = "password"  # noqa: S105  # nosec B105  # names what is asked


class PasswordForm(Form):
    """The password of a person we know."""

    current = password_field(_l("Uw wachtwoord"), missing=_l("Vul uw wachtwoord in."))
    status = OK

    def is_of(self, person: Account) -> bool:
        """Whether the password is right; says beside the field when it is not. A failure is kept."""
        try:
            check_sign_in(person.email, self.current.data, address=request.remote_addr or "")
        except SignInRefused:
            db.session.commit()
            self.refuse(InvalidValue("current", "wrong_password"))
            return False
        except TooManyAttempts:
            self.status = TOO_MANY
            self.form_errors.append(gettext("Het ging te vaak mis. Wacht vijf minuten en probeer het opnieuw."))
            return False
        return True


class SureForm(PasswordForm):
    """What makes signing in easier or harder asks the password of now, of who has one."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        if me().password_hash is None:
            del self.current

    def is_me(self) -> bool:
        """Whether it is the signed-in person: by the password, or without one by a sign-in of a moment ago."""
        return self.is_of(me()) if self.current else is_proved(g.sign_in_session)


def asks(proof: Proof, *, back: str = "account.show_second_step") -> Callable[[View], View]:
    """Let someone on to a view when they prove themselves. `back`: the page where its button stands, for a view that
    shows none of its own."""

    def behind(view: View) -> View:
        @wraps(view)
        def checked(**values: Any) -> Any:
            return _asked(proof, back) or view(**values)

        checked.proof = proof  # type: ignore[attr-defined]
        return checked

    return behind


def _asked(proof: Proof, back: str) -> Response | str | tuple[str, int] | None:
    """The page that asks; None when someone may go on."""
    if is_proved(g.sign_in_session):
        return None
    if me().password_hash is None:
        return render_template("account/sign_in_again.html", page=_page(back))
    return None if proof is Proof.PASSWORD else _password_asked(back)


def _password_asked(back: str) -> Response | tuple[str, int] | None:
    """Before the page, or between a button and what it does: what was sent goes along and is done after it."""
    answering = "current" in request.form
    form = SureForm() if answering else SureForm(formdata=None)
    if answering and form.validate_on_submit() and form.is_me():
        prove(g.sign_in_session)
        db.session.commit()
        return redirect(_here()) if FROM_PAGE in request.form else None
    apart = OF_THE_PAGE | {"current", "username", FROM_PAGE}
    sent = [pair for pair in all_sent_along() if pair[0] not in apart]
    if request.method == "GET" or FROM_PAGE in request.form:
        sent = [(FROM_PAGE, "1")]
    page = render_template(
        "account/prove.html", form=form, sent=sent, here=_here(), page=_page(back), back=url_for(back)
    )
    return page, form.status


def _here() -> str:
    return request.full_path.rstrip("?")


def _page(back: str) -> str:
    """Where someone comes back to: this page, or the one with the button when there is only a button."""
    rule = request.url_rule
    return _here() if rule is not None and "GET" in (rule.methods or ()) else url_for(back)
