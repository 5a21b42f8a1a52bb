"""Questions to a desk from people without an account: nothing happens until the address is confirmed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db, take_turn
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.links.actions import make_link
from matchmaker.links.models import Purpose
from matchmaker.listings.models import Need, VisitorRequest
from matchmaker.listings.writing import new_reference, sync_tags
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus, Side

MOST_A_DAY = 5
CONFIRM_DAYS = 7


def ask_without_account(
    municipality: Organisation,
    *,
    name: str,
    email: str,
    organisation_name: str,
    kind: Kind,
    title: str,
    text: str,
    language: str = "nl",
) -> VisitorRequest:
    """Keep the question and send a letter to confirm the address.

    Raises InvalidValue at `email` when five questions of this address wait for confirmation since a day: whoever
    types someone else's address cannot fill that person's mailbox.
    """
    address = email.strip().lower()
    take_turn(f"questions of {address}")
    if waiting(address) >= MOST_A_DAY:
        raise InvalidValue("email", "too_often", n=MOST_A_DAY)
    made = VisitorRequest(
        municipality=municipality,
        name=name.strip(),
        email=address,
        organisation_name=organisation_name.strip(),
        kind=kind,
        title=title.strip(),
        text=text.strip(),
        language=language,
    )
    db.session.add(made)
    db.session.flush()
    record("visitor_request.made", about=made, by=None, organisation=municipality)
    _ask_to_confirm(made)
    return made


def waiting(address: str) -> int:
    """How many questions of this address were asked in the last day and not confirmed."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(VisitorRequest)
            .where(
                VisitorRequest.email == address.strip().lower(),
                VisitorRequest.confirmed_at.is_(None),
                VisitorRequest.created_at > now() - timedelta(days=1),
            )
        )
        or 0
    )


def visitor_request(number: int) -> VisitorRequest:
    """One question with its municipality; raises NotFound when it is gone."""
    found = db.session.scalar(
        select(VisitorRequest)
        .where(VisitorRequest.id == number)
        .options(joinedload(VisitorRequest.municipality), joinedload(VisitorRequest.need))
    )
    if found is None:
        raise NotFound("visitor_request")
    return found


def confirm_request(made: VisitorRequest) -> Need:
    """The address is right: make the need that goes to the desk. It is never shown on public pages."""
    where = made.municipality
    need = Need(
        reference=new_reference(Side.NEED),
        kind=made.kind,
        status=ListingStatus.IN_CHECK,
        title=made.title,
        text=made.text,
        place=where.place,
        latitude=where.latitude,
        longitude=where.longitude,
        details={"on_behalf_of": made.organisation_name} if made.organisation_name else {},
        **{name: [] for name in ("work_fields", "study_fields", "levels", "tracks", "languages", "slots")},
    )
    db.session.add(need)
    db.session.flush()
    made.need, made.confirmed_at = need, now()
    sync_tags(need)
    record("visitor_request.confirmed", about=made, by=None, organisation=where)
    return need


def forget_unconfirmed(moment: datetime) -> int:
    """Remove questions nobody confirmed in time, names and all; returns how many."""
    old = VisitorRequest.created_at < moment - timedelta(days=CONFIRM_DAYS)
    return db.session.execute(delete(VisitorRequest).where(VisitorRequest.confirmed_at.is_(None), old)).rowcount


def _ask_to_confirm(made: VisitorRequest) -> None:
    queue_letter(
        "visitor_confirm",
        topic=Topic.ACCOUNT,
        address=made.email,
        name=made.name,
        language=made.language,
        link=make_link(Purpose.CONFIRM_REQUEST, subject_id=made.id, days=CONFIRM_DAYS),
        municipality=made.municipality.name,
        title=made.title,
        days=CONFIRM_DAYS,
    )
