"""Files full of listings: honest ones, broken ones and hostile ones."""

import csv
import gc
import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import keep
from matchmaker.jobs.models import Job
from matchmaker.listings import actions
from matchmaker.listings.import_export import export
from matchmaker.listings.import_export.importing import Checked, check_sheet
from matchmaker.listings.import_export.job import note_import, queue_import, run_import, write_slices
from matchmaker.listings.import_export.sheets import MOST_MARKS, MOST_ROWS, read_sheet
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import ListingStatus, Mode, OrganisationKind, Side
from matchmaker.words.errors import sentence_for
from tests.factories import people

TEXT = "Je telt fietsers bij drie scholen en schrijft een advies voor de wethouder."
pytestmark = pytest.mark.usefixtures("app")


def table(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(**values: str) -> dict[str, str]:
    return {"soort": "stage", "titel": "Tel mee op straat", "tekst": TEXT, **values}


def checked(content: bytes, of: Organisation, side: Side = Side.OFFER) -> Checked:
    return check_sheet(read_sheet(content), side=side, fingerprint="f" * 16, organisation=of)


def problems(content: bytes, of: Organisation | None = None, side: Side = Side.OFFER) -> list[tuple[int, str, str]]:
    found = checked(content, of or people.municipality(), side)
    return [(bad.number, each.column, each.error.reason) for bad in found.bad for each in bad.problems]


def run(content: bytes, of: Organisation, name: str = "aanbod.csv") -> Job:
    stored = keep(content, name=name, media_type="text/plain", organisation_id=of.id, by=None)
    job = queue_import(stored, side=Side.OFFER, organisation=of, rows=1, by=None)
    for _ in run_import(job):
        pass
    return job


def file_reason(content: bytes, name: str = "") -> str:
    with pytest.raises(InvalidValue, match="file") as refused:
        read_sheet(content, name)
    return refused.value.reason


def xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for line in rows:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_becomes_a_listing_with_every_column() -> None:
    home = people.municipality()
    team = people.team(home, name="Mobiliteit")
    begin = today() + timedelta(days=60)
    run(
        table(
            row(
                team="mobiliteit", werkvelden="Verkeer, vervoer en parkeren", studierichtingen="0732; Rechten",
                niveaus="mbo 4; hbo-bachelor", leerweg="bol", taal="nl; en", uren_van="24", uren_tot="32",
                start=f"{begin.day}-{begin.month}-{begin.year}", duur_weken="20", vergoeding_van="€ 650,-",
                vergoeding_uitleg="en reiskosten", plaats="Zeist", vorm="hybride", plekken="2", samen="ja", vog="nee",
                begeleider="Adviseur fiets",
            )
        ),
        home,
    )  # fmt: skip
    made = db.session.query(Listing).one()
    assert (made.team_id, made.work_fields, made.study_fields) == (team.id, ["W10"], ["0732", "0421"])
    assert (made.levels, made.tracks, made.languages) == (["mbo4", "hbo_bachelor"], ["bol"], ["nl", "en"])
    assert (made.hours_min, made.hours_max, made.starts_on, made.duration_weeks) == (24, 32, begin, 20)
    assert (made.allowance_min, made.allowance_note, made.place) == (650, "en reiskosten", "Zeist")
    assert (made.mode, made.places, made.status) == (Mode.HYBRID, 2, ListingStatus.PUBLISHED)
    assert made.details == {"pairs_welcome": True, "supervisor_title": "Adviseur fiets"}


def test_english_names_of_columns_and_codes_are_read_too() -> None:
    content = table({"kind": "guest_lecture", "title": "Water in de stad", "text": TEXT, "slots": "di ochtend"})
    found = checked(content, people.institution(), Side.NEED)
    assert found.bad == ()
    assert found.rows[0].values["slots"] == [{"weekday": 2, "part": "morning"}]


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ({"soort": ""}, ("soort", "required")),
        ({"soort": "bijbaan"}, ("soort", "unknown_code")),
        ({"soort": "open vraag"}, ("soort", "other_side_posts")),
        ({"titel": ""}, ("titel", "required")),
        ({"tekst": "te kort"}, ("tekst", "text_too_short")),
        ({"tekst": "x" * 9000}, ("tekst", "text_too_long")),
        ({"plekken": "0"}, ("plekken", "too_small")),
        ({"plekken": "10000"}, ("plekken", "too_large")),
        ({"plekken": str(10**30)}, ("plekken", "too_large")),
        ({"plekken": "twee"}, ("plekken", "not_a_number")),
        ({"uren_van": "36", "uren_tot": "24"}, ("uren_tot", "range_reversed")),
        ({"start": "31-02-2027"}, ("start", "not_a_date")),
        ({"start": "01-01-2001"}, ("start", "past")),
        ({"start": "01-01-9999"}, ("start", "too_far")),
        ({"werkvelden": "W99"}, ("werkvelden", "unknown_code")),
        ({"studierichtingen": "Toveren"}, ("studierichtingen", "unknown_code")),
        ({"niveaus": "hbo; phd"}, ("niveaus", "unknown_code")),
        ({"leerweg": "bol", "niveaus": "hbo"}, ("leerweg", "only_with_mbo")),
        ({"plaats": "Nergenshuizen"}, ("plaats", "unknown_place")),
        ({"team": "Niet van ons"}, ("team", "unknown_row")),
        ({"samen": "misschien"}, ("samen", "not_yes_or_no")),
        ({"groepsgrootte": "30"}, ("groepsgrootte", "not_this_kind")),
        ({"organisatie": "Utrecht"}, ("organisatie", "not_yours")),
        ({"status": "half"}, ("status", "unknown_code")),
        ({"bron": "javascript:alert(1)"}, ("bron", "not_an_address")),
    ],
)
def test_a_bad_cell_is_named_with_its_row_column_and_reason(cell: dict[str, str], wrong: tuple[str, str]) -> None:
    assert problems(table(row(**cell))) == [(2, *wrong)]


