"""Letters about someone's own listings."""

from matchmaker.accounts.models import Account
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import is_municipal
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.queries import desk_officers
from matchmaker.vocabulary import Side


def address_of(listing: Listing) -> str:
    """Where the owner manages it."""
    audience = "gemeente" if is_municipal(listing) else "school"
    return f"/{audience}/{'aanbod' if listing.side is Side.OFFER else 'vragen'}/{listing.reference}"


def tell_owner(listing: Listing, template: str, **values: object) -> None:
    """A letter to whoever posted it; silent when that person has left."""
    if listing.owner is not None and listing.owner.is_active:
        queue_letter(template, topic=Topic.LISTINGS, to=listing.owner, **_facts(listing), **values)


def tell_desk(listing: Listing, template: str, *, but_not: Account | None = None, **values: object) -> None:
    """A letter to each officer of the desk that serves the municipality."""
    desk = listing.organisation.desk if listing.organisation else None
    if desk is None:
        return
    facts = {**_facts(listing), "path": f"/loket/controle/{listing.reference}"}
    for officer in desk_officers(desk):
        if but_not is None or officer.account_id != but_not.id:
            queue_letter(template, topic=Topic.LISTINGS, to=officer.account, **{**facts, **values})


def _facts(listing: Listing) -> dict[str, object]:
    return {
        "path": address_of(listing),
        "reference": listing.reference,
        "title": listing.title,
        "side": listing.side.value,
        "kind": listing.kind.value,
        "organisation": listing.organisation.name if listing.organisation else "",
    }
