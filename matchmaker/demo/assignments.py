"""Group assignments after the match: a plan, and for work that is done its result and decision."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from matchmaker.accounts.models import Account
from matchmaker.appointments.spans import Span
from matchmaker.assignments import actions, plan
from matchmaker.assignments.models import Assignment, Decision
from matchmaker.assignments.queries import assignment_of
from matchmaker.clock import at
from matchmaker.demo.content import Row
from matchmaker.demo.story import Story
from matchmaker.words.assignments import presentation_wording

PRESENTATION_LASTS = timedelta(minutes=90)


def plan_assignments(stories: Iterable[Story], rows: list[Row]) -> None:
    """Put what groups do on the timeline of their story."""
    by_key = {story.key: story for story in stories}
    for row in rows:
        _plan(by_key[row["story"]], row)


def _plan(story: Story, row: Row) -> None:
    """What still runs begins after the last that happened; what is done began when its days say."""
    if "result" not in row:
        story.do(story.after(story.last, 1, "plan"), lambda: _begin(story, row))
        return
    acts = (
        (row["begun_ago"], lambda: _begin(story, row)),
        (row["result"]["ago"], lambda: _hand_in(story, row["result"]["text"])),
        (row["decision"]["ago"], lambda: _decide(story, row["decision"])),
    )
    for days_ago, act in acts:
        story.timeline.add(story.world.calendar.past(days_ago, f"{story.key}/groups"), act)


def _begin(story: Story, row: Row) -> None:
    by = story.school_contact
    work = actions.begin(story.match, by=by)
    for group in row["groups"]:
        plan.put_group(work, None, name=group["name"], students=group["students"], topic=group["topic"], by=by)
    for stone in row["milestones"]:
        plan.put_milestone(work, None, title=stone["title"], day=_day(story, stone), by=by)
    there = row["presentation"]
    moment = at(_day(story, there), time.fromisoformat(there["time"]))
    span, wording = Span(moment, moment + PRESENTATION_LASTS), presentation_wording(work.match)
    actions.plan_presentation(work, span, place=there["place"], wording=wording, by=by)
    if "result" in row:
        actions.start(work, by=by)


def _hand_in(story: Story, text: str) -> None:
    work, by = _work(story)
    for stone in work.milestones:
        plan.reach(work, stone, by=by, as_party=story.party_of(story.need["owner"]))
    actions.hand_in(work, result=text, url="", by=by)


def _decide(story: Story, row: Row) -> None:
    work, _ = _work(story)
    actions.decide(work, decision=Decision(row["code"]), note=row["note"], by=story.officer)


def _work(story: Story) -> tuple[Assignment, Account]:
    work = assignment_of(story.match)
    assert work is not None
    return work, story.school_contact


def _day(story: Story, row: Row) -> date:
    return story.world.calendar.day(row["in_days"] if "in_days" in row else -row["ago"])
