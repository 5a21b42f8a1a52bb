"""What one does with a listing: publish, close, copy, take back. Each is a button that posts."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.listings import actions
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import listing_for_owner
from matchmaker.listings.values import InvalidListing
from matchmaker.matches.actions import propose_for
from matchmaker.web.posting.pages import Posting
from matchmaker.web.sign_in_state import me, my_organisation
from matchmaker.words.errors import sentence_for


def publish(posting: Posting, reference: str) -> Response:
    """Put it online and look at once who fits; or before the desk, which looks first."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    try:
        actions.publish(listing, by=me())
    except InvalidListing as refused:
        for problem in refused.problems:
            flash(sentence_for(problem), "error")
        return redirect(posting.step_url(listing, "controle"))
    if listing.is_published:
        propose_for(listing, by=me())
    flash(_published_words(listing), "success")
    db.session.commit()
    return redirect(_next_page(posting, listing))


def close(posting: Posting, reference: str) -> Response:
    """Take it offline."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    actions.close(listing, by=me())
    flash(gettext("“%(title)s” is gesloten. Wat al is afgesproken, blijft staan.", title=listing.title), "success")
    db.session.commit()
    return redirect(posting.url("list", "s"))


def copy(posting: Posting, reference: str) -> Response:
    """The same again, as a draft."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    made = actions.copy(listing, by=me())
    flash(gettext("Dit is de kopie. Kijk vooral de dagen na."), "success")
    db.session.commit()
    return redirect(posting.step_url(made, "wat"))


def withdraw(posting: Posting, reference: str) -> Response:
    """Take it back from the desk before it has looked."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    actions.withdraw_from_check(listing, by=me())
    flash(gettext("Teruggehaald. Het is weer een concept."), "success")
    db.session.commit()
    return redirect(posting.url("show", reference=reference))


def _published_words(listing: Listing) -> str:
    if listing.is_published:
        return gettext("“%(title)s” staat online.", title=listing.title)
    return gettext("“%(title)s” ligt bij het loket. U hoort het als het online staat.", title=listing.title)


def _next_page(posting: Posting, listing: Listing) -> str:
    if listing.is_published:
        return url_for("together.show_candidates", reference=listing.reference)
    return posting.url("show", reference=listing.reference)
