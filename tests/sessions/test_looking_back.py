"""What came of a lecture, and what both sides say of it."""

from datetime import timedelta

import pytest
import time_machine

from matchmaker.appointments.queries import appointment_of
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.mail.models import Letter
from matchmaker.matches.dates import reopen
from matchmaker.matches.speakers import answer_confirmation, put_on_standby, step_in
from matchmaker.matches.states import State as MatchState
from matchmaker.organisations.models import Membership
from matchmaker.sessions.actions import Report, look_back, session_of
from matchmaker.sessions.models import Again, Fit, WhyNot
from matchmaker.sessions.queries import figures
from matchmaker.sessions.scheduled import ask_after
from matchmaker.sessions.states import State
from matchmaker.vocabulary import Kind, Party, Role
from tests.factories import people
from tests.factories.dates import meeting, moment, period
from tests.factories.mails import letter_to
from tests.sessions.scenes import FELL_THROUGH, WENT_WELL, after, lecture

pytestmark = pytest.mark.usefixtures("app")


def asked(address: str) -> int:
    return db.session.query(Letter).filter_by(template="session_after", to_address=address).count()


def test_everyone_who_was_there_is_asked_once() -> None:
    there = lecture()
    assert ask_after(now()) == 0
    with after():
        assert (ask_after(now()), ask_after(now())) == (1, 0)
    assert (asked(there.lecturer.email), asked(there.colleague.email), asked(there.officer.email)) == (1, 1, 0)


def test_what_is_longer_ago_than_a_week_is_not_asked_about() -> None:
    lecture()
    with time_machine.travel(now() + timedelta(days=28), tick=False):
        assert ask_after(now()) == 0


def test_a_cancelled_speaker_is_replaced_by_the_stand_by_who_is_asked_how_it_went() -> None:
    there = lecture()
    appointment = appointment_of(there.match.id)
    second = people.member(Role.COLLEAGUE, there.match.municipality, who=people.account(display_name="Noor Visser"))
    membership = db.session.query(Membership).filter_by(account_id=second.id).one()
    standby = put_on_standby(there.match, appointment, membership, by=there.officer)
    speaker = next(each for each in appointment.people if each.account_id == there.colleague.id)
    answer_confirmation(there.match, speaker, coming=False, by=there.colleague)
    assert letter_to(second.email, "standby_needed")
    step_in(there.match, standby, wording=there.wording, by=second)
    assert letter_to(there.lecturer.email, "speaker_changed") and letter_to(there.colleague.email, "standby_took_over")
    with after():
        ask_after(now())
        assert (asked(second.email), asked(there.lecturer.email), asked(there.colleague.email)) == (1, 1, 0)
        session = look_back(there.match, WENT_WELL, by=second, as_party=Party.COLLEAGUE)
    assert (session.state, there.match.state, there.match.colleague) == (State.HELD, MatchState.DONE, second)


def test_who_is_first_tells_whether_it_took_place_and_the_match_is_done() -> None:
    there = lecture()
    with after():
        session = look_back(there.match, WENT_WELL, by=there.colleague, as_party=Party.COLLEAGUE)
    assert (session.state, session.students, there.match.state) == (State.HELD, 24, MatchState.DONE)
    assert [event.action.value for event in session.events] == ["hold"]


def test_an_answer_is_hidden_until_the_other_side_answered_too() -> None:
    there = lecture()
    with after():
        session = look_back(there.match, WENT_WELL, by=there.colleague, as_party=Party.COLLEAGUE)
        assert not session.shows_all
        look_back(there.match, Report(fit=Fit.PARTLY, again=Again.MAYBE), by=there.lecturer, as_party=Party.SCHOOL)
        assert session.shows_all
    assert [(view.side, view.fit) for view in session.views] == [
        (Party.MUNICIPALITY, Fit.WELL),
        (Party.SCHOOL, Fit.PARTLY),
    ]


def test_after_seven_days_an_answer_shows_although_the_other_side_gave_none() -> None:
    there = lecture()
    with after():
        session = look_back(there.match, WENT_WELL, by=there.colleague, as_party=Party.COLLEAGUE)
        told = now()
    with time_machine.travel(told + timedelta(days=7, minutes=-1), tick=False):
        assert not session.shows_all
    with time_machine.travel(told + timedelta(days=7), tick=False):
        assert session.shows_all
        with pytest.raises(InvalidMove):
            look_back(there.match, Report(fit=Fit.WELL, again=Again.YES), by=there.lecturer, as_party=Party.SCHOOL)


