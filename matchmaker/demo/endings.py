"""Stories that end without an agreement here: a no with a reason, taken back, passed on."""

from functools import partial

from matchmaker.demo.agreeing import offer_posting
from matchmaker.demo.story import Story, officer_of
from matchmaker.matches import actions
from matchmaker.matches.states import AT_DESK
from matchmaker.vocabulary import Party, Refusal

PATIENCE_DAYS = 7


def plan_refused(story: Story) -> None:
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


def plan_withdrawn(story: Story) -> None:
    """The asker takes it back, after a yes or before any answer."""
    *between, last = story.messages[1:]
    for answer in between:
        story.do(story.moment(answer["days_ago"], "yes"), partial(offer_posting, story, answer["text"]))
    story.do(
        story.moment(last["days_ago"], "withdraw"),
        lambda: actions.withdraw(story.match, note=last["text"], by=story.school_contact, as_party=Party.SCHOOL),
    )


def plan_lapsed(story: Story) -> None:
    """The municipality said yes and heard nothing: after a reminder it takes its yes back."""
    answer = story.messages[1]
    said = story.do(story.moment(answer["days_ago"], "yes"), lambda: offer_posting(story, answer["text"]))
    note = story.messages[2]["text"] if len(story.messages) > 2 else ""
    story.do(
        story.after(said, PATIENCE_DAYS, "lapse"),
        lambda: actions.withdraw(story.match, note=note, by=story.officer, as_party=Party.MUNICIPALITY),
    )


def plan_forwarded(story: Story) -> None:
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
