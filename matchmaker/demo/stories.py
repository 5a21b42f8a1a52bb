"""The stories, played with the product's own actions: ask, route, answer, agree on a date, say no, pass on."""

from collections.abc import Mapping
from datetime import datetime

from matchmaker.accounts.models import Account
from matchmaker.appointments.queries import appointment_of, open_slots
from matchmaker.clock import at, local
from matchmaker.demo.content import Row
from matchmaker.demo.moments import Calendar, spread
from matchmaker.demo.story import Story, began, officer_of
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.matches import actions, dates, speakers
from matchmaker.matches.models import Party
from matchmaker.matches.states import AT_DESK, State
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.reference.holidays import CLOSES
from matchmaker.threads.actions import mark_read
from matchmaker.vocabulary import Refusal
from matchmaker.words.brief import wording_of

TAKEN_SHARE = 0.4
PATIENCE_DAYS = 7


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
    days = story.row["days_ago"]
    if days > 1 and spread(story.key) < TAKEN_SHARE:
        story.do(story.moment(days - 1, "take"), lambda: actions.take(story.match, by=story.officer))


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


def _yes(story: Story, *, with_note: bool) -> None:
    """The municipality says yes: the colleague who was asked, or the officer."""
    answer, colleague = story.messages[1], story.colleague
    said = story.moment(answer["days_ago"], "yes")
    note = answer["text"] if with_note else ""
    if story.party_of(story.messages[0]["from"]) is not Party.SCHOOL:
        return
    taken = story.do(story.after(story.last, 1, "take"), lambda: actions.take(story.match, by=story.officer))
    if colleague is None:
        story.do(said, lambda: _offer(story, note))
    else:
        asked = min(max(story.after(said, -2, "route"), taken), story.after(taken, 3, "route"))
        story.do(asked, lambda: actions.route(story.match, to=colleague, by=story.officer))
        story.do(
            said,
            lambda: actions.answer_as_colleague(story.match, answer="yes", note=note, by=colleague.account),
        )
    if not with_note:
        story.do(said, lambda: story.say(answer))


def _offer(story: Story, note: str) -> None:
    chosen = story.world.offer(story.row["offer"])
    actions.offer(story.match, by=story.officer, note=note, chosen=chosen)


def _offered(story: Story) -> None:
    _yes(story, with_note=True)


def _scheduling(story: Story) -> None:
    """Moments were proposed; the asker has accepted and still has to choose."""
    _yes(story, with_note=False)
    answer = story.messages[1]
    said = story.moment(answer["days_ago"], "yes")
    if story.party_of(answer["from"]) is Party.SCHOOL:
        story.do(said, lambda: story.say(answer))
    story.do(said, lambda: _propose(story, answer["from"]))
    if story.party_of(answer["from"]) is not Party.SCHOOL:
        accepted = story.after(story.last, 1, "accept")
        story.do(accepted, lambda: actions.accept(story.match, by=story.school_contact))


def _propose(story: Story, proposer: str) -> None:
    by, party = story.world.account(proposer), story.party_of(proposer)
    dates.propose(story.match, story.spans(), by=by, as_party=party)


def _agreed(story: Story) -> None:
    """Moments proposed by one side, and the other takes the one the content says was agreed."""
    _yes(story, with_note=False)
    answer, last = story.messages[1], story.messages[-1]
    said = story.moment(answer["days_ago"], "yes")
    if story.party_of(answer["from"]) is Party.SCHOOL:
        story.do(said, lambda: story.say(answer))
    story.do(said, lambda: _propose(story, answer["from"]))
    chosen = story.moment(last["days_ago"], "choose")
    if story.state is State.DONE or len(story.messages) < 3:
        chosen = story.after(story.last, 1, "choose")
    story.do(chosen, lambda: _choose(story, answer["from"]))
    if story.row["standby"]:
        story.do(chosen, lambda: _stand_by(story))
    if story.state is State.AGREED and len(story.messages) > 2:
        story.do(chosen, lambda: story.say(last))


def _choose(story: Story, proposer: str) -> None:
    """The other side than the proposer's takes the agreed moment."""
    slots = open_slots(story.match.id)
    wanted = story.agreed_day()
    slot = next((each for each in slots if wanted is None or local(each.starts_at).date() == wanted), slots[0])
    by_school = story.party_of(proposer) is not Party.SCHOOL
    by, party = (story.school_contact, Party.SCHOOL) if by_school else (story.officer, Party.MUNICIPALITY)
    names = [story.school_contact.display_name, (story.match.colleague or story.officer).display_name]
    dates.choose(story.match, slot, by=by, as_party=party, wording=wording_of(story.match, people=names))


