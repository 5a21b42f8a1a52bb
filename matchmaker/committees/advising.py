"""The committee advises; the school answers, and says later what came of it."""

from datetime import date, datetime, timedelta

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import local, now, today
from matchmaker.committees.days import check_year
from matchmaker.committees.letters import tell_coordinators, tell_keepers, tell_member
from matchmaker.committees.meeting_models import Advice, Meeting
from matchmaker.committees.meeting_queries import advice_due, advice_late
from matchmaker.committees.models import Committee
from matchmaker.committees.states import AdviceAction
from matchmaker.committees.step import step
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.vocabulary import AdviceAnswer

ANSWER_DAYS = 60
"""How long the school gives itself to answer unless it names a day."""


def give(
    committee: Committee,
    *,
    title: str,
    text: str,
    given_on: date,
    answer_before: date | None = None,
    meeting: Meeting | None = None,
    by: Account,
) -> Advice:
    """Write down what the committee advises. Raises InvalidValue for a day to come, or an answer before the advice."""
    if committee.closed_at is not None:
        raise InvalidMove(state="closed", action="give")
    for field, typed in (("title", title), ("text", text)):
        if not typed.strip():
            raise InvalidValue(field, "required")
    check_year("given_on", given_on)
    if given_on > today():
        raise InvalidValue("given_on", "in_the_future")
    if answer_before is not None and answer_before < given_on:
        raise InvalidValue("answer_before", "reversed")
    advice = Advice(
        committee=committee,
        meeting=meeting,
        title=title.strip()[:160],
        text=text.strip(),
        given_on=given_on,
        answer_before=answer_before or given_on + timedelta(days=ANSWER_DAYS),
    )
    db.session.add(advice)
    db.session.flush()
    record("advice.given", about=advice, by=by, organisation=committee.organisation)
    return advice


def answer(advice: Advice, *, answer: AdviceAnswer, text: str, by: Account) -> Advice:
    """The school says what it does with it, and why; the members hear it."""
    if not text.strip():
        raise InvalidValue("text", "required")
    step(advice, AdviceAction.ANSWER, by=by)
    advice.answer, advice.answer_text, advice.answered_on = answer, text.strip(), today()
    db.session.flush()
    for term in advice.committee.members:
        if term.email:
            tell_member("advice_answered", term, title=advice.title, answer=answer.value, text=advice.answer_text)
    return advice


def close(advice: Advice, *, follow_up: str, by: Account) -> Advice:
    """What came of it; then it is done."""
    if not follow_up.strip():
        raise InvalidValue("follow_up", "required")
    step(advice, AdviceAction.CLOSE, by=by)
    advice.follow_up, advice.closed_on = follow_up.strip(), today()
    db.session.flush()
    return advice


def remind_of_advice(moment: datetime) -> int:
    """On the morning of its last day who keeps the committee is reminded, once; returns how many pieces of advice."""
    found = advice_due(local(moment).date())
    for advice in found:
        advice.reminded_at = now()
        db.session.flush()
        record("advice.reminded", about=advice, by=None, organisation=advice.committee.organisation)
        tell_keepers("advice_due", advice.committee, title=advice.title, late=False)
    return len(found)


def report_late_advice(moment: datetime) -> int:
    """Once the day has passed the coordinators of the school hear it, once; returns how many pieces of advice."""
    found = advice_late(local(moment).date())
    for advice in found:
        advice.reported_at = now()
        db.session.flush()
        record("advice.reported", about=advice, by=None, organisation=advice.committee.organisation)
        tell_coordinators("advice_due", advice.committee, title=advice.title, late=True)
    return len(found)
