"""Changing what was signed: a new text that shows the difference, signed by those whom it touches."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matchmaker.agreements.content import amended, differences, proposal_of
from matchmaker.agreements.drawing_up import next_number, put_signatories, under_way
from matchmaker.agreements.models import Agreement
from matchmaker.agreements.rules import AMENDS, OPEN_TO_AMENDMENT, check_days, check_parent
from matchmaker.agreements.states import AgreementAction, AgreementState
from matchmaker.agreements.step import step
from matchmaker.clock import today
from matchmaker.competences.models import Competence
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements.actor import SYSTEM, Actor
from matchmaker.placements.arranging import Goal, clean, recognition_on
from matchmaker.placements.models import Placement
from matchmaker.placements.signing import amend
from matchmaker.vocabulary import Mode


def draft_amendment(agreement: Agreement, values: Mapping[str, Any], goals: Sequence[Goal], *, by: Actor) -> Agreement:
    """A new text with these values instead. Writing the draft again replaces it.

    Raises InvalidMove when there is nothing signed to change or something else is under way, InvalidValue at the field
    that cannot be, at `changes` when nothing changes, at `crebo` without a recognition on the new first day.
    """
    placement = agreement.placement
    if by.part not in AMENDS:
        raise NotAllowed(action="amend", part=by.part.value)
    if not may_amend(agreement):
        raise InvalidMove(state=agreement.state.value, action="amend")
    checked = clean(values, is_mbo=placement.is_mbo)
    check_days(placement, checked["first_day"], checked["last_day"])
    if placement.started_at is not None and checked["first_day"] != placement.first_day:
        raise InvalidValue("first_day", "started_already")
    _check_recognition(placement, checked["crebo"], checked["first_day"])
    check_parent(placement, max(checked["first_day"], today()))
    proposed = proposal_of(checked, goals)
    content = amended(agreement.content, placement, proposed)
    changes = differences(agreement.content, content)
    if not changes:
        raise InvalidValue("changes", "nothing_changed")
    draft = under_way(placement) or _new(agreement)
    draft.content, draft.proposed, draft.changes = content, proposed, changes
    put_signatories(draft, [each["name"] for each in changes])
    step(draft, AgreementAction.DRAW_UP, by=by)
    return draft


def may_amend(agreement: Agreement) -> bool:
    """Whether this text stands, and nothing else waits to be signed for the placement."""
    if agreement.state is not AgreementState.SIGNED or agreement.placement.state not in OPEN_TO_AMENDMENT:
        return False
    other = under_way(agreement.placement)
    return other is None or (other.state is AgreementState.DRAFT and other.amends_id == agreement.id)


def take_effect(amendment: Agreement) -> None:
    """All whom it touches have signed: the arrangement becomes what was signed, the text before it is replaced."""
    assert amendment.amends is not None
    step(amendment.amends, AgreementAction.REPLACE, by=SYSTEM)
    values, goals = _as_arranged(amendment.proposed)
    values["interim_on"] = _interim_within(amendment.placement, values["first_day"], values["last_day"])
    amend(amendment.placement, values, goals, by=SYSTEM)


def _new(agreement: Agreement) -> Agreement:
    made = Agreement(
        placement=agreement.placement,
        number=next_number(agreement.placement),
        kind=agreement.kind,
        state=AgreementState.DRAFT,
        amends=agreement,
        template=agreement.template,
    )
    db.session.add(made)
    return made


def _check_recognition(placement: Placement, crebo: str, first_day: date) -> None:
    if placement.is_mbo and recognition_on(placement.municipality_id, crebo, first_day) is None:
        raise InvalidValue("crebo", "not_recognised", crebo=crebo)


def _as_arranged(proposed: Mapping[str, Any]) -> tuple[dict[str, Any], list[Goal]]:
    values = {name: value for name, value in proposed.items() if name != "goals"}
    for name in ("first_day", "last_day"):
        values[name] = date.fromisoformat(values[name])
    values["mode"] = Mode(values["mode"]) if values["mode"] else None
    goals = [
        Goal(each["text"], db.session.get(Competence, each["competence_id"]) if each["competence_id"] else None,
             each["level"])
        for each in proposed["goals"]
    ]  # fmt: skip
    return values, goals


def _interim_within(placement: Placement, first: date, last: date) -> date | None:
    """The day of the interim evaluation, unless the new days leave it outside."""
    day = placement.interim_on
    return day if day is not None and first <= day <= last else None
