"""What is read along with a match: all of it, what its own page shows, or what a row of a list shows."""

from functools import cache

from sqlalchemy import Select
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from matchmaker.accounts.models import Account
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Desk, Organisation

ON_PAGES = (
    Organisation.kind,
    Organisation.code,
    Organisation.name,
    Organisation.slug,
    Organisation.place,
    Organisation.sector,
    Organisation.desk_id,
    Organisation.active,
)
"""What a page about a match says of an organisation; the rest is read when it is asked for."""
OF_PEOPLE = (Account.display_name, Account.email, Account.status, Account.language)


def whole(query: Select[tuple[Match]]) -> Select[tuple[Match]]:
    """With everything a page about matches shows, in one query."""
    return query.options(*_everything())


def for_its_page(query: Select[tuple[Match]]) -> Select[tuple[Match]]:
    """With what the page of one match shows.

    Who posted need and offer is mostly the school or the municipality itself, and is there already.
    """
    return query.options(
        joinedload(Match.need).joinedload(Listing.programme),
        joinedload(Match.offer),
        joinedload(Match.desk),
        *_both_sides(),
    )


def for_a_list(query: Select[tuple[Match]]) -> Select[tuple[Match]]:
    """With what a row of a list says of a match: its title, and who is in it."""
    return query.options(
        defer(Match.reasons),
        defer(Match.hints),
        joinedload(Match.need).load_only(Listing.title),
        joinedload(Match.municipality).load_only(Organisation.name),
        joinedload(Match.school).load_only(Organisation.name),
        joinedload(Match.desk),
        joinedload(Match.owner).load_only(Account.display_name),
        joinedload(Match.colleague).load_only(Account.display_name),
        joinedload(Match.school_contact).load_only(Account.display_name),
    )


@cache
def _everything() -> tuple[ORMOption, ...]:
    """Made once: putting them together costs more than the query they belong to."""
    return (
        joinedload(Match.need).joinedload(Listing.organisation).load_only(*ON_PAGES),
        joinedload(Match.need).joinedload(Listing.programme),
        joinedload(Match.offer).joinedload(Listing.organisation).load_only(*ON_PAGES),
        joinedload(Match.offer).joinedload(Listing.team),
        joinedload(Match.desk).joinedload(Desk.holder).load_only(*ON_PAGES),
        *_both_sides(),
    )


def _both_sides() -> tuple[ORMOption, ...]:
    return (
        joinedload(Match.municipality).load_only(*ON_PAGES),
        joinedload(Match.school).load_only(*ON_PAGES),
        joinedload(Match.owner).load_only(*OF_PEOPLE),
        joinedload(Match.colleague).load_only(*OF_PEOPLE),
        joinedload(Match.school_contact).load_only(*OF_PEOPLE),
    )
