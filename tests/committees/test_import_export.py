"""Committees from a file and back: every bad cell is named before anything is written."""

import csv
import io
import zipfile
from datetime import date, timedelta

import pytest

from matchmaker.clock import now, today
from matchmaker.committees.import_export.export import explanation, rows, template
from matchmaker.committees.import_export.reading import MOST_ROWS, Checked, check_sheet
from matchmaker.committees.import_export.storing import forget_uploads, keep_upload, upload_of, write
from matchmaker.committees.models import Committee, Term
from matchmaker.committees.queries import kept_committees
from matchmaker.committees.states import SeatState, TermState
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import CommitteeKind, Level, MunicipalitySize
from tests.committees.scenes import Scene, scene
from tests.factories import people

pytestmark = pytest.mark.usefixtures("app")
LATER = (today() + timedelta(days=800)).isoformat()
ROW = {
    "commissie": "Adviesraad Rechten", "soort": "koers", "plek": "Jurist", "werkveld": "W03", "grootte": "groot",
    "niveau": "hbo-bachelor", "naam": "Merel Schouten", "mailadres": "merel@utrecht.example", "functie": "Jurist",
    "organisatie": "Gemeente Utrecht", "begin": "2026-09-01", "einde": LATER,
}  # fmt: skip


def table(here: Scene, *given: dict[str, str]) -> bytes:
    lines = [{**ROW, "faculteit": here.programme.faculty.name, **row} for row in given]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for line in lines for name in line)), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def checked(here: Scene, content: bytes) -> Checked:
    [membership] = here.coordinator.memberships
    faculties = here.school.faculties
    return check_sheet(
        read_sheet(content),
        faculties=faculties,
        kept={each.id for each in faculties},
        there=kept_committees(membership),
    )


def read_in(here: Scene, content: bytes) -> int:
    [membership] = here.coordinator.memberships
    there = kept_committees(membership)
    return write(checked(here, content), there=there, organisation=here.school, by=here.coordinator)


def test_rows_become_a_committee_with_seats_members_and_who_sat_there_before() -> None:
    here = scene()
    content = table(
        here,
        {},
        {"plek": "Wijk", "naam": "", "mailadres": "", "begin": "", "einde": ""},
        {"naam": "Oud Lid", "mailadres": "", "begin": "1-9-2020", "einde": "31-8-2024"},
    )
    assert read_in(here, content) == 3
    made = db.session.query(Committee).filter_by(name="Adviesraad Rechten").one()
    assert (made.kind, made.term_years, made.owner) == (CommitteeKind.STRATEGIC, 4, here.coordinator)
    jurist, wijk = made.standing
    assert (jurist.state, jurist.work_field, jurist.size, jurist.level) == (
        SeatState.FILLED, "W03", MunicipalitySize.LARGE, Level.HBO_BACHELOR,
    )  # fmt: skip
    assert wijk.state is SeatState.VACANT
    told = [(each.display_name, each.state, each.starts_on, each.ends_on.isoformat()) for each in jurist.terms]
    assert told == [
        ("Merel Schouten", TermState.RUNNING, date(2026, 9, 1), LATER),
        ("Oud Lid", TermState.ENDED, date(2020, 9, 1), "2024-08-31"),
    ]
    assert db.session.query(Letter).count() == 0


def test_the_same_file_again_changes_nothing() -> None:
    here = scene()
    content = table(here, {}, {"plek": "Wijk", "naam": ""})
    read_in(here, content)
    again = checked(here, content)
    assert (again.bad, again.new) == ((), ())


@pytest.mark.parametrize("as_file", [to_csv, to_xlsx])
def test_what_is_exported_can_be_read_in_again_and_is_known(as_file: object) -> None:
    here = scene()
    here.member()
    here.seat("=HYPERLINK(1)")
    content = as_file(rows([here.committee]))  # type: ignore[operator]
    again = checked(here, content)
    assert (again.bad, again.new, again.unknown_columns, len(again.rows)) == ((), (), (), 2)


