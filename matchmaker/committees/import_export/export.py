"""Committees as a table that can be read in again. No cell can become a formula."""

from collections.abc import Iterable, Iterator

from matchmaker.committees.import_export import columns
from matchmaker.committees.import_export.columns import COLUMNS
from matchmaker.committees.models import Committee, Seat, Term
from matchmaker.committees.states import TermState
from matchmaker.listings.import_export.cells import defused, write_cell

TOLD = (TermState.RUNNING, TermState.ENDED)


def rows(committees: Iterable[Committee]) -> Iterator[list[str]]:
    """The header, then a row for each term of each seat; a seat nobody ever sat on has one row."""
    yield [column.name for column in COLUMNS]
    for committee in committees:
        for seat in committee.standing:
            terms: list[Term | None] = [each for each in seat.terms if each.state in TOLD and not each.forgotten_at]
            for term in terms or [None]:
                cells = {**_of_committee(committee), **_of_seat(seat), **(_of_term(term) if term else {})}
                yield [defused(cells.get(column.field, "")) for column in COLUMNS]


def template() -> list[list[str]]:
    """The columns and one example row to type over."""
    return [[column.name for column in COLUMNS], list(columns.EXAMPLE)]


def explanation() -> list[list[str]]:
    """What each column holds, for the second sheet."""
    return [["kolom", "wat u invult"], *([column.name, column.explanation] for column in COLUMNS)]


def _of_committee(committee: Committee) -> dict[str, str]:
    return {
        "committee": committee.name,
        "kind": columns.KINDS[committee.kind][0],
        "faculty": committee.faculty.name,
        "programme": committee.programme.name if committee.programme else "",
        "purpose": committee.purpose,
        "term_years": str(committee.term_years),
        "renewals": str(committee.renewals),
        "meetings_per_year": str(committee.meetings_per_year),
    }


def _of_seat(seat: Seat) -> dict[str, str]:
    return {
        "seat": seat.name,
        "work_field": seat.work_field,
        "size": columns.SIZES[seat.size][0] if seat.size else "",
        "level": write_cell("levels", [seat.level]) if seat.level else "",
        "profile": seat.profile,
    }


def _of_term(term: Term) -> dict[str, str]:
    return {
        "name": term.display_name,
        "email": term.email,
        "job_title": term.job_title,
        "organisation_name": term.organisation_name,
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat(),
    }
