"""Agreements in the demo: made, and signed by everyone or by the student alone; one school has articles of its own."""

from sqlalchemy import select

from matchmaker.agreements.drawing_up import TASK, draw_up, freeze, make_document
from matchmaker.agreements.models import Signatory
from matchmaker.agreements.signing import sign
from matchmaker.agreements.templates import OwnArticle, publish_template, published_template, write_template
from matchmaker.database import db
from matchmaker.documents.agreement import render_agreement
from matchmaker.jobs.actions import finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part

OWN_ARTICLES = (
    OwnArticle(
        "Reiskosten",
        "De student reist met de studentenkaart. Andere reizen voor het werk betaalt de gemeente.",
        "Travel costs",
        "The student travels with the student card. The municipality pays other travel for work.",
    ),
    OwnArticle(
        "Terugkomdagen",
        "De student is zes keer een dag op school. De school geeft de data voor de start.",
        "Days at school",
        "The student is at school six times for a day. The school gives the dates before the start.",
    ),
)
ORIGIN = "192.0.2.17"


def sign_agreement(placement: Placement, *, coordinator: Actor, officer: Actor, by_all: bool) -> None:
    """Draw up, make and sign; without `by_all` only the student has signed."""
    assert coordinator.account is not None
    if published_template(placement.institution_id) is None:
        draft = write_template(placement.institution, preamble="", articles=OWN_ARTICLES, by=coordinator.account)
        publish_template(draft, by=coordinator.account)
    agreement = draw_up(placement, by=coordinator)
    freeze(agreement, by=coordinator)
    make_document(agreement, render_agreement)
    lines = list(agreement.signatories)
    for line in lines if by_all else lines[:1]:
        _sign(line, {Part.COORDINATOR: coordinator, Part.OFFICER: officer}.get(line.part))
    if by_all:
        make_document(agreement, render_agreement)
        _finish_job()


def _sign(line: Signatory, for_organisation: Actor | None) -> None:
    account = for_organisation.account if for_organisation else line.account
    name = account.display_name if account else line.name
    sign(line, name=name, agreed=True, document_hash=line.agreement.document_hash, origin=ORIGIN, by=account)


def _finish_job() -> None:
    """The final file was made here; its job has nothing left to do."""
    query = select(Job).where(Job.task == TASK, Job.state == JobState.WAITING).order_by(Job.id.desc()).limit(1)
    finish_job(db.session.scalars(query).one())
