"""Who is away and who covers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.leave import cancel_leave, coming_leave, leave_here, people_of, register_leave
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.web.desk import desk
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import Form, options
from matchmaker.web.sign_in_state import me


class LeaveForm(Form):
    """Days away, both included."""

    person = SelectField(_l("Wie is er weg?"), [InputRequired(_l("Kies wie er weg is."))])
    first_day = DateField(_l("Eerste dag"), [InputRequired(_l("Vul de eerste dag in."))])
    last_day = DateField(_l("Laatste dag"), [InputRequired(_l("Vul de laatste dag in."))])
    cover = SelectField(_l("Wie neemt waar?"), [Optional()])


@desk.route("/verlof", methods=["GET", "POST"])
def list_leave() -> Response | str:
    """Leave that runs or comes, and a form to add some."""
    people = {str(each.id): each for each in people_of(_served())}
    form = _form(people)
    if not form.validate_on_submit() or not _registered(form, people):
        return render_template("desk/leave.html", form=form, leaves=coming_leave(_served()))
    flash(gettext("Bewaard. Brieven en vragen gaan die dagen naar wie waarneemt."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_leave"))


@desk.post("/verlof/<id:leave_id>/weg")
def remove_leave(leave_id: int) -> Response:
    cancel_leave(leave_here(leave_id, _served()), by=me())
    flash(gettext("Het verlof is weggehaald."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_leave"))


def _served() -> list[Organisation]:
    """The holder of the desk and every municipality it serves."""
    here = this_desk()
    return [here.holder, *(each for each in here.serves if each.id != here.holder_id)]


def _form(people: dict[str, Membership]) -> LeaveForm:
    form = LeaveForm()
    names = [(key, f"{each.account.display_name}, {each.organisation.name}") for key, each in people.items()]
    form.person.choices = options([("", _l("Kies een naam")), *names])
    form.cover.choices = options([("", _l("Niemand")), *names])
    return form


def _registered(form: LeaveForm, people: dict[str, Membership]) -> bool:
    away, cover = people[form.person.data], people.get(form.cover.data or "")
    try:
        register_leave(
            away.account,
            away.organisation,
            first_day=form.first_day.data,
            last_day=form.last_day.data,
            cover=cover.account if cover else None,
            by=me(),
        )
    except InvalidValue as error:
        form.refuse(error)
        return False
    return True
