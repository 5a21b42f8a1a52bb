"""The agreement as everyone in a placement reads it, also who does not sign it: a trainer, a supervisor."""

from dataclasses import dataclass

from matchmaker.agreements.models import Agreement
from matchmaker.agreements.queries import agreements_of
from matchmaker.agreements.rules import may_read
from matchmaker.agreements.states import AgreementState
from matchmaker.errors import NotFound
from matchmaker.placements.parts import Part
from matchmaker.web.agreements.files import readable_pdf
from matchmaker.web.together.placements.door import Answer, Seat, both_doors
from matchmaker.words.agreements import STATES, signs_as, title_of
from matchmaker.words.dates import say_moment

SHOWN = frozenset({AgreementState.SIGNING, AgreementState.SIGNED})


@dataclass(frozen=True, slots=True)
class Paper:
    """The text that waits for signatures or holds: who signs, who did, and whether the reader still has to."""

    title: str
    state: str
    signers: list[tuple[str, str, str]]
    signed: frozenset[Part]
    reader_signs: bool


@both_doors("/overeenkomst.pdf")
def download_agreement(seat: Seat) -> Answer:
    """The newest text: the one to sign, or the one with the signatures."""
    found = _newest(seat)
    if found is None:
        raise NotFound("document")
    return readable_pdf(found)


def paper_of(seat: Seat) -> Paper | None:
    """What the page of the placement says of its agreement; None while there is none to read."""
    found = _newest(seat)
    if found is None:
        return None
    return Paper(
        title=title_of(found),
        state=str(STATES[found.state]),
        signers=[
            (each.signed_name or each.name, signs_as(each), say_moment(each.signed_at)) for each in found.signatories
        ],
        signed=frozenset(each.part for each in found.signatories if each.signed_at is not None),
        reader_signs=any(each.part is seat.actor.part for each in found.to_sign),
    )


def _newest(seat: Seat) -> Agreement | None:
    found = next((each for each in agreements_of(seat.placement) if each.state in SHOWN), None)
    return found if found is not None and may_read(seat.actor.part, found) else None
