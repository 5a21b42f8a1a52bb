"""What someone keeps: searches to come back to, with or without a letter, and listings to look at later."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import parse_qsl

from sqlalchemy import func, select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.listings.models import Listing, SavedListing, SavedSearch
from matchmaker.listings.search.browse import published_between, shown
from matchmaker.listings.search.filters import Filter, read_filter
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.vocabulary import Side

MOST_SEARCHES = 50
MOST_IN_LETTER = 10
LONGEST_QUERY = 1000
PATHS = {Side.OFFER: "/aanbod", Side.NEED: "/vragen"}


def save_search(account: Account, *, name: str, query: str, alert: bool) -> SavedSearch:
    """Keep a search: `query` is the address of the list, `/aanbod?werkveld=W20`.

    Raises InvalidValue at `name` when there are fifty already, at `query` for what is no list of ours.
    """
    if _read(query) is None or len(query) > LONGEST_QUERY:
        raise InvalidValue("query", "unknown_code")
    own = select(func.count()).select_from(SavedSearch).where(SavedSearch.account_id == account.id)
    if (db.session.scalar(own) or 0) >= MOST_SEARCHES:
        raise InvalidValue("name", "too_many_searches", n=MOST_SEARCHES)
    made = SavedSearch(
        account_id=account.id,
        name=name.strip()[:120],
        query=query,
        alert=alert,
    )
    db.session.add(made)
    db.session.flush()
    record("search.saved", about=made, by=account)
    return made


def saved_searches(account: Account) -> Sequence[SavedSearch]:
    """Someone's searches, newest first."""
    return db.session.scalars(
        select(SavedSearch)
        .where(SavedSearch.account_id == account.id)
        .order_by(SavedSearch.created_at.desc(), SavedSearch.id.desc())
    ).all()


def search_of(account: Account, number: int) -> SavedSearch:
    """One search of this person; raises NotFound for what is not there and for what is of someone else."""
    found = db.session.scalar(select(SavedSearch).where(SavedSearch.id == number, SavedSearch.account_id == account.id))
    if found is None:
        raise NotFound("saved_search")
    return found


def forget_search(search: SavedSearch) -> None:
    """The person it is of no longer wants it."""
    record("search.forgotten", about=search, by=_owner(search))
    db.session.delete(search)
    db.session.flush()


def set_alert(search: SavedSearch, *, on: bool) -> None:
    """A letter when something new answers the search, or none. What is older than now is not told."""
    search.alert, search.told_until = on, now()
    db.session.flush()
    record("search.alert_set", about=search, by=_owner(search), alert=on)


def _owner(search: SavedSearch) -> Account:
    return db.session.get_one(Account, search.account_id)


def save_listing(account: Account, listing: Listing) -> None:
    """Put a listing aside. Twice is once."""
    if db.session.get(SavedListing, (account.id, listing.id)) is None:
        db.session.add(SavedListing(account_id=account.id, listing_id=listing.id))
        db.session.flush()
        record("listing.kept", about=listing, by=account)


def forget_listing(account: Account, reference: str) -> None:
    """Take a listing off one's list. Twice is once. Raises NotFound for a reference that does not exist."""
    listing = db.session.scalar(select(Listing).where(Listing.reference == reference))
    if listing is None:
        raise NotFound("listing")
    kept = db.session.get(SavedListing, (account.id, listing.id))
    if kept is not None:
        db.session.delete(kept)
        db.session.flush()
        record("listing.let_go", about=listing, by=account)


def saved_listings(account: Account) -> Sequence[Listing]:
    """Listings someone put aside, the last one first. Closed ones stay until let go."""
    query = select(Listing).join(SavedListing, SavedListing.listing_id == Listing.id)
    return db.session.scalars(
        shown(query)
        .where(SavedListing.account_id == account.id)
        .order_by(SavedListing.created_at.desc(), Listing.id.desc())
    ).all()


def kept_among(account: Account, listing_ids: Sequence[int]) -> frozenset[int]:
    """Which of these listings, by number, this person put aside."""
    return frozenset(
        db.session.scalars(
            select(SavedListing.listing_id).where(
                SavedListing.account_id == account.id, SavedListing.listing_id.in_(listing_ids)
            )
        )
    )


def tell_what_is_new(moment: datetime) -> int:
    """A letter for each search with an alert that something new answers; returns how many. Run it once a day."""
    searches = db.session.scalars(
        select(SavedSearch)
        .join(Account, Account.id == SavedSearch.account_id)
        .where(SavedSearch.alert, Account.is_active)
        .order_by(SavedSearch.id)
    ).all()
    return sum(_tell(search, moment) for search in searches)


def _tell(search: SavedSearch, moment: datetime) -> bool:
    wanted = _read(search.query)
    since, search.told_until = search.told_until, moment
    if wanted is None:
        return False
    fresh = published_between(wanted, since, moment, MOST_IN_LETTER)
    if not fresh:
        return False
    queue_letter(
        "saved_search_news",
        topic=Topic.LISTINGS,
        to=_owner(search),
        path=search.query,
        search=search.name,
        listings=[
            {
                "title": each.title,
                "organisation": each.organisation.name if each.organisation else "",
                "path": f"{PATHS[each.side]}/{each.reference}",
            }
            for each in fresh
        ],
    )
    return True


def _read(query: str) -> Filter | None:
    path, _, rest = query.partition("?")
    side = next((side for side, own in PATHS.items() if own == path), None)
    return None if side is None else read_filter(side, parse_qsl(rest)[:200])[0]
