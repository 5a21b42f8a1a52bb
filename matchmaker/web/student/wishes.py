"""What a student looks for. Only the student sees it; an application shares period, hours, and needs when asked."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.students.actions import LONGEST_NEEDS, MOST_HOURS, MOST_KM, change_wishes
from matchmaker.web.admin.choices import work_field_choices
from matchmaker.web.fields import CheckboxesField, EditForm, WholeNumberField, at_most
from matchmaker.web.posting.fields import DayField
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.own import my_profile

_HOURS = NumberRange(1, MOST_HOURS, _l("Kies 1 tot en met 40 uur."))
_KM = NumberRange(1, MOST_KM, _l("Kies 1 tot en met 200 kilometer."))
ASKED = (
    "work_fields", "starts_on", "ends_on", "place", "max_distance_km", "hours_min", "hours_max", "workplace_needs",
)  # fmt: skip


class WishesForm(EditForm):
    work_fields = CheckboxesField(_l("Welk werk wil je doen?"))
    starts_on = DayField(_l("Vanaf welke dag?"), validators=[Optional()])
    ends_on = DayField(_l("Tot en met welke dag?"), validators=[Optional()])
    place = StringField(_l("Vanuit welke plaats reis je?"), [at_most(120)])
    max_distance_km = WholeNumberField(_l("Hoe ver mag het zijn?"), [Optional(), _KM])
    hours_min = WholeNumberField(_l("Uren per week, ten minste"), [Optional(), _HOURS])
    hours_max = WholeNumberField(_l("Uren per week, hoogstens"), [Optional(), _HOURS])
    workplace_needs = TextAreaField(_l("Wat heb je nodig op de werkplek?"), [at_most(LONGEST_NEEDS)])


@student.route("/wensen", methods=["GET", "POST"])
def edit_wishes() -> Response | str:
    profile = my_profile()
    form = WishesForm(obj=profile)
    form.work_fields.choices = work_field_choices()
    current = form.is_current(profile)
    if form.validate_on_submit() and current:
        try:
            change_wishes(profile, {name: form[name].data for name in ASKED}, by=me())
        except InvalidValue as error:
            form.refuse(error)
        else:
            flash(gettext("Bewaard. Hieronder staat wat bij je past."), "success")
            db.session.commit()
            return redirect(url_for("student.find_offers"))
    return render_template("student/wishes.html", form=form, profile=profile)
