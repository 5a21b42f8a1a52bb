"""Who asks the same, and who found it out before: beside a municipality's own question."""

from typing import Any

from flask_babel import gettext

from matchmaker.joint.alike import alike_of, is_question
from matchmaker.library.queries import DoneBefore, done_before
from matchmaker.listings.models import Listing
from matchmaker.listings.suggesting import suggested_work_fields
from matchmaker.web.guards import DESK
from matchmaker.web.public.cards import address_of
from matchmaker.web.sign_in_state import has_role
from matchmaker.words.language import joined

MOST_CHARACTERS = 8000


def same_question(listing: Listing) -> dict[str, Any] | None:
    """The other municipalities that ask nearly this, as one sentence, and each with the reason; None without one."""
    alike = alike_of(listing)
    if not alike:
        return None
    names = dict.fromkeys(each.listing.organisation.name for each in alike if each.listing.organisation)
    return {
        "heading": gettext("Ook %(names)s vraagt dit", names=next(iter(names)))
        if len(names) == 1
        else gettext("Ook %(names)s vragen dit", names=joined(names)),
        "others": [
            {"title": each.listing.title, "url": address_of(each.listing), "words": _quoted(each.likeness.words)}
            for each in alike
        ],
        "may_propose": has_role(*DESK),
    }


def done_already(listing: Listing, title: str, text: str) -> list[dict[str, Any]]:
    """Finished work of other municipalities that is like what is typed now."""
    if not is_question(listing):
        return []
    fields = listing.work_fields or suggested_work_fields(title, text)
    found = done_before(title, text[:MOST_CHARACTERS], fields, but_not=listing.organisation)
    return [_card(each) for each in found]


def _card(found: DoneBefore) -> dict[str, Any]:
    work = found.work
    where = work.municipality.name
    return {
        "heading": gettext("Dit is al onderzocht in %(place)s", place=where),
        "title": work.title,
        "summary": work.summary,
        "with_whom": gettext("Gemeente %(place)s met %(school)s", place=where, school=work.school.name)
        if work.school
        else gettext("Gemeente %(place)s", place=where),
        "slug": work.municipality.slug,
        "words": _quoted(found.likeness.words),
    }


def _quoted(words: tuple[str, ...]) -> str:
    return joined(f"“{word}”" for word in words)
