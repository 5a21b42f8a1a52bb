"""The names of fields of work and study, in the language of the page."""

from collections.abc import Mapping, Sequence
from functools import cache

from matchmaker.reference import StudyField, WorkField, study_field, study_fields, work_field, work_fields
from matchmaker.words.language import in_english


def field_names() -> Mapping[str, str]:
    """The name of each field of work and study by its code."""
    return _by_code(in_english())


def field_name(field: WorkField | StudyField) -> str:
    """Ruimtelijke ordening en omgevingswet."""
    return field.name_en if in_english() else field.name_nl


def work_field_names(codes: Sequence[str]) -> list[str]:
    """Names of fields of municipal work. Raises KeyError for a code that is none."""
    return [field_name(work_field(code)) for code in codes]


def study_field_names(codes: Sequence[str]) -> list[str]:
    """Names of ISCED-F fields. Raises KeyError for a code that is none."""
    return [field_name(study_field(code)) for code in codes]


@cache
def _by_code(english: bool) -> Mapping[str, str]:
    return {each.code: each.name_en if english else each.name_nl for each in (*work_fields(), *study_fields())}
