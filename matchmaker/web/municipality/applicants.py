"""Students who answered an offer, in order of arrival; without a name until the first talk where that is wanted."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.applications import actions
from matchmaker.applications.models import Application
from matchmaker.applications.queries import Part, applicants, application_here, arrived_before, events_of, file_of
from matchmaker.applications.rules import (
    REFUSALS_OF_MUNICIPALITY,
    may_invite,
    may_offer,
    may_refuse_as_municipality,
)
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.addresses import here_with
from matchmaker.web.admin.listing import SIZE, asked_code, asked_text, giver, pages, window
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.municipality import municipality
from matchmaker.web.public.cards import address_of
from matchmaker.web.reading import note_reading
from matchmaker.web.sign_in_state import me
from matchmaker.web.uploads import as_download
from matchmaker.words.applications import applicant_name, state_name, told, turn_line, until_line
from matchmaker.words.labels import choices, label

NOTE_LENGTH = 2000
PARTS = {
    Part.WAITING: _l("Wacht op ons"),
    Part.STUDENT: _l("Bij de student"),
    Part.ENDED: _l("Klaar"),
}


class TalkForm(Form):
    note = TextAreaField(
        _l("Wat stelt u voor?"), [InputRequired(_l("Schrijf wanneer en hoe u elkaar spreekt.")), at_most(NOTE_LENGTH)]
    )


class PlaceForm(Form):
    note = TextAreaField(_l("Wilt u er iets bij schrijven?"), [at_most(NOTE_LENGTH)])


class ApplicantRefusalForm(Form):
    refusal = SelectField(_l("Waarom niet?"))
    note = TextAreaField(_l("Toelichting voor de student"), [at_most(NOTE_LENGTH)])


@municipality.get("/studenten")
def list_applicants() -> str:
    """First who came first. Nobody is ranked."""
    part = asked_code("deel", Part) or Part.WAITING
    rows, counts = applicants(giver(), part, reference=asked_text("plek", 12), **window())
    return render_template(
        "applicants/list.html",
        rows=[_row(each) for each in rows],
        waiting=counts[Part.WAITING],
        part=part,
        one_offer=bool(asked_text("plek", 12)),
        parts=[
            {
                "label": words,
                "count": counts[each],
                "url": here_with(deel=each.value, pagina=None),
                "current": each is part,
            }
            for each, words in PARTS.items()
        ],
        pages=pages(counts[part]) if counts[part] > SIZE else None,
    )


@municipality.get("/studenten/<id:application_id>")
def show_applicant(application_id: int) -> str:
    application = application_here(application_id, giver())
    note_reading(application)
    return render_template(
        "applicants/show.html",
        application=application,
        name=applicant_name(application, arrived_before(application) + 1),
        **told(application, events_of(application), reader=Party.MUNICIPALITY),
        level=label(application.level),
        url=address_of(application.offer),
        may={
            "invite": may_invite(application),
            "offer": may_offer(application),
            "refuse": may_refuse_as_municipality(application),
        },
    )


@municipality.get("/studenten/<id:application_id>/bestand/<id:file_id>")
def download_file(application_id: int, file_id: int) -> Response:
    """A file the student sent along; it says who someone is, so it comes with the name."""
    application = application_here(application_id, giver())
    if not application.shows_name:
        raise NotFound("file")
    return as_download(file_of(application, file_id))


@municipality.route("/studenten/<id:application_id>/gesprek", methods=["GET", "POST"])
def invite_applicant(application_id: int) -> Response | str:
    """Ask for a first talk; from then on the name is known."""
    application, form = _here_if(application_id, may_invite), TalkForm()
    if not form.validate_on_submit():
        return _act("applicants/invite.html", application, form)
    actions.invite(application, note=form.note.data, by=me())
    return _done(application, gettext("De student krijgt nu uw uitnodiging."))


@municipality.route("/studenten/<id:application_id>/plek", methods=["GET", "POST"])
def offer_place(application_id: int) -> Response | str:
    """Offer the place; it is taken when the student says yes."""
    application, form = _here_if(application_id, may_offer), PlaceForm()
    if not form.validate_on_submit():
        return _act("applicants/offer.html", application, form)
    actions.offer(application, note=form.note.data or "", by=me())
    return _done(application, gettext("De student kan nu kiezen."))


@municipality.route("/studenten/<id:application_id>/nee", methods=["GET", "POST"])
def refuse_applicant(application_id: int) -> Response | str:
    """No, with a reason the student reads."""
    application, form = _here_if(application_id, may_refuse_as_municipality), ApplicantRefusalForm()
    form.refusal.choices = options([("", _l("Kies een reden")), *choices(Refusal, only=REFUSALS_OF_MUNICIPALITY)])
    if form.validate_on_submit():
        code = Refusal(form.refusal.data) if form.refusal.data else None
        try:
            actions.refuse(application, refusal=code, note=form.note.data or "", by=me(), as_party=Party.MUNICIPALITY)
        except InvalidValue as error:
            form.refuse(error)
        else:
            return _done(application, gettext("De student krijgt bericht met uw reden."))
    return _act("applicants/refuse.html", application, form)


def _done(application: Application, said: str) -> Response:
    flash(said, "success")
    db.session.commit()
    return redirect(url_for("municipality.show_applicant", application_id=application.id))


def _act(template: str, application: Application, form: Form) -> str:
    name = applicant_name(application, arrived_before(application) + 1)
    return render_template(template, application=application, form=form, name=name)


def _here_if(application_id: int, allowed: Callable[[Application], bool]) -> Application:
    """One that is ours, if this step exists from where it stands; else InvalidMove."""
    application = application_here(application_id, giver(), lock=request.method == "POST")
    if not allowed(application):
        raise InvalidMove(state=application.state.value)
    return application


def _row(application: Application) -> dict[str, object]:
    return {
        "url": url_for("municipality.show_applicant", application_id=application.id),
        "application": application,
        "name": application.student.display_name if application.student and application.shows_name else "",
        "state": state_name(application),
        "turn": turn_line(application, reader=Party.MUNICIPALITY),
        "until": until_line(application),
        "level": label(application.level),
    }
