"""Asking to correct what is kept of oneself."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import active_memberships
from matchmaker.privacy.requests import ANSWER_DAYS, LONGEST, ask_correction
from matchmaker.web.account import account
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me


class CorrectionForm(Form):
    organisation = SelectField(_l("Wie moet het verbeteren?"))
    text = TextAreaField(
        _l("Wat klopt er niet, en hoe moet het zijn?"),
        [InputRequired(_l("Schrijf wat er niet klopt.")), at_most(LONGEST)],
    )


@account.route("/account/gegevens/verbeteren", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
def ask_to_correct() -> Response | str:
    """Goes to the administrators of the chosen organisation; answered within a month."""
    known = {str(each.organisation_id): each.organisation for each in active_memberships(me())}
    form = CorrectionForm()
    form.organisation.choices = options([*((key, each.name) for key, each in known.items()), ("", "Matchmaker")])
    if form.validate_on_submit() and _asked(form, known.get(form.organisation.data or "")):
        db.session.commit()
        flash(gettext("Uw verzoek is verstuurd. U krijgt binnen een maand antwoord."), "success")
        return redirect(url_for("account.show_my_data"))
    return render_template("account/ask_to_correct.html", form=form, days=ANSWER_DAYS)


def _asked(form: CorrectionForm, organisation: Organisation | None) -> bool:
    try:
        ask_correction(me(), form.text.data, organisation=organisation)
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True
