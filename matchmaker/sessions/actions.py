"""What came of a session, what each side says of it, and its materials."""

from dataclasses import dataclass

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import Appointment, AppointmentKind, AppointmentStatus
from matchmaker.appointments.queries import appointment_of
from matchmaker.appointments.spans import appointment_kind
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.files.actions import forget
from matchmaker.files.uploads import Upload, keep_upload
from matchmaker.matches import dates
from matchmaker.matches.models import MUNICIPAL, Match
from matchmaker.matches.states import State as MatchState
from matchmaker.sessions.letters import tell_not_held
from matchmaker.sessions.models import Again, Fit, Session, SessionMaterial, SessionView, WhyNot
from matchmaker.sessions.queries import materials_of, session_for
from matchmaker.sessions.rules import is_untold
from matchmaker.sessions.states import Action, State
from matchmaker.vocabulary import Party

MOST_STUDENTS = 2000
MOST_MATERIALS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What someone says afterwards. `held` is None when the other side has already told whether it took place."""

    held: bool | None = None
    students: int | None = None
    why_not: WhyNot | None = None
    why_not_note: str = ""
    fit: Fit | None = None
    again: Again | None = None
    note: str = ""


def side_of(party: Party) -> Party:
    """The side of the desk someone speaks for: a colleague for the municipality, a visitor for the school."""
    return Party.MUNICIPALITY if party in MUNICIPAL else Party.SCHOOL


def session_of(match: Match) -> Session:
    """The session of a match, made when there is none yet. Raises InvalidMove for a kind that has no moment."""
    if appointment_kind(match.kind) is not AppointmentKind.SESSION:
        raise InvalidMove(state=match.state.value, action="session")
    found = session_for(match.id)
    if found is None:
        found = Session(match=match, views=[], events=[])
        db.session.add(found)
        db.session.flush()
    return found


def look_back(match: Match, report: Report, *, by: Account | None, as_party: Party) -> Session:
    """Whether it took place, with how many students or why not; and two answers for the other side.

    Who is first tells whether it took place; the match is then done. Raises InvalidValue at the field, before anything
    has changed, and InvalidMove when nothing was agreed or what the sides said can already be read.
    """
    appointment = _appointment(match)
    session = session_of(match)
    told = not is_untold(session, appointment)
    held = session.state is State.HELD if told else report.held
    _check(report, held=held, told=told, side=side_of(as_party))
    if not told:
        _tell(match, session, appointment, report, by=by, as_party=as_party)
    elif held and side_of(as_party) is Party.SCHOOL and report.students not in {None, session.students}:
        session.students = report.students
        session.move(Action.COUNT, by=by, as_party=as_party, students=report.students)
    if held:
        _give_view(session, report, side=side_of(as_party), by=by)
    db.session.flush()
    record("session.looked_back", about=session, by=by, organisation=match.municipality, state=session.state.value)
    return session


def add_materials(match: Match, uploads: list[Upload], *, by: Account | None, as_party: Party) -> None:
    """Put files with a session. Raises InvalidValue at `files`, InvalidMove when it does not go on."""
    if not uploads:
        raise InvalidValue("files", "required")
    appointment = appointment_of(match.id)
    if appointment is None or appointment.status is AppointmentStatus.CANCELLED:
        raise InvalidMove(state=match.state.value, action="add_materials")
    session = session_of(match)
    if len(materials_of(session)) + len(uploads) > MOST_MATERIALS:
        raise InvalidValue("files", "too_many_files", n=MOST_MATERIALS)
    for upload in uploads:
        file = keep_upload(upload, organisation_id=None, by=by)
        db.session.add(SessionMaterial(session=session, file=file, side=side_of(as_party)))
    db.session.flush()
    record("session.materials_added", about=session, by=by, organisation=match.municipality)


def remove_material(material: SessionMaterial, *, by: Account | None, as_party: Party) -> None:
    """Take a file away again. Raises NotAllowed for one of the other side."""
    if material.side is not side_of(as_party):
        raise NotAllowed("material")
    session, file = material.session, material.file
    db.session.delete(material)
    db.session.flush()
    forget(file)
    record("session.material_removed", about=session, by=by)


def _appointment(match: Match) -> Appointment:
    found = appointment_of(match.id)
    if found is None or found.status is AppointmentStatus.CANCELLED or found.kind is not AppointmentKind.SESSION:
        raise InvalidMove(state=match.state.value, action="look_back")
    if not found.has_begun:
        raise InvalidValue("held", "not_yet")
    return found


def _check(report: Report, *, held: bool | None, told: bool, side: Party) -> None:
    if held is None:
        raise InvalidValue("held", "required")
    if held:
        _check_held(report, told=told)
    elif told:
        raise InvalidMove(state=State.NOT_HELD.value, action="look_back", side=side.value)
    elif report.why_not is None:
        raise InvalidValue("why_not", "required")
    elif report.why_not is WhyNot.OTHER and not report.why_not_note.strip():
        raise InvalidValue("why_not_note", "required")


def _check_held(report: Report, *, told: bool) -> None:
    number = report.students
    if number is None and not told:
        raise InvalidValue("students", "required")
    if number is not None and number < 1:
        raise InvalidValue("students", "too_small", n=1)
    if number is not None and number > MOST_STUDENTS:
        raise InvalidValue("students", "too_large", n=MOST_STUDENTS)
    for name, value in (("fit", report.fit), ("again", report.again)):
        if value is None:
            raise InvalidValue(name, "required")


def _tell(
    match: Match, session: Session, appointment: Appointment, report: Report, *, by: Account | None, as_party: Party
) -> None:
    if session.state is State.NOT_HELD:
        session.move(Action.PLAN, by=by, as_party=as_party)
        session.why_not, session.why_not_note = None, ""
    session.told_at = now()
    if report.held:
        session.students = report.students
        session.move(Action.HOLD, by=by, as_party=as_party, students=report.students)
        if match.state is MatchState.AGREED:
            dates.finish(match, by=by, as_party=as_party)
        return
    assert report.why_not is not None
    session.why_not, session.why_not_note = report.why_not, report.why_not_note.strip()
    session.move(Action.MISS, by=by, as_party=as_party, why_not=report.why_not.value)
    tell_not_held(session, appointment, side=side_of(as_party))


def _give_view(session: Session, report: Report, *, side: Party, by: Account | None) -> None:
    if session.shows_all:
        raise InvalidMove(state=session.state.value, action="give_view")
    view = session.view_of(side)
    if view is None:
        view = SessionView(side=side)
        session.views.append(view)
    assert report.fit is not None and report.again is not None
    view.fit, view.again, view.note = report.fit, report.again, report.note.strip()
    view.given_by_id, view.given_at = by.id if by else None, now()
