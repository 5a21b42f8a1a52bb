"""Signing while signed in."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.accounts.models import Account
from matchmaker.agreements.models import Signatory
from matchmaker.agreements.queries import agreement_of, signatory_for
from matchmaker.agreements.signing import sign
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.web.agreements import agreements
from matchmaker.web.agreements.forms import SignForm
from matchmaker.web.agreements.lists import my_membership, origin
from matchmaker.web.agreements.pages import agreement_page
from matchmaker.web.guards import PARTIES, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.agreements import WHY_NOT


@agreements.post("/<id:agreement_id>/teken")
@only(PARTIES)
def sign_agreement(agreement_id: int) -> Response | str:
    """Put a signature, for oneself or for the organisation."""
    agreement = agreement_of(agreement_id, my_membership(), lock=True)
    line = signatory_for(agreement, my_membership())
    if line is None:
        raise NotFound("signatory")
    form = SignForm.for_line(line, name=me().display_name)
    if not form.validate_on_submit() or not put_signature(line, form, by=me()):
        return agreement_page(agreement, line, form)
    db.session.commit()
    flash(gettext("U hebt getekend."), "success")
    return redirect(url_for("agreements.show_agreement", agreement_id=agreement.id))


def put_signature(line: Signatory, form: SignForm, *, by: Account | None) -> bool:
    """Sign, or say on the form why that cannot be."""
    try:
        sign(line, name=form.name.data or "", agreed=bool(form.agreed.data), document_hash=form.shown.data or "",
             origin=origin(), by=by)  # fmt: skip
    except InvalidValue as error:
        if error.field == "document":
            form.form_errors.append(str(WHY_NOT[error.reason]))
        else:
            form.refuse(error)
        return False
    return True
