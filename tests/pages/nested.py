"""Objects that hold others, twice: those of one match, placement or application, and those of another."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from matchmaker.accounts.models import Account
from matchmaker.applications.actions import apply
from matchmaker.applications.models import Application, ApplicationFile
from matchmaker.appointments.models import Appointment
from matchmaker.appointments.scheduled import answer_link
from matchmaker.assignments import plan
from matchmaker.assignments.models import AssignmentFile
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.files.actions import keep
from matchmaker.files.models import StoredFile
from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Purpose
from matchmaker.matches.models import Match
from matchmaker.matches.readers import follow_link
from matchmaker.matches.states import State
from matchmaker.placements.letters import link_for
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import CheckKind, ChecklistItem, Contact, Signal
from matchmaker.sessions.actions import session_of
from matchmaker.sessions.models import SessionMaterial
from matchmaker.threads.actions import Talking, post_message, thread_of
from matchmaker.threads.models import Attachment
from matchmaker.vocabulary import Kind, Party, Role
from tests.assignments import scenes as assignments
from tests.factories import listings, matches, people
from tests.factories.students import MOTIVATION, campus, student
from tests.placements.scenes import Stage, person_of, stage
from tests.sessions.scenes import lecture


@dataclass
class Holder:
    """The number of what holds, of one thing of each kind in it (by gap in an address), and the links to it."""

    inside: dict[str, int]
    links: dict[Purpose, str] = field(default_factory=dict)


@dataclass
class Two:
    """Who may open the first; the second is sometimes open to them too, so that only the pair is wrong."""

    openers: dict[Role, Account]
    mine: Holder
    others: list[Holder]


def of_applications() -> Two:
    """Of a fellow student for the same place, and of a stranger elsewhere."""
    here = campus(places=2)
    mine, fellow = here.applied(), here.applied("Sem Bos")
    town = people.municipality()
    stranger = student(people.programme(people.institution()))
    elsewhere = apply(stranger, listings.offer(town, kind=Kind.WORK, levels=["hbo_bachelor"]), motivation=MOTIVATION)
    assert mine.student is not None
    openers = {Role.STUDENT: mine.student, Role.COORDINATOR: here.coordinator, Role.OFFICER: here.officer}
    return Two(openers, _with_file(mine), [_with_file(fellow), _with_file(elsewhere)])


def _with_file(made: Application) -> Holder:
    row = ApplicationFile(application_id=made.id, file=_file())
    db.session.add(row)
    db.session.flush()
    return Holder({"application_id": made.id, "file_id": row.file_id})


def of_placements() -> Two:
    """Two placements of the same people."""
    here = stage().begun()
    openers = {
        Role.STUDENT: here.student,
        Role.LECTURER: here.lecturer,
        Role.COORDINATOR: here.coordinator,
        Role.OFFICER: here.officer,
        Role.COLLEAGUE: here.colleague,
    }
    mine = _filled(here)
    shared = {"kind": here.match.kind, "places": 3, "places_taken": 1}
    here.match = matches.match(
        listings.need(here.school, owner_id=here.coordinator.id, **shared),
        listings.offer(here.municipality, owner_id=here.colleague.id, **shared),
        state=State.AGREED,
        initiated_by=Party.SCHOOL,
        colleague_id=here.colleague.id,
        owner_id=here.officer.id,
    )
    db.session.refresh(here.match)
    return Two(openers, mine, [_filled(here.begun())])


def _filled(here: Stage) -> Holder:
    placement = here.placement
    assert placement is not None
    item = ChecklistItem(kind=CheckKind.OTHER, title="Pasje")
    talk = Contact(planned_on=today(), at_workplace=True)
    sides = {"side": PlacementSide.STUDENT, "part": Part.STUDENT, "to_side": PlacementSide.SCHOOL}
    signal = Signal(**sides, text="Ik krijg geen taken.", due_at=placement.created_at)
    placement.checklist.append(item)
    placement.contacts.append(talk)
    placement.signals.append(signal)
    db.session.flush()
    link = link_for(person_of(here, Part.SCHOOL_SUPERVISOR))
    return Holder(
        {
            "placement_id": placement.id,
            "attachment_id": _attachment(placement, by=here.lecturer),
            "item_id": item.id,
            "contact_id": talk.id,
            "signal_id": signal.id,
        },
        {Purpose.PLACEMENT: token_of(link)},
    )


def of_lectures() -> Two:
    """Two lectures, of others each."""
    here, there = lecture(), lecture()
    openers = {Role.LECTURER: here.lecturer, Role.OFFICER: here.officer, Role.COLLEAGUE: here.colleague}
    return Two(openers, _of_lecture(here.match), [_of_lecture(there.match)])


def _of_lecture(match: Match) -> Holder:
    session = session_of(match)
    appointment = db.session.query(Appointment).filter_by(match_id=match.id).one()
    material = SessionMaterial(session=session, file=_file(), side=Party.SCHOOL)
    db.session.add(material)
    db.session.flush()
    speaker = next(each for each in appointment.people if each.party != Party.SCHOOL)
    after = make_link(Purpose.SESSION_AFTER, subject_id=session.id, days=9, party=Party.SCHOOL)
    return Holder(
        {
            "match_id": match.id,
            "attachment_id": _attachment(match, by=None),
            "material_id": material.id,
        },
        {
            Purpose.SESSION_AFTER: token_of(after),
            Purpose.CONFIRM_APPOINTMENT: token_of(answer_link(appointment, speaker)),
            Purpose.FOLLOW_REQUEST: token_of(follow_link(match)),
        },
    )


def of_assignments() -> Two:
    """Two group assignments, of others each."""
    here, there = assignments.running(), assignments.running()
    openers = {Role.LECTURER: here.lecturer, Role.OFFICER: here.officer, Role.COLLEAGUE: here.colleague}
    return Two(openers, _of_assignment(here), [_of_assignment(there)])


def _of_assignment(there: assignments.Work) -> Holder:
    milestone = plan.put_milestone(
        there.work, None, title="Tussenstand", day=today() + timedelta(days=9), by=there.lecturer
    )
    row = AssignmentFile(assignment_id=there.work.id, file=_file())
    db.session.add(row)
    db.session.flush()
    db.session.refresh(there.work)
    group = there.work.groups[0]
    return Holder({"match_id": there.match.id, "file_id": row.id, "group_id": group.id, "milestone_id": milestone.id})


def _attachment(noun: Talking, *, by: Account | None) -> int:
    message = post_message(thread_of(noun), party=Party.SCHOOL.value, text="Zie de bijlage.", by=by)
    row = Attachment(message_id=message.id, file=_file())
    db.session.add(row)
    db.session.flush()
    return row.id


def _file() -> StoredFile:
    return keep(b"x", name="bijlage.txt", media_type="text/plain", organisation_id=None, by=None)


IN_PLACEMENTS = ("attachment_id", "contact_id", "item_id", "signal_id")
MADE: dict[tuple[str, str], Callable[[], Two]] = {
    ("municipality", "file_id"): of_applications,
    ("school", "file_id"): of_applications,
    ("student", "file_id"): of_applications,
    **{("placements", gap): of_placements for gap in IN_PLACEMENTS},
    **{("placement_links", gap): of_placements for gap in IN_PLACEMENTS},
    ("together", "attachment_id"): of_lectures,
    ("together", "material_id"): of_lectures,
    ("session_links", "material_id"): of_lectures,
    ("public", "attachment_id"): of_lectures,
    **{("together", gap): of_assignments for gap in ("file_id", "group_id", "milestone_id")},
}
"""By blueprint and the gap for what is inside: what to try it with."""
