"""Group assignments at each stage."""

from dataclasses import dataclass
from datetime import timedelta

from matchmaker.accounts.models import Account
from matchmaker.appointments.spans import Span
from matchmaker.assignments import actions, plan
from matchmaker.assignments.models import Assignment
from matchmaker.clock import now
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
from matchmaker.words.assignments import presentation_wording
from tests.factories.dates import meeting


@dataclass
class Work:
    """An assignment with the people of both sides."""

    work: Assignment
    match: Match
    lecturer: Account
    officer: Account
    colleague: Account


def begun() -> Work:
    """The school just started the plan."""
    there = meeting(Kind.GROUP, State.AGREED)
    work = actions.begin(there.match, by=there.lecturer)
    return Work(work, there.match, there.lecturer, there.officer, there.colleague)


def planned() -> Work:
    """One group and a presentation."""
    there = begun()
    plan.put_group(there.work, None, name="Groep 1", students=5, topic="Fietsroutes", by=there.lecturer)
    present(there)
    return there


def present(there: Work, *, days: int = 60, place: str = "Aula") -> None:
    """An hour of presentation so many days from now."""
    start = now() + timedelta(days=days)
    span, wording = Span(start, start + timedelta(hours=1)), presentation_wording(there.match)
    actions.plan_presentation(there.work, span, place=place, wording=wording, by=there.lecturer)


def running() -> Work:
    """The groups work on it."""
    there = planned()
    actions.start(there.work, by=there.lecturer)
    return there
