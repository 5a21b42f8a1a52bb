"""Meetings: called with an agenda, changed, cancelled, held; and whether someone comes."""

from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.appointments.ical import download
from matchmaker.appointments.spans import Span, session_span
from matchmaker.clock import local
from matchmaker.committees import meetings as acts
from matchmaker.committees.meeting_models import Invitee, Meeting
from matchmaker.committees.meeting_queries import kept_meeting, meeting_to_read
from matchmaker.committees.models import Committee
from matchmaker.committees.queries import KEEPERS, kept_committee
from matchmaker.committees.states import MeetingAction, MeetingState, allows
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.web.committees import committees
from matchmaker.web.committees.forms import CancelForm, ComingForm, HoldForm, MeetingForm
from matchmaker.web.files import as_file
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.appointments import ANSWERS
from matchmaker.words.committees import meeting_wording
from matchmaker.words.language import language


@committees.route("/<id:committee_id>/vergadering", methods=["GET", "POST"])
@only(KEEPERS)
def plan_meeting(committee_id: int) -> Response | str:
    """Call a meeting; everyone gets it in the calendar."""
    committee = kept_committee(committee_id, acting())
    form = MeetingForm()
    if form.validate_on_submit() and (made := _planned(committee, form)) is not None:
        db.session.commit()
        flash(gettext("Gepland. De leden krijgen een uitnodiging voor hun agenda."), "success")
        return redirect(url_for("committees.show_meeting", meeting_id=made.id))
    return render_template("committees/plan.html", form=form, committee=committee, meeting=None)


@committees.get("/vergadering/<id:meeting_id>")
def show_meeting(meeting_id: int) -> str:
    """When, where, the agenda, who comes; afterwards who was there."""
    meeting, keeps = meeting_to_read(meeting_id, acting(), me())
    return meeting_page(meeting, keeps=keeps, mine=_mine(meeting), form=ComingForm())


@committees.post("/vergadering/<id:meeting_id>/antwoord")
def answer_meeting(meeting_id: int) -> Response | str:
    """Whether someone who has an account comes."""
    meeting, keeps = meeting_to_read(meeting_id, acting(), me())
    mine, form = _mine(meeting), ComingForm()
    if mine is None:
        raise NotFound("invitee")
    if not form.validate_on_submit():
        return meeting_page(meeting, keeps=keeps, mine=mine, form=form)
    acts.answer(mine, coming=form.coming.data == "yes", note=form.note.data or "", by=me())
    db.session.commit()
    return redirect(url_for("committees.show_meeting", meeting_id=meeting.id))


@committees.route("/vergadering/<id:meeting_id>/wijzig", methods=["GET", "POST"])
@only(KEEPERS)
def change_meeting(meeting_id: int) -> Response | str:
    meeting = _if(meeting_id, MeetingAction.CHANGE)
    form = MeetingForm(data=_shown(meeting))
    current = form.is_current_as(_shown(meeting))
    if form.validate_on_submit() and current and _changed(meeting, form):
        db.session.commit()
        flash(gettext("Bewaard. De leden krijgen het nieuwe moment in hun agenda."), "success")
        return redirect(url_for("committees.show_meeting", meeting_id=meeting.id))
    return render_template("committees/plan.html", form=form, committee=meeting.committee, meeting=meeting)


@committees.route("/vergadering/<id:meeting_id>/zeg-af", methods=["GET", "POST"])
@only(KEEPERS)
def cancel_meeting(meeting_id: int) -> Response | str:
    meeting, form = _if(meeting_id, MeetingAction.CANCEL), CancelForm()
    if form.validate_on_submit():
        acts.cancel(meeting, because=form.because.data or "", by=me())
        db.session.commit()
        flash(gettext("Afgezegd. De vergadering gaat uit ieders agenda."), "success")
        return redirect(url_for("committees.show_meeting", meeting_id=meeting.id))
    return render_template("committees/cancel.html", form=form, meeting=meeting)


