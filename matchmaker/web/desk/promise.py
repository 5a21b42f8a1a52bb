"""What the desk promises, and how it works."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from matchmaker.database import db
from matchmaker.organisations.actions import change_desk
from matchmaker.web.desk import desk
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import EditForm, WholeNumberField
from matchmaker.web.sign_in_state import me

_DAYS = NumberRange(1, 20, _l("Kies 1 tot en met 20 werkdagen."))


class PromiseForm(EditForm):
    """Working days, and three choices."""

    first_answer_days = WholeNumberField(_l("Eerste antwoord"), [InputRequired(_l("Vul een getal in.")), _DAYS])
    route_days = WholeNumberField(_l("Duidelijkheid"), [InputRequired(_l("Vul een getal in.")), _DAYS])
    checks_before_publishing = BooleanField(_l("Het loket kijkt mee voordat aanbod online gaat"))
    takes_from_neighbours = BooleanField(_l("Wij nemen vragen aan van gemeenten in de buurt"))
    blind_until_talk = BooleanField(_l("Wij lezen reacties van studenten zonder naam"))


@desk.route("/instellen", methods=["GET", "POST"])
def edit_promise() -> Response | str:
    """The promise of this desk."""
    here = this_desk()
    form = PromiseForm(obj=here)
    current = form.is_current(here)
    if form.validate_on_submit() and current:
        change_desk(
            here,
            name=here.name,
            first_answer_days=form.first_answer_days.data,
            route_days=form.route_days.data,
            checks_before_publishing=form.checks_before_publishing.data,
            takes_from_neighbours=form.takes_from_neighbours.data,
            blind_until_talk=form.blind_until_talk.data,
            by=me(),
        )
        flash(gettext("Bewaard. De nieuwe termijn geldt voor vragen die vanaf nu komen."), "success")
        db.session.commit()
        return redirect(url_for("desk.edit_promise"))
    return render_template("desk/promise.html", form=form, here=here)
