"""Signing from a letter, without an account. GET shows, POST signs; the link stays good to read what was signed."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.agreements.models import Signatory
from matchmaker.agreements.queries import signatory_by_link
from matchmaker.agreements.signing import why_not
from matchmaker.database import db
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.web.agreements import signing_links
from matchmaker.web.agreements.files import note_agreement, readable_pdf
from matchmaker.web.agreements.forms import SignForm
from matchmaker.web.agreements.pages import told
from matchmaker.web.agreements.signing import put_signature


@signing_links.get("")
def show_to_sign(token: str) -> str:
    """The document, who signs, and the form. Opening the link changes nothing."""
    line = _line(token)
    note_agreement(line.agreement, line.part, by_link=True)
    return _page(token, line, SignForm.for_line(line, name=line.name))


@signing_links.post("")
def sign_by_link(token: str) -> Response | str:
    """Put the signature of whoever the link was sent to."""
    line = _line(token, lock=True)
    form = SignForm.for_line(line, name=line.name)
    if not form.validate_on_submit() or not put_signature(line, form, by=None):
        return _page(token, line, form)
    db.session.commit()
    flash(gettext("U hebt getekend. Bewaar deze mail: met de link leest u het document terug."), "success")
    return redirect(url_for("signing_links.show_to_sign", token=token))


@signing_links.get("/document.pdf")
def download_to_sign(token: str) -> FlaskResponse:
    """The file to read before signing, and after it the one with the signatures."""
    line = _line(token)
    note_agreement(line.agreement, line.part, by_link=True)
    return readable_pdf(line.agreement)


def _line(token: str, *, lock: bool = False) -> Signatory:
    return signatory_by_link(find_link(token, Purpose.SIGN_AGREEMENT), lock=lock)


def _page(token: str, line: Signatory, form: SignForm) -> str:
    return render_template(
        "agreements/sign_by_link.html",
        token=token,
        line=line,
        agreement=line.agreement,
        form=None if why_not(line) else form,
        **told(line.agreement, line, tried=form.is_submitted()),
    )
