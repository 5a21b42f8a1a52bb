"""Signing, taking back, and what happens when all have signed.

A signature belongs to one file: the hash that was shown comes along, and nobody's signature moves to another text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update

from matchmaker.accounts.models import Account
from matchmaker.agreements.amending import take_effect
from matchmaker.agreements.content import arranged, differences, names
from matchmaker.agreements.drawing_up import TASK
from matchmaker.agreements.letters import tell_all
from matchmaker.agreements.models import Agreement, Signatory
from matchmaker.agreements.rules import OPEN_TO_AMENDMENT, may_withdraw
from matchmaker.agreements.states import AgreementAction, AgreementState, allows
from matchmaker.agreements.step import step
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.jobs.actions import enqueue
from matchmaker.placements.actor import SYSTEM, Actor
from matchmaker.placements.signing import signed_by_all, withdraw_agreement
from matchmaker.placements.states import PlacementAction, PlacementState
from matchmaker.placements.states import allows as placement_allows

LONGEST_NAME = 120
LONGEST_ORIGIN = 80


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of signing many at once: which were signed, and why the others were not."""

    done: list[Signatory]
    refused: list[tuple[Signatory, str]]


def sign(
    signatory: Signatory, *, name: str, agreed: bool, document_hash: str, origin: str, by: Account | None
) -> Signatory:
    """Put one signature under the file that was shown.

    Raises InvalidMove when there is nothing to sign any more, InvalidValue at `name`, `agreed` or `document`:
    `signed_already`, `text_changed` (another file than was shown, or other arrangements than are in it).
    """
    agreement, name = signatory.agreement, " ".join(name.split())
    refusal = why_not(signatory)
    if refusal:
        raise InvalidValue("document", refusal)
    if not name:
        raise InvalidValue("name", "required")
    if len(name) > LONGEST_NAME:
        raise InvalidValue("name", "text_too_long", n=LONGEST_NAME)
    if not agreed:
        raise InvalidValue("agreed", "agreement_needed")
    if document_hash != agreement.document_hash:
        raise InvalidValue("document", "text_changed")
    _put(signatory, name=name, origin=origin, by=by)
    step(agreement, AgreementAction.SIGN, by=_actor(signatory, by), signed=signatory.part.value)
    if not agreement.to_sign:
        _complete(agreement)
    return signatory


def why_not(signatory: Signatory) -> str:
    """Why this cannot be signed now, as a code; empty when it can."""
    agreement = signatory.agreement
    if signatory.signed_at is not None:
        return "signed_already"
    if agreement.state is AgreementState.WITHDRAWN:
        return "agreement_withdrawn"
    if agreement.state is not AgreementState.SIGNING:
        return "not_to_sign"
    return "" if still_holds(agreement) else "text_changed"


def sign_many(signatories: Sequence[Signatory], *, name: str, hashes: dict[int, str], agreed: bool, origin: str,
              by: Account) -> Signed:  # fmt: skip
    """One name under several files, each with the hash it was shown with. What cannot be signed stays as it was."""
    done, refused = list[Signatory](), list[tuple[Signatory, str]]()
    for each in signatories:
        try:
            shown = hashes.get(each.id, "")
            done.append(sign(each, name=name, agreed=agreed, document_hash=shown, origin=origin, by=by))
        except InvalidValue as error:
            if error.field != "document":
                raise
            refused.append((each, error.reason))
    return Signed(done, refused)


def withdraw(agreement: Agreement, *, note: str, by: Actor) -> None:
    """Take back what was not signed by all; everyone who was asked hears why. Raises InvalidValue at `note`."""
    if by.part is not SYSTEM.part and not may_withdraw(by, agreement):
        raise NotAllowed(action="withdraw", part=by.part.value)
    if not note.strip():
        raise InvalidValue("note", "required")
    was_shown = agreement.state is AgreementState.SIGNING
    step(agreement, AgreementAction.WITHDRAW, by=by, note=note.strip())
    agreement.withdrawn_because = note.strip()
    placement = agreement.placement
    if not agreement.is_amendment and placement_allows(placement.state, PlacementAction.WITHDRAW):
        withdraw_agreement(placement, by=by, note=note.strip())
    if was_shown:
        tell_all("agreement_withdrawn", agreement, note=note.strip())


def still_holds(agreement: Agreement) -> bool:
    """Whether the placement still waits for this text: nothing else was arranged, nobody stepped out."""
    placement, before = agreement.placement, agreement.amends or agreement
    states = OPEN_TO_AMENDMENT if agreement.is_amendment else {PlacementState.SIGNING}
    if placement.state not in states or agreement.content["people"] != names(placement):
        return False
    return not differences(before.content, arranged(placement))


def _put(signatory: Signatory, *, name: str, origin: str, by: Account | None) -> None:
    """Of two who sign the same line at once, one does: the other finds it signed."""
    done = db.session.execute(
        update(Signatory)
        .where(Signatory.id == signatory.id, Signatory.signed_at.is_(None))
        .values(
            signed_at=now(),
            signed_name=name,
            origin=origin[:LONGEST_ORIGIN],
            signed_hash=signatory.agreement.document_hash,
            account_id=by.id if by else signatory.account_id,
        )
    )
    if done.rowcount != 1:
        raise InvalidValue("document", "signed_already")
    db.session.refresh(signatory)


def _complete(agreement: Agreement) -> None:
    if not allows(agreement.state, AgreementAction.COMPLETE):
        raise InvalidMove(state=agreement.state.value, action=AgreementAction.COMPLETE.value)
    step(agreement, AgreementAction.COMPLETE, by=SYSTEM)
    agreement.signed_at = now()
    if agreement.is_amendment:
        take_effect(agreement)
    else:
        signed_by_all(agreement.placement, by=SYSTEM)
    enqueue(TASK, by=None, organisation_id=agreement.placement.institution_id, total=1, agreements=[agreement.id])


def _actor(signatory: Signatory, by: Account | None) -> Actor:
    return Actor(signatory.part, by, signatory.person)
