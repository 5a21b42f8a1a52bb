"""Who may be a student, what is kept of them, and what is forgotten."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.students.actions import begin, forget_birthdays
from matchmaker.students.inviting import read_addresses
from matchmaker.students.models import StudentProfile
from matchmaker.students.queries import profile_of
from matchmaker.vocabulary import Level, Role
from tests.factories import people
from tests.factories.students import campus


@time_machine.travel("2026-11-24 10:00:00+01:00")
@pytest.mark.parametrize(
    ("month", "minor"), [(date(2026, 11, 1), True), (date(2026, 12, 1), True), (date(2028, 11, 1), True), (None, False)]
)
def test_who_turns_eighteen_this_month_or_later_is_a_minor(app: Flask, month: date | None, minor: bool) -> None:
    assert campus().student(adult_from=month).is_minor is minor


@time_machine.travel("2026-11-24 10:00:00+01:00")
def test_of_a_day_only_the_month_is_kept(app: Flask) -> None:
    here = campus()
    person = people.member(Role.STUDENT, here.school)
    answers = {"sixteen": True, "programme": here.programme, "level": Level.HBO_BACHELOR}
    made = begin(person, here.school, adult_from=date(2027, 3, 17), **answers)  # type: ignore[arg-type]
    assert made.adult_from == date(2027, 3, 1)


def test_the_month_of_turning_eighteen_is_forgotten_when_it_has_passed(app: Flask) -> None:
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        here = campus()
        passed, coming = (
            here.student("Noor", adult_from=date(2026, 11, 1)),
            here.student("Sam", adult_from=date(2026, 12, 1)),
        )
    assert forget_birthdays(datetime(2026, 11, 30, 12, tzinfo=UTC)) == 0
    assert forget_birthdays(datetime(2026, 12, 1, 12, tzinfo=UTC)) == 1
    db.session.expire_all()
    assert (passed.adult_from, coming.adult_from) == (None, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"sixteen": False}, ("age", "too_young")),
        ({"programme": None}, ("programme", "required")),
        ({"level": Level.MBO4}, ("level", "not_of_programme")),
        ({"level": None}, ("level", "not_of_programme")),
    ],
)
def test_what_is_not_true_is_refused_at_its_field(
    app: Flask, changes: dict[str, object], problem: tuple[str, str]
) -> None:
    here = campus()
    person = people.member(Role.STUDENT, here.school)
    answers = {"sixteen": True, "adult_from": None, "programme": here.programme, "level": Level.HBO_BACHELOR, **changes}
    with pytest.raises(InvalidValue) as refused:
        begin(person, here.school, **answers)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason) == problem
    assert profile_of(person) is None


def test_a_programme_of_another_school_is_none(app: Flask) -> None:
    here = campus()
    other = people.programme(people.institution())
    person = people.member(Role.STUDENT, here.school)
    with pytest.raises(InvalidValue):
        begin(person, here.school, sixteen=True, adult_from=None, programme=other, level=Level.HBO_BACHELOR)


def test_a_profile_holds_no_name_birthday_photo_or_mark(app: Flask) -> None:
    assert set(StudentProfile.__table__.columns.keys()) == {
        "id", "account_id", "institution_id", "programme_id", "level", "work_fields", "starts_on", "ends_on", "place",
        "latitude", "longitude", "max_distance_km", "hours_min", "hours_max", "workplace_needs", "stated_at",
        "adult_from", "alert", "told_until", "created_at", "version",
    }  # fmt: skip


def test_addresses_are_read_as_people_paste_them() -> None:
    assert read_addresses("a@x.nl, <B@x.nl>;\n a@x.nl\tc@x.nl") == ["a@x.nl", "b@x.nl", "c@x.nl"]
