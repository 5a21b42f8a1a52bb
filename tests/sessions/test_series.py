"""The same lecture on more dates."""

import pytest

from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches.states import State
from matchmaker.sessions.queries import in_series_with, session_for
from matchmaker.sessions.series import repeat
from matchmaker.vocabulary import Kind
from tests.factories.dates import meeting, moment
from tests.sessions.scenes import lecture

pytestmark = pytest.mark.usefixtures("app")


def test_each_date_is_a_question_of_its_own_and_all_are_shown_together() -> None:
    there = lecture()
    asked = repeat(there.match, [moment(30), moment(27)], note="Voor de andere klas", by=there.lecturer)
    assert [each.state for each in asked] == [State.REQUESTED] * 2
    assert [each.note for each in asked] == ["Voor de andere klas"] * 2
    assert [each.need.slots[0]["date"] for each in asked] == [moment(days).first_day.isoformat() for days in (27, 30)]
    assert [match for match, _ in in_series_with(session_for(asked[0].id))] == [there.match, *asked]


def test_a_series_grows_and_stays_one_series() -> None:
    there = lecture()
    repeat(there.match, [moment(30)], by=there.lecturer)
    repeat(there.match, [moment(40)], by=there.lecturer)
    assert len(in_series_with(session_for(there.match.id))) == 3


@pytest.mark.parametrize("number", [0, 4])
def test_one_to_three_dates_at_a_time(number: int) -> None:
    there = lecture()
    with pytest.raises(InvalidValue, match="slots_needed"):
        repeat(there.match, [moment(30 + each) for each in range(number)], by=there.lecturer)


@pytest.mark.parametrize(
    ("kind", "state"), [(Kind.LECTURE, State.REQUESTED), (Kind.LECTURE, State.WITHDRAWN), (Kind.WORK, State.OFFERED)]
)
def test_only_a_lecture_with_a_yes_can_be_repeated(kind: Kind, state: State) -> None:
    there = meeting(kind, state)
    with pytest.raises(InvalidMove):
        repeat(there.match, [moment(30)], by=there.lecturer)
