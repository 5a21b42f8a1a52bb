"""Who signs what, whom a change touches, and what may not be sent to be signed."""

from collections.abc import Iterable
from datetime import date

from matchmaker.agreements.models import Agreement, AgreementTemplate
from matchmaker.errors import InvalidValue
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import check_period
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.rules import taken_mailbox
from matchmaker.placements.states import PlacementState

SIGNS = (Part.STUDENT, Part.PARENT, Part.COORDINATOR, Part.OFFICER)
"""In the order of the page. The school signs as its coordinator, the municipality as its desk."""
OF_AN_ORGANISATION = frozenset({Part.COORDINATOR, Part.OFFICER})
MAKES = frozenset({Part.COORDINATOR})
WITHDRAWS = OF_AN_ORGANISATION
AMENDS = OF_AN_ORGANISATION
OPEN_TO_AMENDMENT = frozenset({PlacementState.SIGNED, PlacementState.RUNNING})
"""What was signed can be changed until the placement has ended."""

_ALL = frozenset({Part.STUDENT, Part.COORDINATOR, Part.OFFICER})
TOUCHES: dict[str, frozenset[Part]] = {
    "assignment": _ALL,
    "goals": _ALL,
    "first_day": _ALL,
    "last_day": _ALL,
    "hours_per_week": _ALL,
    "weekdays": _ALL,
    "crebo": _ALL,
    "workplace": frozenset({Part.STUDENT, Part.OFFICER}),
    "mode": frozenset({Part.STUDENT, Part.OFFICER}),
    "allowance": frozenset({Part.STUDENT, Part.OFFICER}),
}
"""Who signs a change of what. Where it is and what is paid is no business of the school."""


def who_signs(*, minor: bool, changed: Iterable[str] | None = None) -> list[Part]:
    """The parts that sign: all, or with an amendment those whom it touches. A parent signs beside a minor."""
    touched = set(SIGNS) if changed is None else {part for name in changed for part in TOUCHES[name]}
    if Part.STUDENT in touched and minor:
        touched.add(Part.PARENT)
    elif not minor:
        touched.discard(Part.PARENT)
    return [part for part in SIGNS if part in touched]


def may_make(actor: Actor, placement: Placement) -> bool:
    """The school draws the agreement up."""
    return actor.part in MAKES


def may_send(actor: Actor, agreement: Agreement) -> bool:
    """Who draws a text up also sends it: an amendment school or desk, a first agreement the school."""
    return actor.part in (AMENDS if agreement.is_amendment else MAKES)


def may_withdraw(actor: Actor, agreement: Agreement) -> bool:
    """The school and the desk may take back what was not signed by all."""
    return actor.part in WITHDRAWS


def may_read(part: Part, agreement: Agreement) -> bool:
    """Whoever has a part in the placement reads its agreement; a parent the one they sign."""
    return part is not Part.PARENT or agreement.signatory(Part.PARENT) is not None


def check_parent(placement: Placement, day: date) -> None:
    """A parent with an address of their own. Raises InvalidValue at `parent`."""
    if not placement.is_minor_on(day):
        return
    parent = placement.person(Part.PARENT)
    if parent is None or not parent.email:
        raise InvalidValue("parent", "parent_needed")
    taken = taken_mailbox(placement, parent.email)
    if taken:
        raise InvalidValue("parent", taken)


def check_days(placement: Placement, first: date | None, last: date | None) -> None:
    """Both days are known and lie in one school year. Raises InvalidValue."""
    if first is None:
        raise InvalidValue("first_day", "required")
    if last is None:
        raise InvalidValue("last_day", "required")
    check_period(first, last)


def check_english(template: AgreementTemplate | None) -> None:
    """Who reads English reads the articles of the school too. Raises InvalidValue at `template`."""
    if template is not None and not template.is_in_english:
        raise InvalidValue("template", "english_articles_missing")
