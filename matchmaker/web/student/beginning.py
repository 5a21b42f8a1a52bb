"""The first page of a student: old enough, and which programme."""

from datetime import date
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import MonthField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Programme
from matchmaker.organisations.queries import programmes_of
from matchmaker.students.actions import begin as begin_as_student
from matchmaker.vocabulary import Level
from matchmaker.web.fields import Form, options
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.own import my_school, own_profile
from matchmaker.words.labels import LEVELS

ADULT, MINOR, YOUNGER = "18", "16", "0"


class BeginForm(Form):
    age = RadioField(
        _l("Hoe oud ben je?"),
        [InputRequired(_l("Kies hoe oud je bent."))],
        choices=options(
            [(ADULT, _l("18 jaar of ouder")), (MINOR, _l("16 of 17 jaar")), (YOUNGER, _l("Jonger dan 16 jaar"))]
        ),
    )
    adult_from = MonthField(_l("In welke maand word je 18?"), [Optional()])
    programme = SelectField(_l("Welke opleiding doe je?"), [InputRequired(_l("Kies je opleiding."))])
    level = SelectField(_l("Op welk niveau?"), [InputRequired(_l("Kies je niveau."))])

    def fit(self, programmes: dict[str, Programme]) -> None:
        """The programmes of the school, and the levels these have."""
        self.programme.choices = options(
            [("", _l("Kies je opleiding")), *((key, each.name) for key, each in programmes.items())]
        )
        used = {level for each in programmes.values() for level in each.levels}
        levels = [(level.value, LEVELS[level]) for level in Level if not used or level.value in used]
        self.level.choices = options([("", _l("Kies je niveau")), *levels])

    def validate(self, extra_validators: dict[str, Any] | None = None) -> bool:
        """The month is asked of who is 16 or 17, and kept of nobody else."""
        valid = super().validate(extra_validators)
        if self.age.data != MINOR or self.adult_from.data or self.adult_from.errors:
            return valid
        self.adult_from.errors = [gettext("Kies de maand waarin je 18 wordt.")]
        return False


@student.route("/begin", methods=["GET", "POST"])
def begin() -> Response | str:
    """Said once; later it can be changed here."""
    programmes = {str(each.id): each for each in programmes_of(my_school())}
    form = BeginForm(data=_known())
    form.fit(programmes)
    if form.validate_on_submit():
        try:
            _begin(form, programmes)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            return redirect(url_for("student.edit_wishes"))
    return render_template("student/begin.html", form=form, school=my_school(), known=own_profile())


def _begin(form: BeginForm, programmes: dict[str, Programme]) -> None:
    month: date | None = form.adult_from.data if form.age.data == MINOR else None
    begin_as_student(
        me(),
        my_school(),
        sixteen=form.age.data != YOUNGER,
        adult_from=month,
        programme=programmes.get(form.programme.data),
        level=Level(form.level.data),
    )


def _known() -> dict[str, Any]:
    profile = own_profile()
    if profile is None:
        return {}
    age = "" if profile.stated_at is None else MINOR if profile.is_minor else ADULT
    return {
        "age": age,
        "adult_from": profile.adult_from,
        "programme": str(profile.programme_id or ""),
        "level": profile.level.value if profile.level else "",
    }
