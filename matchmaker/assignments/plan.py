"""The plan of an assignment: its groups and milestones, while it is planned or runs."""

from datetime import date

from matchmaker.accounts.models import Account
from matchmaker.assignments.actions import must_allow
from matchmaker.assignments.models import Assignment, AssignmentGroup, Milestone
from matchmaker.assignments.states import AssignmentAction, AssignmentState
from matchmaker.assignments.step import step
from matchmaker.clock import now, today
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.vocabulary import Party

MOST_GROUPS = 40
MOST_MILESTONES = 40
MOST_STUDENTS = 60
FURTHEST_YEARS = 2


def put_group(
    assignment: Assignment, group: AssignmentGroup | None, *, name: str, students: int, topic: str, by: Account
) -> AssignmentGroup:
    """Add a group, or change one. Raises InvalidMove, InvalidValue at `name` or `students`."""
    must_allow(assignment, AssignmentAction.CHANGE)
    name = name.strip()
    if not name:
        raise InvalidValue("name", "required")
    if any(each.name.lower() == name.lower() and each is not group for each in assignment.groups):
        raise InvalidValue("name", "taken")
    if not 1 <= students <= MOST_STUDENTS:
        too_small = students < 1
        raise InvalidValue("students", "too_small" if too_small else "too_large", n=1 if too_small else MOST_STUDENTS)
    if group is None:
        if len(assignment.groups) >= MOST_GROUPS:
            raise InvalidValue("name", "too_many", n=MOST_GROUPS)
        group = AssignmentGroup()
        assignment.groups.append(group)
    group.name, group.students, group.topic = name, students, topic.strip()
    _changed(assignment, by, group=name)
    return group


def remove_group(assignment: Assignment, group: AssignmentGroup, *, by: Account) -> None:
    """Take a group away. Raises InvalidMove, also for the last group of a running assignment."""
    must_allow(assignment, AssignmentAction.CHANGE)
    if not may_remove_group(assignment):
        raise InvalidMove(state=assignment.state.value, action="remove_last_group")
    assignment.groups.remove(group)
    _changed(assignment, by, group_gone=group.name)


def may_remove_group(assignment: Assignment) -> bool:
    """Work that runs keeps at least one group."""
    return assignment.state is AssignmentState.PLANNING or len(assignment.groups) > 1


def put_milestone(
    assignment: Assignment, milestone: Milestone | None, *, title: str, day: date, by: Account
) -> Milestone:
    """Add a milestone, or change one. Raises InvalidMove, InvalidValue at `title` or `day`."""
    must_allow(assignment, AssignmentAction.CHANGE)
    if not title.strip():
        raise InvalidValue("title", "required")
    if (milestone is None or milestone.day != day) and day < today():
        raise InvalidValue("day", "past")
    if day.year > today().year + FURTHEST_YEARS:
        raise InvalidValue("day", "more_than_two_years")
    if milestone is None:
        if len(assignment.milestones) >= MOST_MILESTONES:
            raise InvalidValue("title", "too_many", n=MOST_MILESTONES)
        milestone = Milestone()
        assignment.milestones.append(milestone)
    milestone.title, milestone.day = title.strip(), day
    _changed(assignment, by, milestone=milestone.title)
    return milestone


def remove_milestone(assignment: Assignment, milestone: Milestone, *, by: Account) -> None:
    """Take a milestone away. Raises InvalidMove, also for one that was reached."""
    must_allow(assignment, AssignmentAction.CHANGE)
    if milestone.reached_at is not None:
        raise InvalidMove(state="reached", action="remove")
    assignment.milestones.remove(milestone)
    _changed(assignment, by, milestone_gone=milestone.title)


def reach(assignment: Assignment, milestone: Milestone, *, by: Account, as_party: Party) -> None:
    """It is there. Raises InvalidMove before the start and the second time."""
    must_allow(assignment, AssignmentAction.REACH)
    if milestone.reached_at is not None:
        raise InvalidMove(state="reached", action="reach")
    milestone.reached_at, milestone.reached_by_id = now(), by.id
    step(assignment, AssignmentAction.REACH, by=by, as_party=as_party, milestone=milestone.title)


def _changed(assignment: Assignment, by: Account, **values: str) -> None:
    step(assignment, AssignmentAction.CHANGE, by=by, as_party=Party.SCHOOL, **values)
