"""The own applications: where each stands, and yes or no to a place."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from matchmaker.applications import actions
from matchmaker.applications.finding import instead_of
from matchmaker.applications.models import Application
from matchmaker.applications.queries import applications_of, events_of, file_of, own_application
from matchmaker.applications.rules import may_withdraw
from matchmaker.applications.states import Action, State, allows
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.placements.starting import placement_of_application, start_from_application
from matchmaker.vocabulary import Party
from matchmaker.web.fields import Form, at_most
from matchmaker.web.public.cards import address_of, cards, organisation_name
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.own import my_profile
from matchmaker.web.uploads import as_download
from matchmaker.words.applications import state_name, told, turn_line, until_line

NOTE_LENGTH = 2000


class StopForm(Form):
    note = TextAreaField(_l("Wil je er iets bij schrijven?"), [at_most(NOTE_LENGTH)])


@student.get("/reacties")
def list_applications() -> str:
    rows = [
        {
            "application": each,
            "url": url_for("student.show_application", application_id=each.id),
            "state": state_name(each),
            "turn": turn_line(each, reader=Party.STUDENT),
            "mine": each.state is State.OFFERED,
            "until": until_line(each),
            "who": organisation_name(each.municipality),
        }
        for each in applications_of(me())
    ]
    return render_template("student/applications.html", rows=rows)


@student.get("/reacties/<id:application_id>")
def show_application(application_id: int) -> str:
    """Where it stands, who is next, and what else fits when the place is gone."""
    application = own_application(application_id, me())
    events = events_of(application)
    lost = application.state in (State.FILLED, State.REFUSED, State.CALLED_OFF)
    instead = instead_of(my_profile(), application.offer) if lost else []
    return render_template(
        "student/application.html",
        application=application,
        **told(application, events, reader=Party.STUDENT),
        organisation=organisation_name(application.municipality),
        url=address_of(application.offer),
        instead=cards([each.listing for each in instead]),
        may_choose=allows(application.state, Action.ACCEPT),
        may_withdraw=may_withdraw(application),
        words="" if lost else _last_words(events),
        placement=placement_of_application(application.id) if application.state is State.ACCEPTED else None,
    )


@student.get("/reacties/<id:application_id>/bestand/<id:file_id>")
def download_file(application_id: int, file_id: int) -> Response:
    """A file that was sent along."""
    return as_download(file_of(own_application(application_id, me()), file_id))


@student.post("/reacties/<id:application_id>/ja")
def accept_place(application_id: int) -> Response:
    """Take the place; when someone else was just before, the next page says so and shows what is near."""
    application = actions.accept(own_application(application_id, me()), by=me())
    if application.state is State.ACCEPTED:
        start_from_application(application, by=me())
        flash(gettext("De plek is van jou. Je school en de gemeente weten het."), "success")
    else:
        flash(gettext("Een ander was net eerder. Hieronder staat wat er nog meer past."), "warning")
    db.session.commit()
    return redirect(url_for("student.show_application", application_id=application.id))


@student.route("/reacties/<id:application_id>/nee", methods=["GET", "POST"])
def decline_place(application_id: int) -> Response | str:
    """Say no to a place that was offered."""
    application = _own_if(application_id, lambda each: allows(each.state, Action.DECLINE))
    form = StopForm()
    if not form.validate_on_submit():
        return render_template("student/stop.html", application=application, form=form, declines=True)
    actions.decline(application, note=form.note.data or "", by=me())
    flash(gettext("De gemeente weet nu dat je deze plek niet neemt."), "success")
    db.session.commit()
    return redirect(url_for("student.list_applications"))


@student.route("/reacties/<id:application_id>/intrekken", methods=["GET", "POST"])
def withdraw_application(application_id: int) -> Response | str:
    """Take it back."""
    application, form = _own_if(application_id, may_withdraw), StopForm()
    if not form.validate_on_submit():
        return render_template("student/stop.html", application=application, form=form, declines=False)
    actions.withdraw(application, note=form.note.data or "", by=me())
    flash(gettext("Je reactie is ingetrokken."), "success")
    db.session.commit()
    return redirect(url_for("student.list_applications"))


def _own_if(application_id: int, allowed: Callable[[Application], bool]) -> Application:
    """One's own, if this step exists from where it stands; else InvalidMove, so that no form is filled in vain."""
    application = own_application(application_id, me(), lock=request.method == "POST")
    if not allowed(application):
        raise InvalidMove(state=application.state.value)
    return application


def _last_words(events: object) -> str:
    """What the municipality wrote with its last step."""
    written = [each.note for each in events if each.party is Party.MUNICIPALITY and each.note]  # type: ignore[attr-defined]
    return written[-1] if written else ""
