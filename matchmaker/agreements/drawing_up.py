"""From an approved placement to a file that can be signed: drawn up, frozen, made by a job."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from matchmaker.accounts.models import Account
from matchmaker.agreements.content import content_of
from matchmaker.agreements.letters import invite_to_sign, tell_all
from matchmaker.agreements.models import Agreement, Signatory, kind_for
from matchmaker.agreements.rules import (
    OF_AN_ORGANISATION,
    check_days,
    check_english,
    check_parent,
    may_make,
    may_send,
    who_signs,
)
from matchmaker.agreements.states import UNDER_WAY, AgreementAction, AgreementState
from matchmaker.agreements.step import step
from matchmaker.agreements.templates import published_template
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import DomainError, InvalidMove, NotAllowed, NotFound
from matchmaker.files.actions import keep
from matchmaker.jobs.actions import advance, enqueue
from matchmaker.jobs.models import Job
from matchmaker.organisations.models import Organisation
from matchmaker.placements.actor import SYSTEM, Actor
from matchmaker.placements.arranging import check_recognition
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.signing import send_to_sign
from matchmaker.placements.states import PlacementAction, PlacementState

TASK = "make_agreements"
PDF = "application/pdf"
Render = Callable[[Agreement], bytes]


class NotAllMade(RuntimeError):
    """Some agreements of a job could not be made; the message names them by number."""


def draw_up(placement: Placement, *, by: Actor) -> Agreement:
    """The agreement of an approved placement, as a draft. A second time gives the same draft.

    Raises InvalidMove when the placement is not approved, InvalidValue for what may not be signed so.
    """
    if not may_make(by, placement):
        raise NotAllowed(action="draw_up", part=by.part.value)
    if placement.state is not PlacementState.APPROVED:
        raise InvalidMove(state=placement.state.value, action=PlacementAction.SEND.value)
    open_one = under_way(placement)
    if open_one is not None:
        return open_one
    check(placement)
    template = published_template(placement.institution_id)
    made = Agreement(
        placement=placement,
        number=next_number(placement),
        kind=kind_for(placement.institution.sector),
        state=AgreementState.DRAFT,
        template=template,
        content=content_of(placement, template),
    )
    db.session.add(made)
    put_signatories(made)
    step(made, AgreementAction.DRAW_UP, by=by)
    return made


def check(placement: Placement) -> None:
    """Nothing stands in the way of signing: days, recognition on the first one, a parent beside a minor, and where it
    was asked for the English of what the school wrote. Raises InvalidValue."""
    check_days(placement, placement.first_day, placement.last_day)
    assert placement.first_day is not None
    check_recognition(placement, placement.first_day)
    check_parent(placement, placement.first_day)
    if placement.in_english:
        check_english(published_template(placement.institution_id))


def send(agreements: Sequence[Agreement], *, by: Actor, organisation: Organisation) -> Job:
    """Freeze these drafts and queue the making of their files: one job, which goes on where it stopped."""
    for agreement in agreements:
        freeze(agreement, by=by)
    ids = [each.id for each in agreements]
    return enqueue(TASK, by=by.account, organisation_id=organisation.id, total=len(ids), agreements=ids)


def queue_making(placements: Sequence[Placement], *, by: Actor, organisation: Organisation) -> Job:
    """Let a job draw up, freeze and make the agreement of each of these, so that nobody waits for a long list."""
    ids = [each.id for each in placements]
    return enqueue(TASK, by=by.account, organisation_id=organisation.id, total=len(ids), placements=ids)


def freeze(agreement: Agreement, *, by: Actor) -> None:
    """The content as it stands now, and no other. Raises InvalidMove twice, InvalidValue for what may not be."""
    placement = agreement.placement
    if not may_send(by, agreement):
        raise NotAllowed(action="send", part=by.part.value)
    if not agreement.is_amendment:
        check(placement)
        agreement.template = published_template(placement.institution_id)
        agreement.content = content_of(placement, agreement.template)
        put_signatories(agreement)
    step(agreement, AgreementAction.SEND, by=by)
    if not agreement.is_amendment:
        send_to_sign(placement, by=by)


def put_signatories(agreement: Agreement, changed: Sequence[str] | None = None) -> None:
    """Who signs, from the people of the placement; for an organisation whoever may."""
    placement = agreement.placement
    wanted = who_signs(minor=bool(agreement.content["minor"]), changed=changed)
    agreement.signatories.clear()
    db.session.flush()
    agreement.signatories[:] = [_signatory(placement, part, position) for position, part in enumerate(wanted)]


def make_documents(job: Job, render: Render) -> Iterator[None]:
    """Make the file of each agreement of a job. The caller commits after each; one that was made is not made again.

    One that cannot be made does not hold up the others: it is tried once more at the end, and raises NotAllMade.
    """
    ids = job.values.get("placements") or job.values["agreements"]
    for place in range(job.done, len(ids)):
        job.result = {"failed": [*job.result.get("failed", []), *_failing(job, [ids[place]], render)]}
        advance(job, since=place, done=place + 1)
        yield
    job.result = {"failed": _failing(job, job.result.get("failed", []), render)}
    yield
    if job.result["failed"]:
        raise NotAllMade(job.result["failed"])


def _failing(job: Job, ids: Sequence[int], render: Render) -> list[int]:
    """Make these; returns those that could not be made, each left as it was."""
    failed = []
    for number in ids:
        try:
            with db.session.begin_nested():
                agreement = _drawn_up(job, number) if "placements" in job.values else db.session.get(Agreement, number)
                if agreement is not None:
                    make_document(agreement, render)
        except (RuntimeError, DomainError):
            failed.append(number)
    return failed


def _drawn_up(job: Job, number: int) -> Agreement | None:
    """The agreement of a placement, frozen by whoever asked for it; nothing for one that is gone."""
    placement = db.session.get(Placement, number)
    if placement is None:
        return None
    by = Actor(Part.COORDINATOR, db.session.get(Account, job.created_by_id))
    agreement = under_way(placement) or draw_up(placement, by=by)
    if agreement.state is AgreementState.DRAFT:
        freeze(agreement, by=by)
    return agreement


def make_document(agreement: Agreement, render: Render) -> None:
    """Make the file that is due: the one to sign, or the final one with the signatures. Otherwise nothing happens."""
    if agreement.state is AgreementState.MAKING:
        stored = _keep(agreement, render(agreement))
        agreement.document_id, agreement.document_hash, agreement.made_at = stored
        step(agreement, AgreementAction.MAKE, by=SYSTEM)
        invite_to_sign(agreement)
    elif agreement.state is AgreementState.SIGNED and not agreement.final_hash:
        agreement.final_id, agreement.final_hash, _ = _keep(agreement, render(agreement))
        db.session.flush()
        tell_all("agreement_signed", agreement)


def under_way(placement: Placement) -> Agreement | None:
    """The agreement or amendment that is drawn up, made or being signed; there is one at most."""
    return db.session.scalar(
        select(Agreement)
        .where(Agreement.placement_id == placement.id, Agreement.state.in_(UNDER_WAY))
        .order_by(Agreement.number.desc())
        .limit(1)
    )


def next_number(placement: Placement) -> int:
    """Agreements of a placement count from 1, amendments and withdrawn ones among them."""
    highest = select(func.max(Agreement.number)).where(Agreement.placement_id == placement.id)
    return (db.session.scalar(highest) or 0) + 1


def _signatory(placement: Placement, part: Part, position: int) -> Signatory:
    if part in OF_AN_ORGANISATION:
        organisation = placement.institution if part is Part.COORDINATOR else placement.municipality
        return Signatory(part=part, position=position, organisation=organisation, name=organisation.name)
    person = placement.person(part)
    if person is None:
        raise NotFound(part.value)
    return Signatory(
        part=part, position=position, person=person, account=person.account,
        name=person.display_name, address=person.email,
    )  # fmt: skip


def _keep(agreement: Agreement, content: bytes) -> tuple[int, str, datetime]:
    stored = keep(
        content,
        name=f"overeenkomst-{agreement.placement_id}-{agreement.number}.pdf",
        media_type=PDF,
        organisation_id=agreement.placement.institution_id,
        by=None,
    )
    return stored.id, stored.sha256, now()
