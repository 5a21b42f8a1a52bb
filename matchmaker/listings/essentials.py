"""What a reader of this kind of posting looks for, and whether it is there."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.dutch.mentions import mentioned
from matchmaker.listings.kinds import USEFUL
from matchmaker.vocabulary import Kind

ALSO_SAID_BY = {"duration_weeks": "ends_on", "hours_min": "hours_max", "allowance_min": "allowance_note"}
"""A field that says the same in another way."""


@dataclass(frozen=True, slots=True)
class Essential:
    """One thing readers look for, by the name of its field. `in_text_only`: the text says it, the field does not."""

    name: str
    done: bool
    in_text_only: bool = False


def essentials(kind: Kind, values: Mapping[str, object]) -> tuple[Essential, ...]:
    """Title, text and what else this kind needs, as far as this side is asked it, in the order readers look."""
    said = mentioned(f"{values.get('title') or ''}\n{values.get('text') or ''}")
    wanted = [name for name in ("title", "text", *USEFUL[kind]) if name in values]
    return tuple(_looked_at(name, values, said) for name in wanted)


def _looked_at(name: str, values: Mapping[str, object], said: frozenset[str]) -> Essential:
    filled = any(
        values.get(field) not in (None, "", [], ()) for field in (name, ALSO_SAID_BY.get(name, name)) if field in values
    )
    return Essential(name, filled or name in said, name in said and not filled)
