"""A round for a cohort: places lent, wishes, a lottery nobody can bend, and a certificate that holds."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from matchmaker.applications import actions as applications
from matchmaker.applications.models import Application
from matchmaker.applications.states import State as ApplicationState
from matchmaker.clock import now, today
from matchmaker.cohorts import actions
from matchmaker.cohorts.giving import as_json, certificate_of, give, solve
from matchmaker.cohorts.models import CohortPlace, CohortRound, CohortStudent, CohortWish
from matchmaker.cohorts.queries import Numbers, numbers_of, round_in_care, rounds_for, rounds_of
from matchmaker.cohorts.states import Answer, State
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.listings.models import Offer
from matchmaker.organisations.models import Membership, Programme
from matchmaker.vocabulary import Kind, Role
from tests.factories import listings, people
from tests.factories.letters import letters
from tests.factories.students import MOTIVATION, Campus, campus, student

CHECK = ROOT / "matchmaker" / "engine" / "rounds" / "check_stable.py"


def opened(here: Campus, *, kind: Kind = Kind.WORK, programmes: Sequence[Programme] = ()) -> CohortRound:
    return actions.open_round(
        programmes or [here.programme],
        name="Voorjaar",
        kind=kind,
        wishes_until=today() + timedelta(days=10),
        by=here.coordinator,
    )


def lent(here: Campus, cohort: CohortRound, *offers: Offer, places: int = 1) -> list[CohortPlace]:
    made = actions.ask_places(cohort, offers, by=here.coordinator)
    db.session.refresh(cohort)
    for each in made:
        actions.lend(each, places=places, by=here.officer)
    return made


def over(cohort: CohortRound) -> None:
    """The last day for wishes has passed."""
    cohort.wishes_until = today() - timedelta(days=1)
    db.session.flush()


def run(here: Campus, cohort: CohortRound) -> int:
    over(cohort)
    actions.begin_run(cohort, by=here.coordinator)
    return give(cohort)


def test_a_round_gives_each_the_best_that_the_lottery_left(app: Flask, tmp_path: Path) -> None:
    here = campus()
    other = listings.offer(here.municipality, kind=Kind.WORK, title="Een tweede plek")
    cohort = opened(here)
    lent(here, cohort, here.place, other)
    students = [here.student(f"Student {number}") for number in range(3)]
    for profile in students:
        actions.wish(cohort, profile, [here.place, other])
    assert run(here, cohort) == 2
    assert (here.place.places_left, other.places_left, cohort.state) == (0, 0, State.PUBLISHED)
    accepted = db.session.query(Application).filter_by(state=ApplicationState.ACCEPTED).all()
    assert {each.offer_id for each in accepted} == {here.place.id, other.id}
    assert [len(letters("cohort_placed")), len(letters("cohort_no_place"))] == [2, 1]
    told = tmp_path / "certificate.json"
    told.write_bytes(certificate_of(cohort))
    checked = subprocess.run([sys.executable, CHECK, told], capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and "Right: 2 of 3" in checked.stdout


def test_the_certificate_names_nobody_and_its_seed_was_fixed_before(app: Flask) -> None:
    here = campus()
    cohort = opened(here)
    digest = cohort.seed_digest
    lent(here, cohort, here.place)
    profile = here.student("Noor Visser")
    mine = actions.wish(cohort, profile, [here.place])
    run(here, cohort)
    text = certificate_of(cohort).decode()
    assert "Noor" not in text and profile.account.email not in text
    certificate = json.loads(text)
    assert list(certificate["needs"]) == [mine.reference]
    assert sha256(certificate["seed"].encode()).hexdigest() == digest


def test_only_lent_places_that_fit_can_be_wished_and_each_once(app: Flask) -> None:
    here = campus()
    asked = listings.offer(here.municipality, kind=Kind.WORK)
    other_level = listings.offer(here.municipality, kind=Kind.WORK, levels=["mbo4"])
    cohort = opened(here)
    lent(here, cohort, here.place, other_level)
    actions.ask_places(cohort, [asked], by=here.coordinator)
    profile = here.student()
    for offers, reason in (
        ([], "required"),
        ([here.place, here.place], "wished_twice"),
        ([asked], "does_not_fit"),
        ([other_level], "does_not_fit"),
        ([here.place] * 11, "too_many"),
    ):
        with pytest.raises(InvalidValue) as refused:
            actions.wish(cohort, profile, offers)
        assert (refused.value.field, refused.value.reason) == ("wishes", reason)
    assert db.session.query(CohortWish).count() == 0


def test_wishing_again_replaces_what_was_wished(app: Flask) -> None:
    here = campus()
    other = listings.offer(here.municipality, kind=Kind.WORK)
    cohort = opened(here)
    lent(here, cohort, here.place, other)
    profile = here.student()
    first = actions.wish(cohort, profile, [here.place, other])
    again = actions.wish(cohort, profile, [other])
    assert (first.id, [each.offer_id for each in again.wishes]) == (again.id, [other.id])


def test_nobody_wishes_after_the_last_day_or_with_a_place_or_in_another_programme(app: Flask) -> None:
    here = campus(places=3)
    cohort = opened(here)
    lent(here, cohort, here.place)
    placed = here.student("Sam")
    made = applications.apply(placed, here.place, motivation=MOTIVATION)
    applications.offer(made, by=here.officer)
    applications.accept(made, by=placed.account)
    with pytest.raises(InvalidMove):
        actions.wish(cohort, placed, [here.place])
    over(cohort)
    with pytest.raises(InvalidMove):
        actions.wish(cohort, here.student(), [here.place])


def test_a_place_that_went_elsewhere_meanwhile_is_not_given_twice(app: Flask) -> None:
    here = campus(places=2)
    cohort = opened(here)
    lent(here, cohort, here.place, places=2)
    for number in range(2):
        actions.wish(cohort, here.student(f"Student {number}"), [here.place])
    here.place.places_taken = 1
    db.session.flush()
    assert run(here, cohort) == 1
    assert here.place.places_left == 0


def test_what_a_student_had_running_on_the_same_offer_becomes_the_place(app: Flask) -> None:
    here = campus()
    cohort = opened(here)
    lent(here, cohort, here.place)
    profile = here.student()
    made = applications.apply(profile, here.place, motivation=MOTIVATION)
    actions.wish(cohort, profile, [here.place])
    run(here, cohort)
    assert made.state is ApplicationState.ACCEPTED
    assert db.session.query(Application).count() == 1


def test_a_municipality_lends_no_more_than_is_free_and_may_say_no(app: Flask) -> None:
    here = campus(places=2)
    cohort = opened(here)
    (asked,) = actions.ask_places(cohort, [here.place], by=here.coordinator)
    assert [letter.to_address for letter in letters("cohort_place_asked")] == [here.officer.email]
    for number in (0, 3):
        with pytest.raises(InvalidValue) as refused:
            actions.lend(asked, places=number, by=here.officer)
        assert refused.value.reason == "not_so_many"
    actions.refuse(asked, note="Geen begeleider", by=here.officer)
    assert (asked.answer, asked.places) == (Answer.REFUSED, 0)
    assert actions.ask_places(cohort, [here.place], by=here.coordinator) == []


def test_a_round_runs_once_and_not_before_its_day(app: Flask) -> None:
    here = campus()
    cohort = opened(here)
    with pytest.raises(InvalidMove):
        actions.begin_run(cohort, by=here.coordinator)
    assert run(here, cohort) == 0
    for act in (lambda: actions.begin_run(cohort, by=here.coordinator), lambda: give(cohort)):
        with pytest.raises(InvalidMove):
            act()
    with pytest.raises(InvalidMove):
        actions.cancel(cohort, by=here.coordinator)


def test_a_second_round_is_for_the_rest(app: Flask) -> None:
    here = campus()
    cohort = opened(here)
    later = {"name": "Tweede", "kind": Kind.WORK, "wishes_until": today(), "by": here.coordinator}
    with pytest.raises(InvalidMove):
        actions.open_round([here.programme], after=cohort, **later)  # type: ignore[arg-type]
    run(here, cohort)
    assert actions.open_round([here.programme], after=cohort, **later).after is cohort  # type: ignore[arg-type]


def test_a_round_is_for_several_programmes_of_one_faculty(app: Flask) -> None:
    here = campus(places=2)
    law = Programme(faculty_id=here.programme.faculty_id, name="Bestuurskunde", levels=[], isced="0413")
    elsewhere = people.programme(here.school, name="Zorg")
    db.session.add(law)
    db.session.flush()
    with pytest.raises(InvalidValue) as refused:
        opened(here, programmes=[here.programme, elsewhere])
    assert (refused.value.field, refused.value.reason) == ("programmes", "of_one_faculty")
    with pytest.raises(InvalidValue):
        actions.open_round([], name="x", kind=Kind.WORK, wishes_until=today(), by=here.coordinator)
    cohort = opened(here, programmes=[here.programme, law])
    lent(here, cohort, here.place, places=2)
    students = [here.student("Noor"), student(law, name="Sam")]
    for profile in students:
        assert list(rounds_for(profile)) == [cohort]
        actions.wish(cohort, profile, [here.place])
    outsider = student(elsewhere, name="Kim")
    assert list(rounds_for(outsider)) == []
    with pytest.raises(InvalidMove):
        actions.wish(cohort, outsider, [here.place])
    assert numbers_of(cohort) == Numbers(lent=2, wished=2, students=2, searching=2)
    assert run(here, cohort) == 2
    assert (cohort.placed, numbers_of(cohort).searching) == (2, 0)
    of_faculty = Membership(organisation_id=here.school.id, faculty_id=law.faculty_id, role=Role.COORDINATOR)
    of_another = Membership(organisation_id=here.school.id, faculty_id=elsewhere.faculty_id, role=Role.COORDINATOR)
    assert (list(rounds_of(of_faculty)), list(rounds_of(of_another))) == ([cohort], [])
    assert round_in_care(cohort.id, of_faculty) is cohort
    with pytest.raises(NotFound):
        round_in_care(cohort.id, of_another)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": " "}, ("name", "required")),
        ({"kind": Kind.LECTURE}, ("kind", "unknown_code")),
        ({"wishes_until": -1}, ("wishes_until", "past")),
        ({"wishes_until": 400}, ("wishes_until", "more_than_a_year")),
    ],
)
def test_a_round_that_cannot_be_is_refused(app: Flask, changes: dict[str, object], problem: tuple[str, str]) -> None:
    here = campus()
    values: dict[str, object] = {"name": "Voorjaar", "kind": Kind.WORK, "wishes_until": 10, **changes}
    values["wishes_until"] = today() + timedelta(days=int(str(values["wishes_until"])))
    with pytest.raises(InvalidValue) as refused:
        actions.open_round([here.programme], by=here.coordinator, **values)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason) == problem


def test_four_weeks_later_nobody_can_read_who_wished_what(app: Flask) -> None:
    here = campus()
    cohort = opened(here)
    lent(here, cohort, here.place)
    actions.wish(cohort, here.student(), [here.place])
    run(here, cohort)
    assert actions.forget_wishes(now() + actions.KEPT - timedelta(minutes=1)) == 0
    assert actions.forget_wishes(now() + actions.KEPT + timedelta(minutes=1)) == 1
    db.session.expire_all()
    (mine,) = db.session.query(CohortStudent).all()
    assert (mine.student_id, mine.application_id, db.session.query(CohortWish).count()) == (None, None, 0)
    assert certificate_of(cohort)


def test_what_was_wished_in_a_cancelled_round_is_forgotten_at_once(app: Flask) -> None:
    here = campus()
    cohort = opened(here)
    lent(here, cohort, here.place)
    actions.wish(cohort, here.student(), [here.place])
    assert actions.forget_wishes(now()) == 0
    actions.cancel(cohort, by=here.coordinator)
    assert actions.forget_wishes(now()) == 1
    db.session.expire_all()
    (mine,) = db.session.query(CohortStudent).all()
    assert (mine.student_id, db.session.query(CohortWish).count()) == (None, 0)


def test_two_thousand_students_with_ten_wishes_are_solved_with_a_certificate_in_two_seconds() -> None:
    places = {f"A{number:04d}": 1 for number in range(300)}
    names = list(places)
    wishes = {
        f"S{number:04d}": [names[(number * 7 + step * 31 + step * step) % 300] for step in range(10)]
        for number in range(2000)
    }
    wishes = {student: list(dict.fromkeys(wanted)) for student, wanted in wishes.items()}
    began = time.process_time()
    outcome = solve(wishes, places, seed="een zaad")
    content = as_json(outcome.certificate)
    assert time.process_time() - began < 2
    assert len(outcome.assigned) == 300 and len(content) > 100_000