def _stand_by(story: Story) -> None:
    appointment = appointment_of(story.match.id)
    assert appointment is not None
    speakers.put_on_standby(story.match, appointment, story.world.members[story.row["standby"]], by=story.officer)


def _done(story: Story) -> None:
    """Agreed, confirmed two days ahead, held, and looked back on."""
    _agreed(story)
    first = story.agreed_day()
    assert first is not None
    story.do(story.after(at(first, CLOSES), -1, "confirm"), lambda: _confirm(story))
    story.do(
        at(story.last_day(first), CLOSES),
        lambda: dates.finish(story.match, by=story.officer, as_party=Party.MUNICIPALITY),
    )
    if len(story.messages) > 2:
        last = story.messages[-1]
        story.do(story.moment(last["days_ago"], "look back"), lambda: story.say(last))
        story.do(story.after(story.last, 1, "read"), lambda: mark_read(story.match.id, by=story.officer))


def _confirm(story: Story) -> None:
    appointment = appointment_of(story.match.id)
    assert appointment is not None
    for attendee in appointment.people:
        if appointment.confirmation_asked_at is not None and not attendee.standby:
            speakers.answer_confirmation(story.match, attendee, coming=True, by=attendee.account)


def _refused(story: Story) -> None:
    """No, with a reason: by the colleague and then the desk, by the desk alone, or because there is no desk."""
    if story.refusal is Refusal.NO_DESK:
        return
    colleague, last = story.colleague, story.messages[-1]
    if colleague is not None:
        routed = story.do(
            story.after(story.last, 1, "route"),
            lambda: actions.route(story.match, to=colleague, by=story.officer),
        )
        story.do(
            max(story.moment(last["days_ago"], "no"), routed),
            lambda: actions.answer_as_colleague(
                story.match, answer="no", refusal=story.refusal, note=last["text"], by=colleague.account
            ),
        )
    elif len(story.messages) > 1:
        story.do(story.moment(last["days_ago"], "no"), lambda: story.say(last))
    story.do(story.after(story.last, 1, "refuse"), lambda: _refuse(story))


def _refuse(story: Story) -> None:
    note = story.row["refusal"]["text"]
    actions.refuse(story.match, refusal=story.refusal, note=note, by=story.officer, as_party=Party.MUNICIPALITY)


def _withdrawn(story: Story) -> None:
    """The asker takes it back, after a yes or before any answer."""
    *between, last = story.messages[1:]
    for answer in between:
        story.do(story.moment(answer["days_ago"], "yes"), lambda note=answer["text"]: _offer(story, note))
    story.do(
        story.moment(last["days_ago"], "withdraw"),
        lambda: actions.withdraw(story.match, note=last["text"], by=story.school_contact, as_party=Party.SCHOOL),
    )


def _lapsed(story: Story) -> None:
    """The municipality said yes and heard nothing: after a reminder it takes its yes back."""
    answer = story.messages[1]
    said = story.do(story.moment(answer["days_ago"], "yes"), lambda: _offer(story, answer["text"]))
    note = story.messages[2]["text"] if len(story.messages) > 2 else ""
    story.do(
        story.after(said, PATIENCE_DAYS, "lapse"),
        lambda: actions.withdraw(story.match, note=note, by=story.officer, as_party=Party.MUNICIPALITY),
    )


def _forwarded(story: Story) -> None:
    """Without a desk of its own the nearest willing takes it; else the desk passes it on to a neighbour."""
    told = story.messages[1]
    moment = story.moment(told["days_ago"], "forward")
    before = story.row["owner"] is not None
    if before:
        story.do(moment, lambda: story.say(told))
    story.do(moment, lambda: _forward(story))
    story.do(story.after(story.last, 1, "take"), lambda: _take_over(story))
    if not before:
        story.do(story.last, lambda: story.say(told))


def _forward(story: Story) -> None:
    to = story.world.organisations[story.row["forwarded_to"]]
    if story.match.municipality is not to and story.match.state in AT_DESK:
        by = officer_of(story.world, story.match)
        story.found = actions.forward(story.match, to=to, by=by)


def _take_over(story: Story) -> None:
    actions.take(story.match, by=officer_of(story.world, story.match))


PLANS = {
    State.REQUESTED: _requested,
    State.ASKED: _asked,
    State.ROUTED: _routed,
    State.OFFERED: _offered,
    State.SCHEDULING: _scheduling,
    State.AGREED: _agreed,
    State.DONE: _done,
    State.REFUSED: _refused,
    State.WITHDRAWN: _withdrawn,
    State.LAPSED: _lapsed,
    State.FORWARDED: _forwarded,
}
