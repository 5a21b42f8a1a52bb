"""Group assignments at each stage."""

from dataclasses import dataclass
from datetime import timedelta

from matchmaker.accounts.models import Account
from matchmaker.assignments import actions, plan
from matchmaker.assignments.models import Assignment
from matchmaker.clock import now
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind
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
    actions.plan_presentation(there.work, at=now() + timedelta(days=60), place="Aula", by=there.lecturer)
    return there


def running() -> Work:
    """The groups work on it."""
    there = planned()
    actions.start(there.work, by=there.lecturer)
    return there
