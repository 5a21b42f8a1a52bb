"""Meetings and advice: called, changed, cancelled, held; one entry in every calendar from first to last."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from matchmaker.appointments.ical import feed
from matchmaker.appointments.models import Answer
from matchmaker.clock import now, pretending, today
from matchmaker.committees import advising, meetings
from matchmaker.committees.meeting_models import Advice
from matchmaker.committees.meeting_queries import meetings_for_feed, meetings_in_calendar_of, next_meeting_of
from matchmaker.committees.retention import forget_minutes
from matchmaker.committees.states import AdviceState, MeetingState
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.holds.actions import lay_hold, lift_hold
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import AdviceAnswer, Role
from tests.committees.scenes import Scene, moment, scene
from tests.factories import people
from tests.factories.letters import letters

pytestmark = pytest.mark.usefixtures("app")


def entry(letter: Letter) -> dict[str, str]:
    assert letter.calendar is not None
    calendar = Calendar.from_ical(letter.calendar)
    [event] = calendar.walk("VEVENT")
    return {
        "method": str(calendar["method"]),
        "uid": str(event["uid"]),
        "sequence": str(event["sequence"]),
        "attendee": str(event["attendee"]),
        "status": str(event["status"]),
    }


def test_every_member_and_the_keeper_get_an_invitation_of_their_own() -> None:
    here = scene()
    here.member()
    meeting = here.meeting()
    assert [each.display_name for each in meeting.people] == ["Marit Verhoef", "Desirée Blokland"]
    sent = letters("meeting_invited")
    assert [(entry(each)["method"], entry(each)["attendee"]) for each in sent] == [
        ("REQUEST", "mailto:marit@utrecht.example"),
        ("REQUEST", f"mailto:{here.coordinator.email}"),
    ]
    assert {entry(each)["uid"] for each in sent} == {meeting.uid}
    assert [each.link_id is None for each in sent] == [False, True]


def test_who_is_no_member_on_that_day_is_not_asked() -> None:
    here = scene()
    here.member(last=today() + timedelta(days=10))
    assert [each.display_name for each in here.meeting(20).people] == ["Desirée Blokland"]


def test_who_joins_later_is_asked_to_what_was_planned() -> None:
    here = scene()
    meeting = here.meeting()
    here.member()
    assert [each.display_name for each in meeting.people] == ["Desirée Blokland", "Marit Verhoef"]
    assert len(letters("meeting_invited")) == 2


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_new_moment_asks_again() -> None:
    here = scene()
    here.member()
    meeting = here.meeting()
    member = meeting.people[0]
    meetings.answer(member, coming=True, by=None)
    same = {"title": meeting.title, "location": "Zaal 2", "online_url": "", "agenda": "", "wording": meeting.wording}
    meetings.change(meeting, moment(20), **same, by=here.coordinator)
    assert (meeting.sequence, member.answer) == (1, Answer.COMING)
    meetings.change(meeting, moment(21), **same, by=here.coordinator)
    assert (meeting.sequence, member.answer) == (2, None)
    changed = letters("meeting_changed")
    assert [each.values["moved"] for each in changed] == [False, False, True, True]
    assert {entry(each)["uid"] for each in changed} == {meeting.uid}


def test_a_cancelled_meeting_leaves_every_calendar_and_cannot_be_held() -> None:
    here = scene()
    here.member()
    meeting = here.meeting()
    meetings.cancel(meeting, because="De zaal is weg.", by=here.coordinator)
    assert [entry(each)["method"] for each in letters("meeting_cancelled")] == ["CANCEL", "CANCEL"]
    assert {entry(each)["sequence"] for each in letters("meeting_cancelled")} == {"1"}
    with pretending(now() + timedelta(days=21)), pytest.raises(InvalidMove):
        meetings.hold(meeting, present=[], minutes="", by=here.coordinator)
    with pytest.raises(InvalidMove):
        meetings.cancel(meeting, because="", by=here.coordinator)


def test_attendance_is_noted_once_the_meeting_has_begun() -> None:
    here = scene()
    here.member()
    meeting = here.meeting()
    member, keeper = meeting.people
    with pytest.raises(InvalidValue) as refused:
        meetings.hold(meeting, present=[member.id], minutes="", by=here.coordinator)
    assert (refused.value.field, refused.value.reason) == ("present", "not_yet")
    with pretending(now() + timedelta(days=21)):
        with pytest.raises(InvalidValue):
            meetings.hold(meeting, present=[member.id + 1000], minutes="", by=here.coordinator)
        meetings.hold(meeting, present=[member.id], minutes="Goed gesprek.", by=here.coordinator)
    assert (meeting.state, member.present, keeper.present) == (MeetingState.HELD, True, False)


def test_an_answer_can_change_until_the_meeting_begins() -> None:
    here = scene()
    here.member()
    member = here.meeting().people[0]
    meetings.answer(member, coming=True, by=None)
    meetings.answer(member, coming=False, note="Ziek", by=None)
    assert (member.answer, member.answer_note) == (Answer.NOT_COMING, "Ziek")
    with pretending(now() + timedelta(days=21)), pytest.raises(InvalidMove):
        meetings.answer(member, coming=True, by=None)


def test_a_meeting_stands_in_calendar_and_feed_of_who_is_asked_and_of_nobody_else() -> None:
    here = scene()
    marit = people.account(email="marit@utrecht.example")
    here.member()
    meeting = here.meeting()
    month = {"since": today(), "until": today() + timedelta(days=40)}
    for account in (marit, here.coordinator):
        assert list(meetings_in_calendar_of(account, **month)) == [meeting]
        assert next_meeting_of(account) is meeting
    assert list(meetings_in_calendar_of(people.account(), **month)) == []
    meetings.cancel(meeting, because="", by=here.coordinator)
    assert list(meetings_in_calendar_of(marit, **month)) == []
    text = feed(meetings_for_feed(marit), language="nl", name="Mijn agenda").decode()
    assert "STATUS:CANCELLED" in text
    assert f"/commissies/vergadering/{meeting.id}" in text


def advice(here: Scene) -> Advice:
    return advising.give(
        here.committee,
        title="Meer veldwerk in jaar 2",
        text="Studenten zien te weinig buiten.",
        given_on=today(),
        by=here.coordinator,
    )


def test_advice_is_answered_then_closed_and_the_members_hear_the_answer() -> None:
    here = scene()
    here.member()
    given = advice(here)
    assert (given.state, given.answer_before) == (AdviceState.OPEN, today() + timedelta(days=60))
    advising.answer(given, answer=AdviceAnswer.PARTLY, text="Eén week extra.", by=here.coordinator)
    assert [each.to_address for each in letters("advice_answered")] == ["marit@utrecht.example"]
    advising.close(given, follow_up="De week staat in het rooster.", by=here.coordinator)
    assert (given.state, given.closed_on) == (AdviceState.CLOSED, today())
    with pytest.raises(InvalidMove):
        advising.close(given, follow_up="Nog eens", by=here.coordinator)


def test_advice_that_was_not_answered_cannot_be_closed() -> None:
    here = scene()
    with pytest.raises(InvalidMove):
        advising.close(advice(here), follow_up="Niets", by=here.coordinator)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}),
        ("text", {"text": ""}),
        ("given_on", {"given_on": today() + timedelta(days=1)}),
        ("answer_before", {"answer_before": today() - timedelta(days=1)}),
    ],
)
def test_advice_that_cannot_be_is_refused_at_its_field(field: str, values: dict[str, object]) -> None:
    here = scene()
    given = {"title": "Meer veldwerk", "text": "Buiten leren.", "given_on": today(), **values}
    with pytest.raises(InvalidValue) as refused:
        advising.give(here.committee, by=here.coordinator, **given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_keeper_is_reminded_of_an_advice_on_its_last_day_and_the_school_hears_it_after() -> None:
    here = scene(owner=None)
    keeper = people.member(Role.LECTURER, here.school)
    here.committee.owner = keeper
    given = advice(here)
    assert advising.remind_of_advice(now()) == 0
    last = now() + timedelta(days=60)
    assert (advising.remind_of_advice(last), advising.remind_of_advice(last)) == (1, 0)
    after = last + timedelta(days=1)
    assert (advising.report_late_advice(last), advising.report_late_advice(after)) == (0, 1)
    assert advising.report_late_advice(after) == 0
    told = [(each.to_address, each.values["late"]) for each in letters("advice_due")]
    assert told == [(keeper.email, False), (here.coordinator.email, True)]
    assert given.reported_at is not None


def test_two_days_ahead_everyone_who_did_not_say_no_is_reminded_once() -> None:
    here = scene()
    here.member()
    here.member("Ruben Westra")
    meeting = here.meeting(20)
    meetings.answer(meeting.people[0], coming=False, by=None)
    assert meetings.remind_of_meetings(now() + timedelta(days=16)) == 0
    assert meetings.remind_of_meetings(now() + timedelta(days=18)) == 1
    assert meetings.remind_of_meetings(now() + timedelta(days=19)) == 0
    sent = letters("meeting_soon")
    assert [each.to_address for each in sent] == ["ruben@utrecht.example", here.coordinator.email]
    assert [each.calendar for each in sent] == [None, None]


def test_what_is_called_within_two_days_needs_no_reminder() -> None:
    here = scene()
    here.meeting(1)
    assert meetings.remind_of_meetings(now()) == 0


def test_minutes_go_after_seven_years_and_the_meeting_stays() -> None:
    here = scene()
    here.member()
    meeting = here.meeting(10)
    with pretending(now() + timedelta(days=11)):
        meetings.hold(meeting, present=[meeting.people[0].id], minutes="Een goed gesprek.", by=here.coordinator)
    years = now() + timedelta(days=7 * 365)
    assert forget_minutes(years) == 0
    hold = lay_hold(subject=here.committee, reason="Klacht.", ends_on=today(), by=people.account())
    assert forget_minutes(years + timedelta(days=20)) == 0
    lift_hold(hold, by=people.account())
    assert forget_minutes(years + timedelta(days=20)) == 1
    assert (meeting.minutes, meeting.agenda, meeting.people[0].present) == ("", "", True)
    assert forget_minutes(years + timedelta(days=20)) == 0
