"""Evaluations from a file: what the export writes is read, a bad row is named, and twice is once."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Membership
from matchmaker.placements import actions
from matchmaker.placements.evaluations import read_in
from matchmaker.placements.export import evaluation_rows, placement_rows
from matchmaker.placements.importing import check_table, keep_table
from matchmaker.placements.importing_evaluations import (
    COLUMNS,
    CheckedEvaluations,
    check_evaluations,
    write_evaluations,
)
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import Evaluation, EvaluationMoment
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client
from tests.placements.scenes import Stage, stage

FINAL = EvaluationMoment.FINAL


@pytest.fixture(autouse=True)
def in_the_school_year(app: Flask):
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def there(in_the_school_year: None) -> Stage:
    """A placement of which the last day, and the term after it, have passed."""
    found = stage().running(last_day=today() + timedelta(days=30))
    assert found.placement is not None
    return found


def later(days: int) -> time_machine.travel:
    return time_machine.travel(f"{date(2026, 11, 24) + timedelta(days=days)} 10:00:00+01:00", tick=False)


def row_of(there: Stage, **changes: str) -> dict[str, str]:
    assert there.placement is not None
    return {
        "nummer": str(there.placement.id), "student": "Noor de Vries", "moment": "aan het eind", "kant": "gemeente",
        "gegeven_op": "2026-12-20", "voldoende": "ja", "goed": "Schrijft helder.", "beter": "Eerder vragen.",
        "niveaus": "1=3", "door": "Ruben Westra", **changes,
    }  # fmt: skip


def membership_of(there: Stage) -> Membership:
    return db.session.query(Membership).filter_by(account_id=there.coordinator.id).one()


def checked(there: Stage, *rows: dict[str, str], excel: bool = False) -> CheckedEvaluations:
    table = [list(COLUMNS), *([row[name] for name in COLUMNS] for row in rows)]
    content, name = (to_xlsx(table), "e.xlsx") if excel else (to_csv(table), "e.csv")
    stored = keep_table(content, name=name, school=there.school, by=there.coordinator)
    return check_evaluations(stored, membership=membership_of(there))


def write(there: Stage, found: CheckedEvaluations) -> int:
    return write_evaluations(found, school=there.school, by=there.coordinator)


@pytest.mark.parametrize("excel", [False, True])
def test_a_good_row_is_kept_with_who_read_it_in(there: Stage, excel: bool):
    with later(60):
        assert write(there, checked(there, row_of(there), excel=excel)) == 1
        made = Evaluation.query.one()
    assert there.placement is not None
    goal = there.placement.goals[0].id
    assert (made.moment, made.side, made.part, made.enough) == (FINAL, PlacementSide.WORK, Part.SUPERVISOR, True)
    assert (made.good, made.better, made.levels) == ("Schrijft helder.", "Eerder vragen.", {str(goal): 3})
    assert (made.given_by, made.read_in_by, made.given_at.date()) == (
        "Ruben Westra",
        there.coordinator,
        date(2026, 12, 20),
    )


def test_without_a_name_the_supervisor_speaks_for_the_side(there: Stage):
    with later(60):
        write(there, checked(there, row_of(there, door="")))
    assert Evaluation.query.one().given_by == "Ruben Westra"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_the_export_writes_is_read_again(there: Stage, form: str):
    assert there.placement is not None
    goals = [each.id for each in there.placement.goals]
    with later(30):
        for part, enough in ((Part.STUDENT, None), (Part.SUPERVISOR, True), (Part.SCHOOL_SUPERVISOR, False)):
            actions.evaluate(
                there.placement, FINAL, good="=Goed; 'echt'\nwaar", better="- ook dit\r\n+ en dat", enough=enough,
                levels={goals[0]: 2}, by=there.actor(part),
            )  # fmt: skip
    with later(60):
        before = [_said(each) for each in there.placement.evaluations]
        table = list(evaluation_rows([there.placement]))
        content = to_csv(table) if form == "csv" else to_xlsx(table)
        stored = keep_table(content, name=f"e.{form}", school=there.school, by=there.coordinator)
        again = check_evaluations(stored, membership=membership_of(there))
        assert ([row.known_already for row in again.rows], again.unknown_columns) == ([True] * 3, ())
        there.placement.evaluations.clear()
        db.session.flush()
        empty = check_evaluations(stored, membership=membership_of(there))
        assert [cell for row in empty.bad for cell in row.problems] == []
        assert write(there, empty) == 3
        assert [_said(each) for each in there.placement.evaluations] == before


def _said(each: Evaluation) -> tuple[object, ...]:
    words = [" ".join(text.split()) for text in (each.good, each.better)]
    return each.moment, each.side, *words, each.enough, each.levels, each.given_by, each.given_at.date()


@pytest.mark.parametrize(
    "change, column, reason",
    [
        ({"nummer": ""}, "nummer", "required"),
        ({"nummer": "99999"}, "nummer", "not_your_placement"),
        ({"nummer": "twaalf"}, "nummer", "not_your_placement"),
        ({"student": "Iemand Anders"}, "student", "other_student"),
        ({"moment": "morgen"}, "moment", "unknown_code"),
        ({"kant": "ouder"}, "kant", "unknown_code"),
        ({"gegeven_op": "31-2-2027"}, "gegeven_op", "not_a_date"),
        ({"gegeven_op": "2027-12-20"}, "gegeven_op", "still_to_come"),
        ({"gegeven_op": "2020-12-20"}, "gegeven_op", "before_first_day"),
        ({"voldoende": ""}, "voldoende", "required"),
        ({"voldoende": "misschien"}, "voldoende", "not_yes_or_no"),
        ({"kant": "student"}, "voldoende", "not_this_kind"),
        ({"goed": ""}, "goed", "required"),
        ({"goed": "a" * 4001}, "goed", "text_too_long"),
        ({"niveaus": "2=3"}, "niveaus", "levels_unclear"),
        ({"niveaus": "1=9"}, "niveaus", "levels_unclear"),
        ({"niveaus": "goed"}, "niveaus", "levels_unclear"),
        ({"moment": "tussentijds", "voldoende": ""}, "nummer", "evaluation_not_open"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_written(there: Stage, change: dict[str, str], column: str, reason: str):
    with later(60):
        found = checked(there, row_of(there, kant="school"), row_of(there, **change))
        assert [(each.column, each.error.reason) for row in found.bad for each in row.problems] == [(column, reason)]
        with pytest.raises(InvalidValue):
            write(there, found)
    assert Evaluation.query.count() == 0


def test_the_same_file_twice_makes_each_evaluation_once(there: Stage):
    with later(60):
        write(there, checked(there, row_of(there)))
        again = checked(there, row_of(there), row_of(there, kant="school"))
        assert [row.known_already for row in again.rows] == [True, False]
        assert write(there, again) == 1
        third = checked(there, row_of(there), row_of(there, kant="school"), row_of(there))
        assert (third.new, third.bad) == ([], [])
    assert Evaluation.query.count() == 2


def test_a_file_does_not_change_what_a_side_has_said(there: Stage):
    with later(60):
        write(there, checked(there, row_of(there)))
        found = checked(there, row_of(there, goed="Schrijft slecht."))
    assert [cell.error.reason for cell in found.bad[0].problems] == ["evaluation_given"]


def test_two_rows_that_contradict_each_other_are_refused(there: Stage):
    with later(60):
        found = checked(there, row_of(there), row_of(there, voldoende="nee"))
    assert [cell.error.reason for row in found.bad for cell in row.problems] == ["evaluation_given"]


def test_the_other_sides_keep_their_turn_until_the_term_is_over(there: Stage):
    with later(40):
        found = checked(there, row_of(there), row_of(there, kant="school"))
        assert [[cell.error.reason for cell in row.problems] for row in found.rows] == [["evaluation_still_theirs"], []]
        with pytest.raises(InvalidMove):
            assert there.placement is not None
            read_in(
                there.placement, FINAL, PlacementSide.STUDENT, good="Ja", better="", enough=None, levels={},
                given_on=today(), given_by="", by=there.actor(Part.COORDINATOR),
            )  # fmt: skip


def test_each_student_hears_once(there: Stage):
    with later(60):
        Letter.query.delete()
        write(there, checked(there, row_of(there), row_of(there, kant="school")))
        assert [each.account_id for each in Letter.query] == [there.student.id]


def test_a_placement_of_another_school_is_not_found(there: Stage):
    other = people.institution()
    stranger = people.member(Role.COORDINATOR, other)
    table = [list(COLUMNS), list(row_of(there).values())]
    with later(60):
        stored = keep_table(to_csv(table), name="e.csv", school=other, by=stranger)
        membership = db.session.query(Membership).filter_by(account_id=stranger.id).one()
        found = check_evaluations(stored, membership=membership)
    assert [cell.error.reason for cell in found.bad[0].problems] == ["not_your_placement"]


def test_the_page_shows_what_is_wrong_and_then_reads_in(client: Client, there: Stage):
    assert there.placement is not None
    with later(60):
        client.sign_in(there.coordinator)
        for goed, expected in (("", "goed"), ("Schrijft helder.", "Lees 1 rij in")):
            content = to_csv([list(COLUMNS), list(row_of(there, goed=goed).values())])
            answer = client.post("/plaatsingen/evaluaties/inlezen", data={"file": (io.BytesIO(content), "e.csv")})
            assert expected in client.get(answer.location).text
        client.post(answer.location, data={})
        page = client.get(f"/plaatsingen/{there.placement.id}/evaluatie/final").text
        assert "Ingelezen uit een bestand door Els Kuiper" in page
        assert "Schrijft helder." in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_example_has_the_columns_that_are_read(client: Client, there: Stage, form: str):
    answer = client.sign_in(there.coordinator).get(f"/plaatsingen/evaluaties/voorbeeld.{form}")
    stored = keep_table(answer.data, name=f"v.{form}", school=there.school, by=there.coordinator)
    assert check_evaluations(stored, membership=membership_of(there)).unknown_columns == ()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_placements_that_were_exported_are_known_again(there: Stage, form: str):
    assert there.placement is not None
    table = list(placement_rows([there.placement], side=PlacementSide.SCHOOL))
    content = to_csv(table) if form == "csv" else to_xlsx(table)
    stored = keep_table(content, name=f"p.{form}", school=there.school, by=there.coordinator)
    found = check_table(stored, school=there.school)
    assert ([row.known_already for row in found.rows], found.bad, found.unknown_columns) == ([True], [], ())


def test_an_export_can_be_read_in_where_the_placements_are_not(there: Stage):
    assert there.placement is not None
    table = list(placement_rows([there.placement], side=PlacementSide.SCHOOL))
    table[1][0] = "987654"
    table[1][table[0].index("student_mail")] = "ander@school.example"
    stored = keep_table(to_csv(table), name="p.csv", school=there.school, by=there.coordinator)
    found = check_table(stored, school=there.school)
    assert [cell for row in found.bad for cell in row.problems] == []
    assert len(found.new) == 1


def test_an_export_gives_each_side_only_its_own_addresses(there: Stage):
    assert there.placement is not None
    at_school = "".join(list(placement_rows([there.placement], side=PlacementSide.SCHOOL))[1])
    at_work = "".join(list(placement_rows([there.placement], side=PlacementSide.WORK))[1])
    assert (there.student.email in at_school, there.colleague.email in at_school) == (True, False)
    assert (there.student.email in at_work, there.lecturer.email in at_work) == (False, False)
    assert there.colleague.email in at_work


def test_a_first_day_that_was_moved_makes_no_second_placement(there: Stage):
    assert there.placement is not None
    table = list(placement_rows([there.placement], side=PlacementSide.SCHOOL))
    table[1][0] = ""
    table[1][table[0].index("eerste_dag")] = "2026-11-30"
    table[1][table[0].index("begeleider_gemeente")] = ""
    stored = keep_table(to_csv(table), name="p.csv", school=there.school, by=there.coordinator)
    assert [row.known_already for row in check_table(stored, school=there.school).rows] == [True]
    assert Placement.query.count() == 1
