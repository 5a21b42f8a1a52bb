"""A municipality with a desk of its own joins the desk of a region, or takes its desk up again.

Everything that is open moves along in one act: nobody who asked waits longer or hears of it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.loading import whole
from matchmaker.matches.models import Match, Party
from matchmaker.matches.readers import stand_in
from matchmaker.matches.states import ENDED, Action, State
from matchmaker.organisations.administration import desk_held_by
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.organisations.queries import active_memberships, desk_officers
from matchmaker.vocabulary import OrganisationKind


@dataclass(frozen=True, slots=True)
class Move:
    """What would move: the open items, first what is due first, and how many proposals nobody has taken up yet."""

    municipality: Organisation
    source: Desk
    target: Desk
    items: Sequence[Match]
    proposals: int


def joining(municipality: Organisation, region: Organisation) -> Move:
    """What moves when a municipality gives up its own desk for that of a region.

    Raises InvalidValue at `municipality` when it holds no open desk, or when that desk serves others too.
    """
    own, target = municipality.desk, region.desk
    if not municipality.is_municipality or own is None or own.holder_id != municipality.id:
        raise InvalidValue("municipality", "unknown_municipality")
    if region.kind is not OrganisationKind.REGION or target is None:
        raise InvalidValue("municipality", "unknown_code")
    if any(each.id != municipality.id for each in own.serves):
        raise InvalidValue("municipality", "serves_others")
    return _move(municipality, own, target)


def leaving(municipality: Organisation, region: Organisation) -> Move:
    """What moves when a municipality of the region opens the desk it held before again.

    Raises InvalidValue at `municipality` when it is not of this region or never held a desk.
    """
    own = desk_held_by(municipality)
    if region.kind is not OrganisationKind.REGION or region.desk is None or own is None:
        raise InvalidValue("municipality", "unknown_municipality")
    if municipality.desk_id != region.desk.id or own.id == region.desk.id:
        raise InvalidValue("municipality", "unknown_municipality")
    return _move(municipality, region.desk, own)


def carry_out(move: Move, *, by: Account) -> int:
    """Move the desk with everything that is open; returns how many items that were.

    Deadlines stay as promised. An owner who does not work at the new desk lets go of the item. Each item shows the move
    in its history and has its own line in the log; owners and the new desk get one letter each.
    """
    items = _open_items(move.municipality, move.source, lock=True)
    letters: Counter[Account] = Counter()
    for match in items:
        letters.update(_readers(match, move))
        if match.owner is not None and not _works_at(match.owner, move):
            match.owner = None
        match.desk = move.target
        match.move(Action.ASSIGN, by=by, as_party=Party.MUNICIPALITY, to=move.target.name)
        db.session.flush()
        record(
            "match.move_desk", about=match, by=by, organisation=move.municipality,
            source=move.source.id, target=move.target.id,
        )  # fmt: skip
    db.session.execute(
        update(Match)
        .where(*_belongs(move.municipality, move.source), Match.state == State.PROPOSED)
        .values(desk_id=move.target.id)
        .execution_options(synchronize_session=False)
    )
    move.municipality.desk_id = move.target.id
    db.session.flush()
    db.session.expire(move.municipality, ["desk"])
    leaves = move.target.holder_id == move.municipality.id
    record(
        "leave_desk" if leaves else "join_desk", about=move.target, by=by, organisation=move.municipality,
        items=len(items),
    )  # fmt: skip
    for reader, number in letters.items():
        queue_letter(
            "desk_moved", topic=Topic.REQUESTS, to=reader, path="/start", municipality=move.municipality.name,
            desk=move.target.name, number=number,
        )  # fmt: skip
    return len(items)


def _move(municipality: Organisation, source: Desk, target: Desk) -> Move:
    proposals = select(func.count(Match.id)).where(*_belongs(municipality, source), Match.state == State.PROPOSED)
    return Move(municipality, source, target, _open_items(municipality, source), db.session.scalar(proposals) or 0)


def _open_items(municipality: Organisation, desk: Desk, *, lock: bool = False) -> Sequence[Match]:
    query = select(Match).where(*_belongs(municipality, desk), Match.state.not_in({*ENDED, State.PROPOSED}))
    if lock:
        db.session.scalars(query.order_by(Match.id).with_for_update()).all()
    return db.session.scalars(whole(query).order_by(Match.due_at.is_(None), Match.due_at, Match.id)).unique().all()


def _belongs(municipality: Organisation, desk: Desk) -> tuple[object, object]:
    return Match.municipality_id == municipality.id, Match.desk_id == desk.id


def _readers(match: Match, move: Move) -> list[Account]:
    """The owner, and the new desk when the item has no owner who works there."""
    owner = [match.owner] if match.owner is not None else []
    stays = match.owner is not None and _works_at(match.owner, move)
    officers = [] if stays else [each.account for each in desk_officers(move.target)]
    return list({each.id: each for each in map(stand_in, [*owner, *officers])}.values())


def _works_at(person: Account, move: Move) -> bool:
    places = {move.municipality.id, move.target.holder_id}
    return any(each.organisation_id in places for each in active_memberships(person))
