"""Offers for this student, best first, each with its reasons."""

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from matchmaker.applications.finding import KINDS, Found, offers_for
from matchmaker.applications.queries import applications_of
from matchmaker.applications.telling import has_offers_feed
from matchmaker.listings.saved import kept_among
from matchmaker.reference import Place
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import Kind
from matchmaker.web.public.cards import KIND_SIGNS, address_of, organisation_name, say_distance
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.keeping import new_feed_address
from matchmaker.web.student.own import my_profile
from matchmaker.words.labels import label
from matchmaker.words.student_reasons import why

SHOWN = 20


@student.get("/")
def find_offers() -> str:
    """What fits, of every kind of place or of one."""
    profile, kind = my_profile(), _asked_kind()
    found = offers_for(profile, kinds=[kind] if kind else KINDS, top=SHOWN)
    applied = {each.offer_id: each for each in applications_of(me()) if not each.has_ended}
    kept = kept_among(me(), [each.listing.id for each in found])
    return render_template(
        "student/offers.html",
        profile=profile,
        finding=ngettext("%(num)d plek past bij je", "%(num)d plekken passen bij je", len(found)),
        rows=[_row(each, profile, kept=each.listing.id in kept) for each in found],
        applied={number: each.id for number, each in applied.items()},
        kinds=_kinds(kind),
        feed=has_offers_feed(me()),
        feed_address=new_feed_address(),
    )


def _row(found: Found, profile: StudentProfile, *, kept: bool) -> dict[str, object]:
    listing = found.listing
    return {
        "listing": listing,
        "title": listing.title,
        "line": " · ".join(
            part
            for part in (
                label(listing.kind),
                organisation_name(listing.organisation),
                say_distance(listing, _home(profile)),
            )
            if part
        ),
        "sign": KIND_SIGNS[listing.kind],
        "shown": why(found.why, listing.kind),
        "url": address_of(listing),
        "kept": kept,
    }


def _home(profile: StudentProfile) -> Place | None:
    """Where the student travels from."""
    if profile.latitude is None or profile.longitude is None:
        return None
    return Place(profile.place, "", profile.latitude, profile.longitude, "own")


def _asked_kind() -> Kind | None:
    asked = request.args.get("soort", "")
    return next((each for each in KINDS if each.value == asked), None)


def _kinds(chosen: Kind | None) -> list[dict[str, object]]:
    every = {"label": gettext("Alle plekken"), "url": url_for("student.find_offers"), "current": chosen is None}
    return [
        every,
        *(
            {
                "label": label(each),
                "url": url_for("student.find_offers", soort=each.value),
                "current": each is chosen,
            }
            for each in Kind
            if each in KINDS
        ),
    ]
