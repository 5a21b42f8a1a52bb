"""One's own listings: the list with its tabs, and one of them."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from matchmaker.joint.queries import asked_together
from matchmaker.library.queries import may_be_shown
from matchmaker.listings.queries import PAGE_SIZE, count_by_status, listing_for_owner, of_organisation
from matchmaker.listings.reach import reach_of
from matchmaker.listings.rules import allows
from matchmaker.vocabulary import ListingStatus, Role, Side
from matchmaker.web.guards import DESK
from matchmaker.web.posting.kin import done_already, same_question
from matchmaker.web.posting.pages import Posting
from matchmaker.web.sign_in_state import has_role, my_organisation
from matchmaker.words.labels import LISTING_STATUSES
from matchmaker.words.language import joined
from matchmaker.words.listings import all_facts, facts, places_line, poster_line

MOST_PAGES = 10_000


def show_list(posting: Posting) -> str:
    """Own listings, newest first, a tab for each status that occurs."""
    search = request.args.get("q", "").strip()[:200]
    status = _status(request.args.get("status", ""))
    counts = count_by_status(my_organisation(), posting.side, search=search)
    total = counts.get(status, 0) if status else sum(counts.values())
    page = _page(request.args.get("bladzijde", ""), total)
    listings = of_organisation(my_organisation(), posting.side, status, search=search, page=page)
    return render_template(
        "posting/list.html",
        posting=posting,
        organisation=my_organisation(),
        rows=[{"listing": each, "facts": facts(each), "places": places_line(each)} for each in listings],
        sections=_sections(posting),
        tabs=_tabs(posting, counts, status, search),
        search=search,
        status=status,
        counts=counts,
        total=total,
        pages=_pages(posting, page, total, status, search),
    )


def show_one(posting: Posting, reference: str) -> str:
    """A listing as its owner sees it, with what can be done now."""
    listing = listing_for_owner(reference, my_organisation(), side=posting.side)
    return render_template(
        "posting/show.html",
        posting=posting,
        listing=listing,
        facts=[(fact.name, fact.value) for fact in all_facts(listing)],
        poster=poster_line(listing),
        places=places_line(listing),
        reach=reach_of(listing),
        can={step: allows(listing, step) for step in ("save", "publish", "withdraw", "close")},
        same=same_question(listing),
        together=joined(each.name for each in asked_together(listing)),
        advice={"earlier": done_already(listing, listing.title, listing.text)},
        may_show_result=has_role(*DESK) and may_be_shown(listing),
    )


def _sections(posting: Posting) -> list[dict[str, Any]]:
    """The lists of this audience side by side, and what a municipality says about itself."""
    sides = (Side.OFFER, Side.NEED) if posting.audience == "municipality" else (Side.NEED, Side.OFFER)
    names = {Side.OFFER: gettext("Ons aanbod"), Side.NEED: gettext("Onze vragen")}
    found = [
        {"label": names[side], "url": Posting(posting.audience, side).url("list", "s"), "current": side is posting.side}
        for side in sides
    ]
    if has_role(Role.OFFICER, Role.REGION_COORDINATOR):
        found.append({"label": gettext("Over ons"), "url": url_for("municipality.edit_about"), "current": False})
    return found


def _status(text: str) -> ListingStatus | None:
    return ListingStatus(text) if text in list(ListingStatus) else None


def _page(text: str, total: int) -> int:
    last = max(1, -(-total // PAGE_SIZE))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return min(max(number, 1), last, MOST_PAGES)


def _tabs(
    posting: Posting, counts: dict[ListingStatus, int], status: ListingStatus | None, search: str
) -> list[dict[str, Any]]:
    kept = {"q": search} if search else {}
    everything = {
        "label": gettext("Alles"),
        "url": posting.url("list", "s", **kept),
        "count": sum(counts.values()),
        "current": status is None,
    }
    each = [
        {
            "label": words,
            "url": posting.url("list", "s", status=code.value, **kept),
            "count": counts.get(code, 0),
            "current": code is status,
        }
        for code, words in LISTING_STATUSES.items()
        if counts.get(code) or code is status
    ]
    return [everything, *each]


def _pages(posting: Posting, page: int, total: int, status: ListingStatus | None, search: str) -> dict[str, str]:
    kept: dict[str, Any] = {"q": search or None, "status": status.value if status else None}
    first, last = (page - 1) * PAGE_SIZE + 1, min(page * PAGE_SIZE, total)
    return {
        "shown": gettext("%(first)d tot %(last)d van %(total)d", first=first, last=last, total=total),
        "previous": posting.url("list", "s", bladzijde=page - 1, **kept) if page > 1 else "",
        "next": posting.url("list", "s", bladzijde=page + 1, **kept) if last < total else "",
    }