@committees.route("/vergadering/<id:meeting_id>/geweest", methods=["GET", "POST"])
@only(KEEPERS)
def hold_meeting(meeting_id: int) -> Response | str:
    """Who was there, and the minutes."""
    meeting, form = _if(meeting_id, MeetingAction.HOLD), HoldForm()
    form.offer((str(each.id), each.display_name) for each in meeting.people)
    if form.validate_on_submit() and _held(meeting, form):
        db.session.commit()
        return redirect(url_for("committees.show_meeting", meeting_id=meeting.id))
    return render_template("committees/hold.html", form=form, meeting=meeting)


@committees.get("/vergadering/<id:meeting_id>.ics")
def download_meeting(meeting_id: int) -> FlaskResponse:
    """The file for whoever wants to put it in a calendar by hand."""
    meeting, _keeps = meeting_to_read(meeting_id, acting(), me())
    return as_file(download(meeting, language=language()), f"vergadering-{meeting_id}", "ics")


def meeting_page(meeting: Meeting, *, keeps: bool, mine: Invitee | None, form: ComingForm, token: str = "") -> str:
    """The page of a meeting, for who signs in and for who holds a link."""
    return render_template(
        "committees/meeting.html",
        meeting=meeting,
        keeps=keeps,
        mine=mine,
        form=form,
        token=token,
        can_answer=mine is not None and meeting.state is MeetingState.PLANNED and not meeting.has_begun,
        people=[_person(each, meeting) for each in meeting.people],
    )


def _person(invitee: Invitee, meeting: Meeting) -> dict[str, str]:
    if meeting.state is MeetingState.HELD:
        said = gettext("was er") if invitee.present else gettext("was er niet")
    else:
        said = str(ANSWERS[invitee.answer]) if invitee.answer else gettext("nog geen antwoord")
    role = invitee.term.seat.name if invitee.term else gettext("houdt de commissie bij")
    name = invitee.display_name or (invitee.term.organisation_name if invitee.term else "")
    return {"name": name, "role": role, "said": said, "note": invitee.answer_note}


def _mine(meeting: Meeting) -> Invitee | None:
    return next((each for each in meeting.people if each.account is not None and each.account.id == me().id), None)


def _if(meeting_id: int, action: MeetingAction) -> Meeting:
    """A meeting one keeps, if this step exists from where it stands, so that no form is filled in vain."""
    meeting = kept_meeting(meeting_id, acting())
    if not allows("meeting", meeting.state, action):
        raise InvalidMove(state=meeting.state.value)
    return meeting


def _shown(meeting: Meeting) -> dict[str, Any]:
    start = local(meeting.starts_at)
    length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    plain = {name: getattr(meeting, name) for name in ("title", "location", "online_url", "agenda")}
    return {**plain, "day": start.date(), "start": start.time(), "minutes": length, "version": str(meeting.version)}


def _span(form: MeetingForm) -> Span:
    return session_span(form.day.data, form.start.data, form.minutes.data or 0, fields=("day", "start", "minutes"))


def _texts(committee: Committee, form: MeetingForm) -> dict[str, Any]:
    typed = {name: form[name].data or "" for name in ("title", "location", "online_url", "agenda")}
    return {**typed, "wording": meeting_wording(committee, title=typed["title"], agenda=typed["agenda"])}


def _planned(committee: Committee, form: MeetingForm) -> Meeting | None:
    try:
        return acts.plan(committee, _span(form), **_texts(committee, form), by=me())
    except InvalidValue as refused:
        form.refuse(refused)
        return None


def _changed(meeting: Meeting, form: MeetingForm) -> bool:
    try:
        acts.change(meeting, _span(form), **_texts(meeting.committee, form), by=me())
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True


def _held(meeting: Meeting, form: HoldForm) -> bool:
    present = {int(each) for each in form.present.data or ()}
    try:
        acts.hold(meeting, present=present, minutes=form.minutes.data or "", by=me())
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True
