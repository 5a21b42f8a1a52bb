"""`import offers|needs FILE` reads a table in; `import cases FILE OUT` turns JSON lines into such a table."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from matchmaker.audit.actions import origin
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.cases import HEADER, Refused, row_of
from matchmaker.listings.import_export.importing import Checked, check_sheet, fingerprint_of
from matchmaker.listings.import_export.job import imported_with, note_import, write_slices
from matchmaker.listings.import_export.reading import FindOrganisation
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.models import Listing
from matchmaker.matches.actions import propose_for
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import organisations_by_code
from matchmaker.reference import find_institution, find_municipality
from matchmaker.vocabulary import Side
from matchmaker.words.errors import cell_line, sentence_for

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def register(app: Flask) -> None:
    group = AppGroup("import", help="Read offers and needs in from a file.")

    @group.command("offers")
    @click.argument("file", type=FILE)
    @click.option("--organisation", "code", default="", help="CBS code or register key of who posts rows without one.")
    def offers(file: Path, code: str) -> None:
        """Read offers in from CSV or XLSX, when every row is right."""
        _import(file, Side.OFFER, code)

    @group.command("needs")
    @click.argument("file", type=FILE)
    @click.option("--organisation", "code", default="", help="CBS code or register key of who posts rows without one.")
    def needs(file: Path, code: str) -> None:
        """Read needs in from CSV or XLSX, when every row is right."""
        _import(file, Side.NEED, code)

    @group.command("cases")
    @click.argument("file", type=FILE)
    @click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
    def cases(file: Path, out: Path) -> None:
        """Turn cases (JSON lines) into a CSV for `import offers` and `import needs`; lists what has no place."""
        _convert(file, out)

    app.cli.add_command(group)


def organisation_finder() -> FindOrganisation:
    """Finds by CBS code or register key, or by the name people use; all are read at once, a file may name many."""
    by_code = organisations_by_code()

    def find(text: str) -> Organisation | None:
        found = by_code.get(text)
        if found is None and (home := find_municipality(text)):
            found = by_code.get(home.code)
        if found is None and (school := find_institution(text)):
            found = by_code.get(school.key)
        return found

    return find


def _import(file: Path, side: Side, code: str) -> None:
    origin.set("command:import")
    find = organisation_finder()
    organisation = find(code) if code else None
    if code and organisation is None:
        raise click.ClickException(f"Onbekende organisatie: {code}")
    checked = _checked(file, side, organisation, find)
    made = _write(checked, side) if checked.new else []
    online = 0
    for number in made:
        listing = db.session.get_one(Listing, number)
        propose_for(listing)
        online += listing.is_published
        db.session.commit()
    click.echo(f"{len(made)} ingelezen, waarvan {online} online. {len(checked.rows) - len(made)} stonden er al.")
    if checked.other_side:
        click.echo(f"{checked.other_side} rijen zijn van de andere kant: lees die in met het andere commando.")


def _write(checked: Checked, side: Side) -> Sequence[int]:
    posters = {row.organisation.id: row.organisation for row in checked.new if row.organisation}
    first = next(iter(posters.values()))
    only = first if len(posters) == 1 else None
    event = note_import(checked, about=first, by=None, organisation=only)
    done = 0
    for piece, _ in write_slices(checked.new, side=side, by=None, event=event):
        db.session.commit()
        done += len(piece)
        click.echo(f"{done} van {len(checked.new)} rijen geschreven", err=True)
    return imported_with(event.id)


def _checked(file: Path, side: Side, organisation: Organisation | None, find: FindOrganisation) -> Checked:
    content = file.read_bytes()
    try:
        sheet = read_sheet(content, file.name, by_command=True)
    except InvalidValue as refused:
        raise click.ClickException(sentence_for(refused)) from refused
    checked = check_sheet(
        sheet,
        side=side,
        fingerprint=fingerprint_of(content),
        organisation=organisation,
        find_organisation=find,
    )
    for name in checked.unknown_columns:
        click.echo(f"Kolom {name} kennen wij niet en slaan wij over.", err=True)
    for row in checked.bad:
        for problem in row.problems:
            click.echo(f"rij {row.number}. {cell_line(problem.column, problem.typed, problem.error)}", err=True)
    if checked.bad:
        raise click.ClickException(f"{len(checked.bad)} rijen kloppen nog niet. Er is niets ingelezen.")
    return checked


def _convert(file: Path, out: Path) -> None:
    rows: list[dict[str, str]] = []
    refused: list[Refused] = []
    for case in _cases(file):
        turned = row_of(case)
        if isinstance(turned, Refused):
            refused.append(turned)
        else:
            rows.append(turned)
    with out.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, HEADER, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)
    for each in refused:
        click.echo(f"{each.key} {each.title}: {each.reason}", err=True)
    counts = Counter((row["kant"], row["status"]) for row in rows)
    for (side, status), number in sorted(counts.items()):
        click.echo(f"{number} {side}, {status}")
    click.echo(f"{len(refused)} geweigerd")


def _cases(file: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except json.JSONDecodeError as error:
            raise click.ClickException(f"Regel {number} is geen JSON: {error.msg}") from error
        if not isinstance(case, dict):
            raise click.ClickException(f"Regel {number} is geen geval met velden.")
        yield case
