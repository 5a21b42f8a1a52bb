"""From an agreed match to a decision. The school plans and hands in, the municipality decides; both may stop."""

from collections.abc import Collection, Sequence

from matchmaker.accounts.models import Account
from matchmaker.appointments.entries import Wording
from matchmaker.appointments.spans import Span
from matchmaker.assignments.letters import (
    call_off_presentation,
    invite_to_presentation,
    tell_municipality,
    tell_school,
)
from matchmaker.assignments.models import Assignment, AssignmentFile, Decision, StopReason
from matchmaker.assignments.queries import assignment_of
from matchmaker.assignments.rules import can_begin
from matchmaker.assignments.states import AssignmentAction, AssignmentState, allows
from matchmaker.assignments.step import restart_clock, step
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.files.actions import forget
from matchmaker.files.uploads import Upload, keep_upload
from matchmaker.matches.closing import withdraw
from matchmaker.matches.models import Match
from matchmaker.matches.settling import complete
from matchmaker.matches.states import Action
from matchmaker.matches.states import allows as match_allows
from matchmaker.vocabulary import Party

FURTHEST_YEARS = 2
MOST_FILES = 12


def begin(match: Match, *, by: Account) -> Assignment:
    """Start working out what groups will do. The match must be locked, so that two clicks make one.

    Raises InvalidMove when there is one already, or no date was agreed.
    """
    if not can_begin(match) or assignment_of(match) is not None:
        raise InvalidMove(state=match.state.value, action="begin")
    made = Assignment(match=match, state=AssignmentState.PLANNING)
    db.session.add(made)
    step(made, AssignmentAction.PLAN, by=by, as_party=Party.SCHOOL)
    return made


def plan_presentation(assignment: Assignment, span: Span, *, place: str, wording: Wording, by: Account) -> None:
    """Say when the groups present; both sides get it in their calendars, also when it moves.

    Raises InvalidMove, InvalidValue at `day`.
    """
    at = span.starts_at
    minutes = int((span.ends_at - at).total_seconds() // 60)
    must_allow(assignment, AssignmentAction.CHANGE)
    if at <= now():
        raise InvalidValue("day", "past")
    if at.year > today().year + FURTHEST_YEARS:
        raise InvalidValue("day", "more_than_two_years")
    before = (assignment.presentation_at, assignment.presentation_minutes, assignment.presentation_place)
    if before == (at, minutes, place):
        return
    assignment.presentation_at, assignment.presentation_minutes = at, minutes
    assignment.presentation_place = place
    step(assignment, AssignmentAction.CHANGE, by=by, as_party=Party.SCHOOL, presentation=at.isoformat())
    if assignment.state is AssignmentState.RUNNING:
        restart_clock(assignment)
    db.session.flush()
    invite_to_presentation(assignment, wording=wording)


def start(assignment: Assignment, *, by: Account) -> None:
    """The groups set to work. Raises InvalidMove, InvalidValue while there is no group or no presentation yet."""
    must_allow(assignment, AssignmentAction.START)
    if not assignment.groups:
        raise InvalidValue("groups", "group_needed")
    if assignment.presentation_at is None:
        raise InvalidValue("presentation", "presentation_needed")
    step(
        assignment, AssignmentAction.START, by=by, as_party=Party.SCHOOL,
        groups=len(assignment.groups), students=assignment.students,
    )  # fmt: skip
    tell_municipality(
        "assignment_started", assignment, groups=len(assignment.groups), students=assignment.students,
        presentation=assignment.presentation_at.isoformat(),
    )  # fmt: skip


def hand_in(
    assignment: Assignment, *, result: str, url: str, uploads: Sequence[Upload] = (), drop: Collection[int] = (),
    by: Account,
) -> None:  # fmt: skip
    """What came out goes to the municipality, which decides. Until then it may be handed in again.

    `uploads` are files that come with it, `drop` the numbers of earlier files that go. Raises InvalidMove,
    InvalidValue at `result` or `files`.
    """
    must_allow(assignment, AssignmentAction.HAND_IN)
    if not result.strip():
        raise InvalidValue("result", "required")
    going = [each for each in assignment.files if each.id in drop]
    if len(assignment.files) - len(going) + len(uploads) > MOST_FILES:
        raise InvalidValue("files", "too_many_files", n=MOST_FILES)
    assignment.result, assignment.result_url = result.strip(), url
    _change_files(assignment, uploads, going, by=by)
    step(assignment, AssignmentAction.HAND_IN, by=by, as_party=Party.SCHOOL)
    tell_municipality(
        "assignment_handed_in",
        assignment,
        result=assignment.result,
        files=[each.file.name for each in assignment.files],
    )


def decide(assignment: Assignment, *, decision: Decision, note: str, by: Account) -> None:
    """The municipality says what it does with the result; the school hears it and the match is done.

    Raises InvalidMove, InvalidValue at `note` without an explanation.
    """
    must_allow(assignment, AssignmentAction.DECIDE)
    if not note.strip():
        raise InvalidValue("note", "required")
    assignment.decision, assignment.decision_note = decision, note.strip()
    step(
        assignment, AssignmentAction.DECIDE, by=by, as_party=Party.MUNICIPALITY, note=note.strip(),
        decision=decision.value,
    )  # fmt: skip
    if match_allows(assignment.match.state, Action.COMPLETE):
        complete(assignment.match, by=by, as_party=Party.MUNICIPALITY)
    tell_school("assignment_decided", assignment, decision=decision.value, note=note.strip())


def stop(assignment: Assignment, *, reason: StopReason, note: str, by: Account, as_party: Party) -> None:
    """End it early, with a reason and a word to the other side; the match ends with it and places are free again.

    Raises InvalidMove, InvalidValue at `note` without an explanation.
    """
    must_allow(assignment, AssignmentAction.STOP)
    if not note.strip():
        raise InvalidValue("note", "required")
    assignment.stopped_because = reason
    step(assignment, AssignmentAction.STOP, by=by, as_party=as_party, note=note.strip(), reason=reason.value)
    call_off_presentation(assignment)
    withdraw(assignment.match, note=note.strip(), by=by, as_party=as_party)


def _change_files(
    assignment: Assignment, uploads: Sequence[Upload], going: Sequence[AssignmentFile], *, by: Account
) -> None:
    for each in going:
        file = each.file
        assignment.files.remove(each)
        db.session.flush()
        forget(file)
    assignment.files += [AssignmentFile(file=keep_upload(upload, organisation_id=None, by=by)) for upload in uploads]


def must_allow(assignment: Assignment, action: AssignmentAction) -> None:
    """Raises InvalidMove when the step does not exist from where it stands."""
    if not allows(assignment.state, action):
        raise InvalidMove(state=assignment.state.value, action=action.value)