@pytest.mark.parametrize("column", ["soort", "titel", "plekken", "status", "sleutel"])
def test_a_nul_in_one_cell_is_named_with_its_row_and_column(column: str) -> None:
    cells = row(plekken="2", status="concept", sleutel="a1")
    assert problems(table(row(), cells | {column: f"{cells[column]}\x00"})) == [(3, column, "unusable_text")]


def test_one_bad_row_keeps_every_row_out() -> None:
    home = people.municipality()
    job = run(table(row(), row(plekken="0")), home)
    assert job.result == {"bad": 1, "made": 0, "known": 0}
    assert db.session.query(Listing).count() == db.session.query(AuditEvent).count() == 0


def test_the_same_file_again_changes_nothing() -> None:
    home = people.municipality()
    content = table(row(), row(titel="Nog een keer tellen"))
    assert run(content, home).result["made"] == 2
    again = run(content, home)
    assert (again.result["made"], again.result["known"]) == (0, 2)


def test_an_own_key_is_read_once_whatever_the_file() -> None:
    home = people.municipality()
    run(table(row(sleutel="A1")), home)
    run(table(row(sleutel="A1", titel="Andere titel"), row(sleutel="A2")), home)
    assert db.session.query(Listing).count() == 2
    assert problems(table(row(sleutel="B"), row(sleutel="B")), home) == [(3, "sleutel", "taken")]


def test_an_import_is_one_line_in_the_log_and_every_row_points_to_it() -> None:
    home = people.municipality()
    run(table(row(sleutel="A1"), row(titel="Nog een keer tellen")), home)
    event = db.session.scalars(select(AuditEvent)).one()
    assert (event.action, event.details["made"]) == ("listings.imported", 2)
    assert [each.import_event_id for each in db.session.query(Listing)] == [event.id] * 2