def test_no_exported_cell_can_become_a_formula() -> None:
    here = scene()
    here.seat("=cmd|' /C calc'!A0")
    line = list(rows([here.committee]))[1]
    assert [cell for cell in line if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"commissie": ""}, "commissie", "required"),
        ({"plek": ""}, "plek", "required"),
        ({"plek": "p" * 121}, "plek", "text_too_long"),
        ({"profiel": "kent \x07 het werk"}, "profiel", "unusable_text"),
        ({"faculteit": "Bestaat niet"}, "faculteit", "unknown_faculty"),
        ({"opleiding": "Bestaat niet"}, "opleiding", "unknown_programme"),
        ({"soort": "inhoud"}, "opleiding", "content_needs_programme"),
        ({"soort": "anders"}, "soort", "unknown_code"),
        ({"werkveld": "W99"}, "werkveld", "unknown_code"),
        ({"werkveld": "W01; W02"}, "werkveld", "too_many"),
        ({"grootte": "enorm"}, "grootte", "unknown_code"),
        ({"niveau": "mbo"}, "niveau", "too_many"),
        ({"termijn_jaren": "vier"}, "termijn_jaren", "not_a_number"),
        ({"termijn_jaren": "9"}, "termijn_jaren", "too_large"),
        ({"vergaderingen_per_jaar": "0"}, "vergaderingen_per_jaar", "too_small"),
        ({"begin": ""}, "begin", "required"),
        ({"begin": "31-2-2026"}, "begin", "not_a_date"),
        ({"begin": "2026-09-01", "einde": "2026-08-01"}, "einde", "reversed"),
        ({"einde": "2060-01-01"}, "einde", "too_long_period"),
        ({"begin": "9999-12-31"}, "begin", "unlikely_year"),
        ({"einde": "0001-01-01"}, "einde", "unlikely_year"),
        ({"mailadres": "geen adres"}, "mailadres", "not_a_mail_address"),
        ({"mailadres": ""}, "mailadres", "required"),
    ],
)
def test_a_bad_cell_is_named_with_its_column_and_nothing_is_written(
    cells: dict[str, str], column: str, reason: str
) -> None:
    here = scene()
    found = checked(here, table(here, cells))
    assert [(each.column, each.error.reason) for row in found.bad for each in row.problems] == [(column, reason)]
    with pytest.raises(InvalidMove):
        write(found, there=[], organisation=here.school, by=here.coordinator)
    assert db.session.query(Committee).count() == 1


@pytest.mark.parametrize(
    ("second", "column", "reason"),
    [
        ({"plek": "Wijk", "mailadres": "ander@zeist.example", "termijn_jaren": "3"}, "termijn_jaren", "differs_above"),
        ({"naam": "Ander", "mailadres": "ander@zeist.example"}, "plek", "seat_taken"),
        ({"plek": "Wijk"}, "mailadres", "already_member"),
    ],
)
def test_a_row_that_does_not_go_with_the_rows_above_is_named(second: dict[str, str], column: str, reason: str) -> None:
    here = scene()
    found = checked(here, table(here, {}, second))
    assert [(row.number, each.column, each.error.reason) for row in found.bad for each in row.problems] == [
        (3, column, reason)
    ]


def test_a_lecturer_reads_in_what_belongs_to_the_own_faculty() -> None:
    here = scene()
    other = people.programme(here.school, name="Rechten").faculty
    db.session.expire_all()
    sheet = read_sheet(table(here, {"faculteit": other.name}))
    found = check_sheet(sheet, faculties=here.school.faculties, kept={here.programme.faculty_id}, there=[])
    assert [each.error.reason for row in found.bad for each in row.problems] == ["not_your_faculty"]


def test_too_many_rows_are_refused_before_any_is_read() -> None:
    here = scene()
    with pytest.raises(InvalidValue) as refused:
        checked(here, table(here, *([{}] * (MOST_ROWS + 1))))
    assert (refused.value.field, refused.value.reason) == ("file", "file_too_many_rows")


def test_a_bomb_is_no_table() -> None:
    here = scene()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 60_000_000)
    with pytest.raises(InvalidValue) as refused:
        keep_upload(out.getvalue(), name="leden.xlsx", organisation=here.school, by=here.coordinator)
    assert refused.value.reason == "file_too_full"


def test_a_file_with_names_is_only_there_for_who_chose_it_and_goes_after_a_day() -> None:
    here = scene()
    stored = keep_upload(table(here, {}), name="leden.csv", organisation=here.school, by=here.coordinator)
    assert upload_of(stored.id, by=here.coordinator) is stored
    with pytest.raises(NotFound):
        upload_of(stored.id, by=people.account())
    assert forget_uploads(now()) == 0
    assert forget_uploads(now() + timedelta(days=2)) == 1
    with pytest.raises(NotFound):
        upload_of(stored.id, by=here.coordinator)


def test_the_example_has_a_cell_and_an_explanation_for_every_column() -> None:
    header, example = template()
    assert len(header) == len(example) == len(explanation()) - 1
    assert db.session.query(Term).count() == 0
