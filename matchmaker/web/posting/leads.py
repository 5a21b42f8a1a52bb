"""The fields of work and study a text points to, to tick beside the text: nothing is ticked for anyone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matchmaker.dutch.suggest import Suggested
from matchmaker.words.field_names import study_field_names, work_field_names


@dataclass(frozen=True, slots=True)
class Lead:
    """A field to tick, with the words of the text that led to it; none for one that was chosen by hand."""

    code: str
    name: str
    words: tuple[str, ...]
    chosen: bool


def work_leads(found: Sequence[Suggested], chosen: Sequence[str]) -> list[Lead]:
    """What is chosen first, then what the text points to."""
    return _leads(found, chosen, work_field_names)


def study_leads(found: Sequence[Suggested], chosen: Sequence[str]) -> list[Lead]:
    """The same for fields of study."""
    return _leads(found, chosen, study_field_names)


def _leads(
    found: Sequence[Suggested], chosen: Sequence[str], names_of: Callable[[Sequence[str]], list[str]]
) -> list[Lead]:
    words = {each.code: each.words[:3] for each in found}
    codes = list(dict.fromkeys([*chosen, *words]))
    return [
        Lead(code, name, words.get(code, ()), code in chosen) for code, name in zip(codes, names_of(codes), strict=True)
    ]
