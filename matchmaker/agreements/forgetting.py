"""When a placement is forgotten, its agreements go too: names, texts and files. What a file was can still be asked."""

from datetime import datetime

from sqlalchemy import select

from matchmaker.agreements.models import Agreement
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.files.actions import forget
from matchmaker.links.actions import revoke_links
from matchmaker.links.models import Purpose
from matchmaker.placements.models import Placement

MOST_AT_ONCE = 200
KEPT = ("kind", "placement_kind", "level", "programme", "school", "sector", "municipality", "first_day", "last_day")


def forget_agreements(moment: datetime) -> int:
    """Forget the agreements of placements that were forgotten. Returns how many."""
    rows = db.session.scalars(
        select(Agreement)
        .join(Agreement.placement)
        .where(Placement.forgotten_at.is_not(None), Agreement.forgotten_at.is_(None))
        .order_by(Agreement.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for agreement in rows:
        _forget(agreement, moment)
    return len(rows)


def _forget(agreement: Agreement, moment: datetime) -> None:
    for signatory in agreement.signatories:
        revoke_links(Purpose.SIGN_AGREEMENT, subject_id=signatory.id)
    agreement.signatories.clear()
    for event in agreement.events:
        event.note, event.actor_id = "", None
    agreement.content = {name: agreement.content.get(name, "") for name in KEPT} | {"title": "", "people": {}}
    agreement.proposed, agreement.changes, agreement.withdrawn_because = {}, [], ""
    files = [each for each in (agreement.document, agreement.final) if each is not None]
    agreement.document = agreement.final = None
    agreement.forgotten_at = moment
    db.session.flush()
    record("agreement.forget", about=agreement, by=None)
    for each in files:
        forget(each)
