"""One application of a student of ours: read it, and say yes or no where the programme wants to see it first."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField

from matchmaker.applications import actions
from matchmaker.applications.models import Application
from matchmaker.applications.queries import application_of_school, events_of, file_of
from matchmaker.applications.rules import REFUSALS_OF_SCHOOL, may_decide_as_school
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import COORDINATOR, only
from matchmaker.web.public.cards import address_of
from matchmaker.web.reading import note_reading
from matchmaker.web.school import school
from matchmaker.web.sign_in_state import me
from matchmaker.web.uploads import as_download
from matchmaker.words.applications import told
from matchmaker.words.labels import choices

NOTE_LENGTH = 2000


class SchoolRefusalForm(Form):
    refusal = SelectField(_l("Waarom niet?"))
    note = TextAreaField(_l("Toelichting voor de student"), [at_most(NOTE_LENGTH)])


@school.get("/studenten/reacties/<id:application_id>")
@only(COORDINATOR)
def show_application(application_id: int) -> str:
    application = application_of_school(application_id, giver())
    note_reading(application)
    return render_template(
        "school/students/application.html",
        application=application,
        **told(application, events_of(application), reader=Party.SCHOOL),
        url=address_of(application.offer),
        may_decide=may_decide_as_school(application),
    )


@school.get("/studenten/reacties/<id:application_id>/bestand/<id:file_id>")
@only(COORDINATOR)
def download_file(application_id: int, file_id: int) -> Response:
    """A file the student sent along."""
    return as_download(file_of(application_of_school(application_id, giver()), file_id))


@school.post("/studenten/reacties/<id:application_id>/goed")
@only(COORDINATOR)
def approve_application(application_id: int) -> Response:
    """From now the municipality has it."""
    application = actions.approve(application_of_school(application_id, giver(), lock=True), by=me())
    flash(gettext("De reactie is nu bij gemeente %(name)s.", name=application.municipality.name), "success")
    db.session.commit()
    return redirect(url_for("school.list_students"))


@school.route("/studenten/reacties/<id:application_id>/nee", methods=["GET", "POST"])
@only(COORDINATOR)
def refuse_application(application_id: int) -> Response | str:
    """No, with a reason the student reads."""
    application, form = application_of_school(application_id, giver(), lock=False), SchoolRefusalForm()
    if not may_decide_as_school(application):
        raise InvalidMove(state=application.state.value)
    form.refusal.choices = options([("", _l("Kies een reden")), *choices(Refusal, only=REFUSALS_OF_SCHOOL)])
    if form.validate_on_submit() and _refused(form, application_of_school(application_id, giver(), lock=True)):
        flash(gettext("De student krijgt bericht met uw reden."), "success")
        db.session.commit()
        return redirect(url_for("school.list_students"))
    return render_template("school/students/refuse.html", application=application, form=form)


def _refused(form: SchoolRefusalForm, application: Application) -> bool:
    """Whether the domain took the reason; else the form says what is wrong."""
    code = Refusal(form.refusal.data) if form.refusal.data else None
    try:
        actions.refuse(application, refusal=code, note=form.note.data or "", by=me(), as_party=Party.SCHOOL)
    except InvalidValue as error:
        form.refuse(error)
        return False
    return True
