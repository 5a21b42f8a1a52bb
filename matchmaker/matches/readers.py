"""Who gets a letter about a match: the asker, the desk, a colleague. During leave the cover reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.links.actions import make_link
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.models import VisitorRequest
from matchmaker.matches.models import Match
from matchmaker.matches.rules import may_answer_as_colleague
from matchmaker.organisations.queries import desk_officers, leave_on, members_with_role
from matchmaker.vocabulary import Role

FOLLOW_DAYS = 180


@dataclass(frozen=True, slots=True)
class Reader:
    """An account, or the address of a visitor with the link to follow the request."""

    account: Account | None = None
    address: str = ""
    name: str = ""
    language: str = "nl"
    link: Link | None = None


def stand_in(account: Account) -> Account:
    """Who reads for this person today: the cover during leave, else the person."""
    away = leave_on([account.id], today()).get(account.id)
    return away.cover if away and away.cover else account


def answers_as_colleague(match: Match, account: Account) -> bool:
    """Whether this person may answer today as the colleague who was asked, also when standing in."""
    covers = stand_in(match.colleague) if match.colleague else None
    return may_answer_as_colleague(match, account, stand_in=covers)


def asker_of(match: Match) -> Reader | None:
    """Who waits for the answer. A visitor gets the link to follow the request; it stays the same."""
    if match.school_contact is not None:
        return Reader(account=stand_in(match.school_contact))
    visitor = visitor_of(match)
    if visitor is not None:
        link = follow_link(match)
        return Reader(address=visitor.email, name=visitor.name, language=visitor.language, link=link)
    if match.school is None:
        return None
    staff = members_with_role(match.school, Role.COORDINATOR) or members_with_role(match.school, Role.ORG_ADMIN)
    return Reader(account=stand_in(staff[0].account)) if staff else None


def asker_name(match: Match) -> str:
    """The person who asks and the school, as far as known."""
    person = match.school_contact.display_name if match.school_contact else ""
    school = match.school.name if match.school else ""
    if not school and (visitor := visitor_of(match)):
        person, school = visitor.name, visitor.organisation_name
    return ", ".join(part for part in (person, school) if part)


def visitor_of(match: Match) -> VisitorRequest | None:
    """The person without an account behind the need."""
    return db.session.scalar(select(VisitorRequest).where(VisitorRequest.need_id == match.need_id))


def follow_link(match: Match) -> Link:
    """The standing link of a visitor to this match."""
    return _open_link(Purpose.FOLLOW_REQUEST, match) or make_link(
        Purpose.FOLLOW_REQUEST, subject_id=match.id, days=FOLLOW_DAYS
    )


def answer_link(match: Match) -> Link | None:
    """The link the colleague has, while it is still to be used."""
    return _open_link(Purpose.COLLEAGUE_ANSWER, match)


def desk_readers(match: Match) -> list[Account]:
    """The owner of the item, else everyone at the desk, else who administers the holder."""
    if match.owner is not None:
        return [stand_in(match.owner)]
    if match.desk is None:
        return municipal_readers(match)
    people = desk_officers(match.desk) or members_with_role(match.desk.holder, Role.ORG_ADMIN)
    return _each_once(stand_in(member.account) for member in people)


def municipal_readers(match: Match) -> list[Account]:
    """Who made the promise: the colleague and the owner, else the owner of the posting, else the desk."""
    own = match.offer if match.offer and match.offer.organisation_id == match.municipality_id else match.need
    posted_by = own.owner if own.organisation_id == match.municipality_id else None
    people = [person for person in (match.colleague, match.owner) if person] or ([posted_by] if posted_by else [])
    if people or match.desk is None:
        return _each_once(map(stand_in, people))
    return _each_once(stand_in(member.account) for member in desk_officers(match.desk))


def overseers(match: Match) -> list[Account]:
    """Who hears that the municipality is late: region coordinators and administrators of the desk, else the desk."""
    if match.desk is None:
        return []
    people = members_with_role(match.desk.holder, Role.REGION_COORDINATOR, Role.ORG_ADMIN)
    return _each_once(member.account for member in people) or desk_readers(match)


def _each_once(people: Iterable[Account]) -> list[Account]:
    return list({person.id: person for person in people}.values())


def _open_link(purpose: Purpose, match: Match) -> Link | None:
    links: Sequence[Link] = db.session.scalars(
        select(Link)
        .where(
            Link.purpose == purpose,
            Link.subject_id == match.id,
            Link.used_at.is_(None),
            Link.revoked_at.is_(None),
        )
        .order_by(Link.id.desc())
        .limit(1)
    ).all()
    return links[0] if links else None