def test_drafts_need_no_text_and_a_desk_that_checks_gets_the_rest() -> None:
    home = people.municipality()
    assert home.desk
    home.desk.checks_before_publishing = True
    run(table(row(status="concept", tekst=""), row()), home)
    assert [each.status for each in db.session.query(Listing).order_by(Listing.id)] == [
        ListingStatus.DRAFT,
        ListingStatus.IN_CHECK,
    ]


def test_rows_of_the_other_side_are_left_aside_and_unknown_columns_are_named() -> None:
    found = checked(table(row(kant="aanbod"), row(kant="vraag", kleur="rood")), people.municipality())
    assert (len(found.rows), found.other_side, found.unknown_columns) == (1, 1, ("kleur",))


def test_no_single_field_of_work_is_nothing_chosen() -> None:
    found = checked(table(row(werkvelden="W00")), people.municipality())
    assert found.rows[0].values["work_fields"] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_usual_way_of_writing_a_csv_is_read(encoding: str, delimiter: str) -> None:
    content = table(row(titel="Coördinatie in Súdwest-Fryslân"), delimiter=delimiter).decode().encode(encoding)
    assert checked(content, people.municipality()).rows[0].values["title"] == "Coördinatie in Súdwest-Fryslân"


def test_excel_dates_numbers_and_lost_zeros_are_read() -> None:
    begin = today() + timedelta(days=60)
    content = xlsx(
        [["soort", "titel", "tekst", "start", "plekken", "studierichtingen", "samen"],
         ["stage", "Tel mee op straat", TEXT, begin, 2.0, 421, True]]
    )  # fmt: skip
    values = checked(content, people.municipality()).rows[0].values
    assert (values["starts_on"], values["places"], values["study_fields"]) == (begin, 2, ["0421"])
    assert values["pairs_welcome"] is True


def test_files_that_are_no_table_are_refused_with_a_reason() -> None:
    assert file_reason(b"") == "file_empty"
    assert file_reason(b"  \n ") == "file_empty"
    assert file_reason(b"%PDF-1.7 ...") == "file_no_table"
    assert file_reason(b"\xd0\xcf\x11\xe0" + b"x" * 100) == "file_old_excel"
    assert file_reason(b"gewoon een zin") == "file_no_table"
    assert file_reason(b"a;b\x00;c\n1;2;3") == "file_no_table"
    assert file_reason(b"soort;titel\n") == "file_no_rows"
    assert file_reason(b"PK\x03\x04 kapot") == "file_broken"
    assert file_reason(b'a;b\n"' + b"x" * 200_000) == "file_row_too_long"
    assert file_reason(b"a;b\n1;" + b"x" * 1_000_000) == "file_row_too_long"
    assert file_reason("a;b\n1;2\n".encode("utf-16-le")) == "file_no_table"
    assert file_reason(b"kind;titel;Soort\ngastles;Les;stage\n") == "file_names_alike"
    assert file_reason(b"soort;titel;Soort\ngastles;Les;stage\n") == "file_name_twice"
    assert file_reason(b"a;b\n" + b"x" * 30_000 + b";1\n") == "file_row_too_long"
    assert file_reason(b"a;b\n" + b"1;2\n" * (MOST_ROWS + 1)) == "file_too_many_rows"
    assert file_reason(b"a;b\n" + b"1;2\n" * 1_500_000) == "file_too_large"


def test_a_name_that_says_something_else_is_refused() -> None:
    assert file_reason(table(row()), "aanbod.xlsx") == "file_is_not_its_name"
    assert file_reason(xlsx([["soort"], ["stage"]]), "aanbod.csv") == "file_is_not_its_name"


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_bomb_in_a_workbook_is_refused_before_it_is_unpacked() -> None:
    zeros = b"0" * (70 * 1024 * 1024)
    assert file_reason(packed(**{"xl__workbook.xml": b"<x/>", "xl__a.xml": zeros})) == "file_too_full"
    assert file_reason(packed(**{"ander.txt": b"x"})) == "file_no_table"
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert file_reason(packed(**{"xl__workbook.xml": entities})) == "file_broken"
    many = {f"xl__{number}.xml": b"x" for number in range(400)}
    assert file_reason(packed(**{"xl__workbook.xml": b"<x/>"}, **many)) == "file_too_full"


