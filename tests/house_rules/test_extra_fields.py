"""A form takes its own fields and no others: whoever adds the name of a column changes nothing with it.

Every form of the demo is sent twice, as a person would and with a field for every other column there is; what is
written must be the same.
"""

import re
from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import event

from matchmaker.database import Base
from tests.house_rules.grounds import Grounds, Target

SMUGGLED_ID = 987_654_321
SMUGGLED_TEXT = "binnengesmokkeld"
NAMED = {
    "role": "platform_admin", "status": "published", "state": "agreed", "kind": "course", "is_admin": "1",
    "account_id": str(SMUGGLED_ID), "owner": str(SMUGGLED_ID), "organisation": str(SMUGGLED_ID), "next": "/beheer",
    "_method": "DELETE", "by": str(SMUGGLED_ID),
}  # fmt: skip
_RANDOM = re.compile(r"<memory at 0x[0-9a-f]+>|\$argon2.*|[0-9a-f]{16,}|[A-Za-z0-9_-]{43,}|\b[ASV][0-9A-Z]{5,8}\b|\d+")
LEAST_WRITING = 30


def smuggled() -> dict[str, str]:
    """A value for every column of every table, as its type would take it."""
    by_type = {int: str(SMUGGLED_ID), bool: "1", datetime: "2001-01-01T00:00", date: "2001-01-01"}
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return {**{each.name: by_type.get(_python_type(each), SMUGGLED_TEXT) for each in columns}, **NAMED}


def _python_type(column: Any) -> type:
    try:
        return column.type.python_type
    except NotImplementedError:
        return str


class Writes:
    """What a connection is asked to change, with numbers, moments and random words taken out."""

    def __init__(self, connection: object) -> None:
        self.connection, self.seen, self.raw = connection, Counter[str](), ""

    def _note(self, _c: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            self.raw += f"{parameters}"
            self.seen[_RANDOM.sub("#", f"{statement} {parameters}")] += 1

    def __enter__(self) -> "Writes":
        event.listen(self.connection, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self.connection, "before_cursor_execute", self._note)


def sent(grounds: Grounds, target: Target, extra: dict[str, str]) -> tuple[Writes, str | None]:
    target.form.inputs.pop("submission_key", None)
    added = {name: value for name, value in extra.items() if name not in target.form.inputs}
    with Writes(grounds.connection) as writes:
        answer, _ = grounds.post_pairs(target, [*target.form.pairs(), *added.items()])
    return writes, _RANDOM.sub("#", answer.location or "")


def test_a_field_that_is_not_on_the_form_changes_nothing(grounds: Grounds) -> None:
    extra, wrong, writing = smuggled(), [], 0
    extra.pop("key")
    for target in grounds.targets:
        (plain, there), (padded, elsewhere) = sent(grounds, target, {}), sent(grounds, target, extra)
        writing += bool(plain.seen)
        if str(SMUGGLED_ID) in padded.raw or SMUGGLED_TEXT in padded.raw:
            wrong.append(f"{target.endpoint}: it was written")
        more = (padded.seen - plain.seen) + (plain.seen - padded.seen)
        if more or there != elsewhere:
            wrong.append(f"{target.endpoint} as {target.role}: {there} {elsewhere} {list(more)[:3]!r:.600}")
    assert wrong == []
    assert writing > LEAST_WRITING
