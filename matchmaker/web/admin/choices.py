"""Choices in the forms of the administration."""

from collections.abc import Iterable

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from matchmaker.organisations.models import Faculty, Organisation, Team
from matchmaker.reference import Breadth, study_fields, work_fields
from matchmaker.vocabulary import Role
from matchmaker.web.fields import options
from matchmaker.words.labels import choices


def role_choices(roles: Iterable[Role]) -> list[SelectChoice]:
    """Roles in the order of the vocabulary."""
    return options(choices(Role, only=frozenset(roles)))


def part_choices(parts: Iterable[Team | Faculty]) -> list[SelectChoice]:
    """Teams or faculties of one organisation, and none."""
    return options([("", _l("Geen")), *((str(each.id), each.name) for each in parts)])


def work_field_names() -> dict[str, str]:
    """The fields of municipal work by code, in the language of the page."""
    english = str(get_locale()) == "en"
    return {each.code: each.name_en if english else each.name_nl for each in work_fields()}


def work_field_choices() -> list[SelectChoice]:
    """The fields of municipal work."""
    return options(work_field_names().items())


def study_field_choices() -> list[SelectChoice]:
    """The detailed fields of study, and none."""
    english = str(get_locale()) == "en"
    detailed = (each for each in study_fields() if each.level is Breadth.DETAILED)
    names = [(each.code, f"{each.name_en if english else each.name_nl} ({each.code})") for each in detailed]
    return options([("", _l("Geen")), *names])


def chosen_part(parts: Iterable[Team | Faculty], number: str | None) -> Team | Faculty | None:
    """The team or faculty someone chose among these."""
    return next((each for each in parts if str(each.id) == number), None)


def has_teams(organisation: Organisation) -> bool:
    """A school has faculties, the others have teams."""
    return not organisation.is_institution
