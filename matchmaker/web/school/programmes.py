"""What each programme asks of a placement."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField

from matchmaker.database import db
from matchmaker.students.actions import change_rules
from matchmaker.students.models import TimeKept
from matchmaker.students.queries import programme_in_care, programmes_in_care, rules_of
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import EditForm, options
from matchmaker.web.guards import COORDINATOR, only
from matchmaker.web.school import school
from matchmaker.web.sign_in_state import me
from matchmaker.words.applications import TIMES_KEPT


class RulesForm(EditForm):
    school_approves = BooleanField(_l("Wij kijken eerst naar een reactie"))
    no_cv = BooleanField(_l("Geen cv bij de eerste reactie"))
    no_talk = BooleanField(_l("Plaatsen zonder gesprek vooraf"))
    blind_until_talk = BooleanField(_l("Geen naam tot het eerste gesprek"))
    time_kept = SelectField(
        _l("Houdt de student de tijd bij?"),
        choices=options([("", _l("Nee")), *((each.value, words) for each, words in TIMES_KEPT.items())]),
    )


@school.get("/opleidingen")
@only(COORDINATOR)
def list_programmes() -> str:
    """The programmes someone looks after, each with the way to what it asks."""
    return render_template("school/students/programmes.html", programmes=programmes_in_care(giver()))


@school.route("/opleidingen/<id:programme_id>", methods=["GET", "POST"])
@only(COORDINATOR)
def edit_rules(programme_id: int) -> Response | str:
    programme = programme_in_care(giver(), programme_id)
    rules = rules_of(programme)
    form = RulesForm(obj=rules, data={"time_kept": rules.time_kept.value if rules.time_kept else ""})
    current = form.is_current(rules)
    if not (form.validate_on_submit() and current):
        return render_template("school/students/rules.html", programme=programme, form=form)
    change_rules(
        programme,
        **{name: form[name].data for name in ("school_approves", "no_cv", "no_talk", "blind_until_talk")},
        time_kept=TimeKept(form.time_kept.data) if form.time_kept.data else None,
        by=me(),
    )
    flash(gettext("Bewaard. Het geldt voor reacties die vanaf nu komen."), "success")
    db.session.commit()
    return redirect(url_for("school.list_programmes"))
