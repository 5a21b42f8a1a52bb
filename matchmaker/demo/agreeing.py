"""Stories that come to a yes: the answer, the moments proposed, the date agreed, and the day itself."""

from matchmaker.appointments.queries import appointment_of, open_slots
from matchmaker.clock import at, local
from matchmaker.demo.story import Story
from matchmaker.matches import actions, dates, speakers
from matchmaker.matches.states import State
from matchmaker.reference.holidays import CLOSES
from matchmaker.threads.actions import mark_read
from matchmaker.vocabulary import Party
from matchmaker.words.brief import wording_of


def _yes(story: Story, *, with_note: bool) -> None:
    """The municipality says yes: the colleague who was asked, or the officer."""
    answer, colleague = story.messages[1], story.colleague
    said = story.moment(answer["days_ago"], "yes")
    note = answer["text"] if with_note else ""
    if story.party_of(story.messages[0]["from"]) is not Party.SCHOOL:
        return
    taken = story.do(story.after(story.last, 1, "take"), lambda: actions.take(story.match, by=story.officer))
    if colleague is None:
        story.do(said, lambda: offer_posting(story, note))
    else:
        asked = min(max(story.after(said, -2, "route"), taken), story.after(taken, 3, "route"))
        story.do(asked, lambda: actions.route(story.match, to=colleague, by=story.officer))
        story.do(
            said,
            lambda: actions.answer_as_colleague(story.match, answer="yes", note=note, by=colleague.account),
        )
    if not with_note:
        story.do(said, lambda: story.say(answer))


def offer_posting(story: Story, note: str) -> None:
    """The desk itself says yes, with the posting of the story."""
    chosen = story.world.offer(story.row["offer"])
    actions.offer(story.match, by=story.officer, note=note, chosen=chosen)


def plan_offered(story: Story) -> None:
    _yes(story, with_note=True)


def plan_scheduling(story: Story) -> None:
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


def plan_agreed(story: Story) -> None:
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


def plan_done(story: Story) -> None:
    """Agreed, confirmed two days ahead, held, and looked back on."""
    plan_agreed(story)
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
        story.do(story.after(story.last, 1, "read"), lambda: mark_read(story.match.thread_id, by=story.officer))


def _confirm(story: Story) -> None:
    appointment = appointment_of(story.match.id)
    assert appointment is not None
    for attendee in appointment.people:
        if appointment.confirmation_asked_at is not None and not attendee.standby:
            speakers.answer_confirmation(story.match, attendee, coming=True, by=attendee.account)