def test_a_sheet_with_every_cell_filled_is_read_however_it_was_saved() -> None:
    names = [f"kolom {number}" for number in range(len(export.HEADER))]
    assert len(names) >= 49
    lines = [[f"Cel {row} van {name}: een eigen tekst" for name in names] for row in range(MOST_ROWS)]
    for content in (export.to_xlsx([names, *lines]), xlsx([names, *lines]), export.to_csv([names, *lines])):
        sheet = read_sheet(content)
        assert len(sheet.rows) == MOST_ROWS
        assert sheet.rows[-1] == (MOST_ROWS + 1, tuple(lines[-1]))


def test_a_workbook_with_more_than_can_be_read_is_told_so_in_true_words(app: Flask) -> None:
    content = packed(**{"xl__workbook.xml": b"<x/>", "xl__a.xml": b"<c/>" * (MOST_MARKS + 1)})
    with pytest.raises(InvalidValue) as refused:
        read_sheet(content)
    assert refused.value.reason == "file_too_full"
    assert "MB" not in sentence_for(refused.value)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize(
    "poster", [OrganisationKind.MUNICIPALITY, OrganisationKind.REGION, OrganisationKind.INSTITUTION]
)
def test_a_template_is_read_in_as_one_draft_that_says_it_is_an_example(poster: OrganisationKind, side: Side) -> None:
    own = people.institution() if poster is OrganisationKind.INSTITUTION else people.municipality()
    for content in (export.to_csv(export.template(poster, side)), export.to_xlsx(export.template(poster, side))):
        found = checked(content, own, side)
        assert (found.bad, found.unknown_columns, len(found.rows)) == ((), (), 1)
    event = note_import(found, about=own, by=None, organisation=own)
    numbers = [number for _, made in write_slices(found.new, side=side, by=None, event=event) for number in made]
    made = [db.session.get_one(Listing, number) for number in numbers]
    assert [(each.title.split(":")[0], each.status) for each in made] == [("VOORBEELD", ListingStatus.DRAFT)]
    assert actions.problems_with(made[0]) == []


def test_a_problem_keeps_what_was_typed() -> None:
    found = checked(table(row(uren_van="36-24", titel="")), people.municipality())
    assert [(each.column, each.typed) for bad in found.bad for each in bad.problems] == [
        ("uren_van", "36-24"),
        ("titel", ""),
    ]


def test_the_garbage_collector_is_at_work_again_after_an_import_also_one_that_was_broken_off() -> None:
    home = people.municipality()
    found = checked(table(row(), row(titel="Nog een keer tellen")), home)
    event = note_import(found, about=home, by=None, organisation=home)
    slices = write_slices(found.new, side=Side.OFFER, by=None, event=event)
    next(slices)
    assert not gc.isenabled()
    slices.close()
    assert gc.isenabled()
    assert file_reason(b"") == "file_empty"
    assert gc.isenabled()


def test_a_team_is_that_of_the_organisation_whose_row_it_is() -> None:
    home, other = people.municipality(), people.municipality()
    own, others = people.team(home, name="Mobiliteit"), people.team(other, name="Mobiliteit")
    content = table(row(organisatie="a", team="mobiliteit"), row(organisatie="b", team="MOBILITEIT"))
    found = check_sheet(
        read_sheet(content), side=Side.OFFER, fingerprint="f", organisation=None,
        find_organisation={"a": home, "b": other}.get,
    )  # fmt: skip
    assert [each.values["team_id"] for each in found.rows] == [own.id, others.id]


def test_a_text_of_two_lines_comes_back_from_a_workbook_as_it_went_in() -> None:
    table = [["titel", "tekst"], ["Brieven", "een\r\ntwee\tdrie"]]
    assert read_sheet(export.to_xlsx(table), "a.xlsx").rows == ((2, ("Brieven", "een\r\ntwee\tdrie")),)
