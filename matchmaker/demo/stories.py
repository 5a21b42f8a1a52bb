"""The stories, played with the product's own actions: the question, and what the desk does with it first."""

from collections.abc import Mapping
from datetime import datetime

from matchmaker.accounts.models import Account
from matchmaker.demo.agreeing import plan_agreed, plan_done, plan_offered, plan_scheduling
from matchmaker.demo.content import Row
from matchmaker.demo.endings import plan_forwarded, plan_lapsed, plan_refused, plan_withdrawn
from matchmaker.demo.moments import Calendar
from matchmaker.demo.story import Story, began
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.matches import actions
from matchmaker.matches.states import State
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.vocabulary import Party


def first_uses(calendar: Calendar, rows: list[Row]) -> dict[str, datetime]:
    """When the first story with a need or an offer begins, by key."""
    used: dict[str, datetime] = {}
    for row in rows:
        moment = began(calendar, row)
        for key in (row["need"], row["offer"]):
            if key:
                used[key] = min(moment, used.get(key, moment))
    return used


def plan_stories(world: World, timeline: Timeline, rows: list[Row], needs: Mapping[str, Row]) -> list[Story]:
    """Put every act of every story on the timeline."""
    stories = []
    for row in rows:
        story = Story(world, timeline, row, needs[row["need"]])
        stories.append(story)
        if story.state is not State.PROPOSED:
            _open(story)
            PLANS[story.state](story)
    return stories


def _open(story: Story) -> None:
    """The first move: the asker asks the desk, or the municipality offers what the engine proposed."""
    start = story.moment(story.row["days_ago"], "request")
    first = story.messages[0] if story.messages else None
    if first is not None and story.party_of(first["from"]) is not Party.SCHOOL:
        story.do(start, lambda: _offer_first(story, first))
        return
    asker = story.world.account(first["from"]) if first else story.school_contact
    story.do(start, lambda: _ask(story, asker, first["text"] if first else ""))


def _ask(story: Story, asker: Account, note: str) -> None:
    story.found = story.proposal()
    if story.found is not None and story.found.state is State.PROPOSED:
        actions.request(story.match, by=asker, note=note)
        return
    municipality = organisation_by_code(story.row["municipality"])
    need = story.world.need(story.row["need"])
    assert municipality is not None
    story.found = actions.ask_desk(need, municipality, by=asker, note=note)


def _offer_first(story: Story, message: Row) -> None:
    story.found = story.proposal()
    assert story.found is not None, f"{story.key}: the engine proposed nothing"
    actions.offer(story.match, by=story.world.account(message["from"]), note=message["text"])


def _requested(story: Story) -> None:
    if story.row.get("taken"):
        story.do(story.moment(story.row["days_ago"] - 1, "take"), lambda: actions.take(story.match, by=story.officer))


def _asked(story: Story) -> None:
    question = story.messages[1]
    story.do(
        story.moment(question["days_ago"], "ask"),
        lambda: actions.ask(story.match, question=question["text"], by=story.officer),
    )


def _routed(story: Story) -> None:
    """The officer's message is for the colleague when it begins with that name, else for the asker."""
    told, colleague = story.messages[1], story.colleague
    assert colleague is not None
    to_colleague = told["text"].startswith(colleague.account.display_name.split()[0])
    note = told["text"] if to_colleague else ""
    at = story.do(
        story.moment(told["days_ago"], "route"),
        lambda: actions.route(story.match, to=colleague, note=note, by=story.officer),
    )
    if not to_colleague:
        story.do(at, lambda: story.say(told))


PLANS = {
    State.REQUESTED: _requested,
    State.ASKED: _asked,
    State.ROUTED: _routed,
    State.OFFERED: plan_offered,
    State.SCHEDULING: plan_scheduling,
    State.AGREED: plan_agreed,
    State.DONE: plan_done,
    State.REFUSED: plan_refused,
    State.WITHDRAWN: plan_withdrawn,
    State.LAPSED: plan_lapsed,
    State.FORWARDED: plan_forwarded,
}