def test_an_answer_can_change_until_the_other_side_reads_it() -> None:
    there = lecture()
    with after():
        session = look_back(there.match, WENT_WELL, by=there.lecturer, as_party=Party.SCHOOL)
        look_back(there.match, Report(fit=Fit.NOT, again=Again.NO), by=there.lecturer, as_party=Party.SCHOOL)
        assert [view.fit for view in session.views] == [Fit.NOT]
        look_back(there.match, Report(fit=Fit.WELL, again=Again.YES), by=there.colleague, as_party=Party.COLLEAGUE)
        with pytest.raises(InvalidMove):
            look_back(there.match, Report(fit=Fit.WELL, again=Again.YES), by=there.lecturer, as_party=Party.SCHOOL)


def test_the_school_knows_better_how_many_came() -> None:
    there = lecture()
    with after():
        session = look_back(there.match, WENT_WELL, by=there.colleague, as_party=Party.COLLEAGUE)
        report = Report(students=27, fit=Fit.WELL, again=Again.YES)
        look_back(there.match, report, by=there.lecturer, as_party=Party.SCHOOL)
    assert session.students == 27
    assert [event.action.value for event in session.events] == ["hold", "count"]


def test_what_did_not_take_place_is_told_with_its_reason_and_can_be_planned_again() -> None:
    there = lecture()
    with after():
        session = look_back(there.match, FELL_THROUGH, by=there.lecturer, as_party=Party.SCHOOL)
        assert (session.state, session.why_not) == (State.NOT_HELD, WhyNot.TOO_FEW)
        assert there.match.state is MatchState.AGREED
        told = letter_to(there.colleague.email, "session_not_held")
        assert told.values["why"] == "too_few_students"
        with pytest.raises(InvalidMove):
            look_back(there.match, WENT_WELL, by=there.colleague, as_party=Party.COLLEAGUE)
        reopen(there.match, by=there.lecturer, as_party=Party.SCHOOL)
        there.agree(moment(5))
    with after(26):
        assert (ask_after(now()), asked(there.lecturer.email)) == (1, 1)
        look_back(there.match, WENT_WELL, by=there.lecturer, as_party=Party.SCHOOL)
    assert (session.state, session.why_not) == (State.HELD, None)
    assert [event.action.value for event in session.events] == ["miss", "plan", "hold"]


@pytest.mark.parametrize(
    ("report", "field", "reason"),
    [
        (Report(), "held", "required"),
        (Report(held=True, fit=Fit.WELL, again=Again.YES), "students", "required"),
        (Report(held=True, students=0, fit=Fit.WELL, again=Again.YES), "students", "too_small"),
        (Report(held=True, students=10**12, fit=Fit.WELL, again=Again.YES), "students", "too_large"),
        (Report(held=True, students=5, again=Again.YES), "fit", "required"),
        (Report(held=True, students=5, fit=Fit.WELL), "again", "required"),
        (Report(held=False), "why_not", "required"),
        (Report(held=False, why_not=WhyNot.OTHER, why_not_note=" "), "why_not_note", "required"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_changes_nothing(report: Report, field: str, reason: str) -> None:
    there = lecture()
    with after(), pytest.raises(InvalidValue) as refused:
        look_back(there.match, report, by=there.lecturer, as_party=Party.SCHOOL)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    session = session_of(there.match)
    assert (session.state, session.views, session.events) == (State.EXPECTED, [], [])


def test_what_is_still_to_come_cannot_be_looked_back_on() -> None:
    there = lecture()
    with pytest.raises(InvalidValue, match="not_yet"):
        look_back(there.match, WENT_WELL, by=there.lecturer, as_party=Party.SCHOOL)


def test_only_what_has_a_moment_has_a_session() -> None:
    there = meeting(Kind.WORK)
    first = moment(20).first_day
    there.agree(period(first, first + timedelta(days=60)))
    with after(), pytest.raises(InvalidMove):
        look_back(there.match, WENT_WELL, by=there.lecturer, as_party=Party.SCHOOL)


def test_the_figures_count_what_was_told_and_what_was_not() -> None:
    there, second, third = lecture(), lecture(), lecture()
    with after():
        look_back(there.match, WENT_WELL, by=there.lecturer, as_party=Party.SCHOOL)
        look_back(second.match, FELL_THROUGH, by=second.lecturer, as_party=Party.SCHOOL)
        day = now().date()
        seen = [
            figures(_membership(each.lecturer.id), first=day - timedelta(days=3), last=day)
            for each in (there, second, third)
        ]
    assert [(each.held, each.not_held, each.untold, each.students) for each in seen] == [
        (1, 0, 0, 24),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
    ]
    assert seen[0].answers == {(Party.SCHOOL, "fit", "well"): 1, (Party.SCHOOL, "again", "yes"): 1}


def _membership(account_id: int) -> Membership:
    return db.session.query(Membership).filter_by(account_id=account_id).one()
