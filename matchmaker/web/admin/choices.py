"""Choices in the forms of the administration."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from matchmaker.organisations.models import Faculty, Organisation, Team
from matchmaker.reference import Breadth, study_fields, work_fields
from matchmaker.vocabulary import Role
from matchmaker.web.fields import options
from matchmaker.words.field_names import field_name
from matchmaker.words.labels import choices


def role_choices(roles: Iterable[Role]) -> list[SelectChoice]:
    """Roles in the order of the vocabulary."""
    return options(choices(Role, only=frozenset(roles)))


def part_choices(parts: Iterable[Team | Faculty]) -> list[SelectChoice]:
    """Teams or faculties of one organisation, and none."""
    return options([("", _l("Geen")), *((str(each.id), each.name) for each in parts)])


def work_field_choices() -> list[SelectChoice]:
    """The fields of municipal work."""
    return options((each.code, field_name(each)) for each in work_fields())


def study_field_choices() -> list[SelectChoice]:
    """The detailed fields of study, and none."""
    detailed = (each for each in study_fields() if each.level is Breadth.DETAILED)
    names = [(each.code, f"{field_name(each)} ({each.code})") for each in detailed]
    return options([("", _l("Geen")), *names])


def chosen_part(parts: Iterable[Team | Faculty], number: str | None) -> Team | Faculty | None:
    """The team or faculty someone chose among these."""
    return next((each for each in parts if str(each.id) == number), None)


def has_teams(organisation: Organisation) -> bool:
    """A school has faculties, the others have teams."""
    return not organisation.is_institution
