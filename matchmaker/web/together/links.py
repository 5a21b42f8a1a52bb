"""Two days ahead, from the letter and without signing in: it goes on, it does not, or someone steps in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.appointments.actions import speaker_of
from matchmaker.appointments.models import Answer, Appointment, Attendee
from matchmaker.appointments.queries import attendee_by_id, slot_of
from matchmaker.committees.filling import fill_from_match
from matchmaker.database import db
from matchmaker.errors import InvalidMove, LinkUnusable
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.matches import dates, speakers
from matchmaker.matches.queries import match_by_id
from matchmaker.vocabulary import Party
from matchmaker.web.together.forms import ChooseForm, ConfirmForm, confirm_form, number_of
from matchmaker.web.together.material_links import SPEAKER, materials_url
from matchmaker.web.together.people import names_of
from matchmaker.words.appointments import say_answer, say_when
from matchmaker.words.brief import brief_of, wording_of

appointment_links = Blueprint("appointment_links", __name__)


@appointment_links.get("/afspraak/<token>")
def show_appointment(token: str) -> str:
    """The appointment and the question; opening a link changes nothing."""
    attendee = _invited(token)
    return _page(token, attendee, confirm_form(attendee.appointment.kind))


@appointment_links.post("/afspraak/<token>")
def answer_appointment(token: str) -> Response | str:
    """Yes or no. The link stays good until the day after, so that a no can still follow a yes."""
    attendee = _invited(token)
    form = confirm_form(attendee.appointment.kind)
    if not form.validate_on_submit():
        return _page(token, attendee, form)
    match, coming = match_by_id(attendee.appointment.match_id, lock=True), form.coming.data == "yes"
    if attendee.standby and coming:
        names = names_of(match, speaker=attendee.account)
        wording = wording_of(match, arrangements=attendee.appointment.arrangements, people=names)
        speakers.step_in(match, attendee, wording=wording, by=attendee.account)
        flash(gettext("U valt in. Iedereen krijgt bericht."), "success")
    else:
        speakers.answer_confirmation(match, attendee, coming=coming, note=form.note.data or "", by=attendee.account)
        flash(gettext("Dank u. De ander ziet uw antwoord."), "success")
    db.session.commit()
    return redirect(url_for("appointment_links.show_appointment", token=token))


@appointment_links.post("/vraag/<token>/kies")
def choose_as_visitor(token: str) -> Response:
    """Who asked without an account takes one of the moments; that is also the yes."""
    match, form = match_by_id(find_link(token, Purpose.FOLLOW_REQUEST).subject_id, lock=True), ChooseForm()
    slot = slot_of(match.id, number_of(form.slot.data or "")) if form.validate_on_submit() else None
    if slot is None:
        flash(gettext("Kies een van de momenten."), "warning")
        return redirect(url_for("public.show_request", token=token))
    try:
        dates.choose(match, slot, by=None, as_party=Party.VISITOR, wording=wording_of(match, people=names_of(match)))
    except InvalidMove:
        flash(gettext("Dit moment is net al gekozen of vervallen. Hieronder staat hoe het nu is."), "warning")
        return redirect(url_for("public.show_request", token=token))
    fill_from_match(match, by=None)
    db.session.commit()
    flash(gettext("Afgesproken. U krijgt een uitnodiging voor uw agenda."), "success")
    return redirect(url_for("public.show_request", token=token))


def _page(token: str, attendee: Attendee, form: ConfirmForm) -> str:
    appointment = attendee.appointment
    match = match_by_id(appointment.match_id)
    return render_template(
        "together/dates/answer_appointment.html",
        token=token,
        form=form,
        appointment=appointment,
        when=say_when(appointment),
        answer=say_answer(attendee),
        brief=brief_of(match, arrangements=appointment.arrangements),
        asked=_asked(appointment, attendee),
        standby=attendee.standby,
        materials_url="" if attendee.standby else materials_url(SPEAKER, token, appointment),
    )


def _asked(appointment: Appointment, attendee: Attendee) -> bool:
    """Whether there is something to answer: a stand-by is asked once the speaker has said no."""
    if not appointment.stands or appointment.has_begun:
        return False
    speaker = speaker_of(appointment)
    return not attendee.standby or (speaker is not None and speaker.answer is Answer.NOT_COMING)


def _invited(token: str) -> Attendee:
    """Who the link was sent to; raises LinkUnusable, also for who is no longer invited."""
    attendee = attendee_by_id(find_link(token, Purpose.CONFIRM_APPOINTMENT).subject_id)
    if attendee is None or (attendee.account is not None and not attendee.account.is_active):
        raise LinkUnusable("revoked")
    return attendee
