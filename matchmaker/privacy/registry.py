"""Every column with its class, straight from the tables, so that nothing said of them can differ from the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column

from matchmaker.classification import Classified, Keep, What, Whose, Why
from matchmaker.database import Base

OF_PEOPLE = frozenset({Whose.ACCOUNT, Whose.OUTSIDER, Whose.STUDENT})


@dataclass(frozen=True, slots=True)
class Processing:
    """One purpose: of whom, what, for how long, and in which tables. One line of the record (AVG, article 30)."""

    why: Why
    whose: frozenset[Whose]
    what: frozenset[What]
    keeps: frozenset[Keep]
    tables: tuple[str, ...]


def class_of(column: Column[object]) -> Classified:
    """What a column holds, of whom, why and how long."""
    found: Classified = column.info["classified"]
    return found


def all_columns() -> Iterator[Column[object]]:
    """Every column of the database, by table, parents first."""
    for table in Base.metadata.sorted_tables:
        yield from table.columns


def columns_of_people() -> Iterator[Column[object]]:
    """The columns that hold something of a person."""
    return (column for column in all_columns() if class_of(column).whose in OF_PEOPLE)


def record_of_processing() -> list[Processing]:
    """One line per purpose for which something of a person is kept, in the order of `Why`."""
    found = []
    for why in Why:
        columns = [column for column in columns_of_people() if class_of(column).why is why]
        rules = [class_of(column) for column in columns]
        if columns:
            found.append(
                Processing(
                    why,
                    frozenset(rule.whose for rule in rules),
                    frozenset(rule.what for rule in rules),
                    frozenset(rule.keep for rule in rules),
                    tuple(sorted({column.table.name for column in columns})),
                )
            )
    return found


def columns_matched_on() -> list[Column[object]]:
    """What matching may read: of nobody's person, public, kept to bring supply and demand together."""
    rule = (What.PUBLIC, Whose.ORGANISATION, Why.MATCH)
    return [each for each in Base.metadata.tables["listings"].columns if _kind(each) == rule]


def columns_of_wishes() -> list[Column[object]]:
    """What a student said to look for, read to find places for that student alone."""
    table = Base.metadata.tables["student_profiles"]
    return [each for each in table.columns if class_of(each).whose is Whose.STUDENT and class_of(each).why is Why.MATCH]


def _kind(column: Column[object]) -> tuple[What, Whose, Why]:
    found = class_of(column)
    return found.what, found.whose, found.why
