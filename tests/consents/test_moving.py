"""Consents that were kept where they were given move to rows of their own, and back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from matchmaker import create_app
from matchmaker.database import db
from tests.conftest import settings_for

GIVEN, TAKEN_BACK = datetime(2026, 3, 1, 9, 30, tzinfo=UTC), datetime(2026, 4, 2, 10, 0, tzinfo=UTC)
_numbers = count(1)


def test_consents_move_to_their_own_rows_and_back(new_database: Callable[[], str], tmp_path: Path) -> None:
    app = create_app(settings_for(new_database(), tmp_path))
    with app.app_context():
        upgrade(revision="0018")
        with db.engine.begin() as connection:
            before = fill(connection)
        upgrade(revision="0019")
        with db.engine.begin() as connection:
            rows = [
                tuple(row)
                for row in connection.execute(
                    sa.text("SELECT purpose, text_version, language, account_id, address, given_at, withdrawn_at "
                            "FROM consents ORDER BY id")
                )
            ]  # fmt: skip
            assert [row[:5] for row in rows] == [
                ("follow_after_placement", 1, "", None, "noor@student.example"),
                ("show_product", 1, "", None, "noor@student.example"),
                ("show_finished_work", 1, "", before["account"], ""),
            ]
            assert [(str(row[5])[:16], str(row[6])[:16]) for row in rows] == [
                ("2026-03-01 09:30", "None"), ("2026-03-01 09:30", "2026-04-02 10:00"),
                ("2026-03-01 09:30", "2026-04-02 10:00"),
            ]  # fmt: skip
            assert len(set(pointers(connection))) == 3
        downgrade(revision="0018")
        with db.engine.begin() as connection:
            assert state(connection) == before["state"]
        db.session.remove()
        db.engine.dispose()


def fill(connection: sa.Connection) -> dict[str, Any]:
    """A placement with both consents of a student without an account, and finished work that was hidden again."""
    account = row(connection, "accounts")
    placement = row(connection, "placements")
    row(connection, "placement_people", placement_id=placement, part="student", address="Noor@Student.example",
        account_id=None)  # fmt: skip
    row(connection, "follow_ons", placement_id=placement, consented_at=GIVEN, withdrawn_at=None)
    row(connection, "placement_products", placement_id=placement, consented_at=GIVEN, withdrawn_at=TAKEN_BACK)
    row(connection, "finished_works", consented_by_id=account, consented_at=GIVEN, withdrawn_at=TAKEN_BACK)
    return {"account": account, "state": state(connection)}


def row(connection: sa.Connection, name: str, **values: Any) -> int:
    """Insert the least a table takes, with the rows it leans on."""
    table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
    for column in table.columns:
        if column.name in values or column.nullable or column.name == "id":
            continue
        keys = list(column.foreign_keys)
        values[column.name] = row(connection, keys[0].target_fullname.split(".")[0]) if keys else plain(column)
    values["id"] = next(_numbers)
    connection.execute(table.insert().values(values))
    return int(values["id"])


def plain(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return GIVEN
    if isinstance(kind, sa.Date):
        return date(2027, 1, 1)
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.Integer | sa.Float):
        return 0 if column.name == "places_taken" else next(_numbers) % 100
    length = getattr(kind, "length", None) or 20
    return str(next(_numbers)).rjust(min(length, 6), "x")[:length]


def pointers(connection: sa.Connection) -> list[Any]:
    names = ("follow_ons", "placement_products", "finished_works")
    return [connection.execute(sa.text(f"SELECT consent_id FROM {name}")).scalar() for name in names]  # noqa: S608


def state(connection: sa.Connection) -> list[tuple[str, str]]:
    """What each of the three rows said of its consent."""
    found = []
    for name in ("follow_ons", "placement_products", "finished_works"):
        one = connection.execute(sa.text(f"SELECT consented_at, withdrawn_at FROM {name}")).one()  # noqa: S608
        found.append((str(one[0])[:16], str(one[1])[:16]))
    return found
