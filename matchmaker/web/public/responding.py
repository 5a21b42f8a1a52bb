"""What someone can do with a listing now, given who looks: one main way, and others below it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext
from flask_login import current_user

from matchmaker.applications.rules import takes_students
from matchmaker.listings.kinds import who_posts
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import OrganisationKind, Role
from matchmaker.web.guards import MUNICIPALITY, SCHOOL
from matchmaker.web.sign_in_state import acting


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do: where it leads, and what happens then."""

    label: str
    url: str
    note: str


def ways_to_respond(listing: Listing) -> list[Way]:
    """The ways open to this reader, the main one first; empty for whoever posted it or has nothing to do here."""
    municipal = who_posts(listing.kind, listing.side) is OrganisationKind.MUNICIPALITY
    if not current_user.is_authenticated:
        as_student = [_apply(listing, signed_in=False)] if takes_students(listing) else []
        return [_sign_in(listing, municipal=municipal), *as_student, *_without_account(listing, municipal=municipal)]
    membership = acting()
    if membership is None or membership.organisation_id == listing.organisation_id:
        return []
    if membership.role is Role.STUDENT and takes_students(listing):
        return [_apply(listing, signed_in=True)]
    if membership.role is Role.STUDENT:
        return [] if not municipal else _without_account(listing, municipal=True)
    if membership.role in (SCHOOL if municipal else MUNICIPALITY):
        return _ask(listing, municipal=municipal)
    return []


def _apply(listing: Listing, *, signed_in: bool) -> Way:
    page = url_for("student.apply", reference=listing.reference)
    if signed_in:
        return Way(
            gettext("Reageer op deze plek"),
            page,
            gettext("Je schrijft waarom je deze plek wilt. Je ziet steeds wie aan zet is."),
        )
    return Way(
        gettext("Reageer als student"),
        url_for("account.sign_in", next=page),
        gettext("Je logt in en schrijft waarom je deze plek wilt."),
    )


def _ask(listing: Listing, *, municipal: bool) -> list[Way]:
    label = gettext("Vraag dit aan") if municipal else gettext("Bied aan te helpen")
    return [Way(label, url_for("together.ask", reference=listing.reference), _next_step(municipal=municipal))]


def _sign_in(listing: Listing, *, municipal: bool) -> Way:
    label = gettext("Reageer namens uw school") if municipal else gettext("Reageer namens uw gemeente")
    after = url_for("together.ask", reference=listing.reference)
    return Way(label, url_for("account.sign_in", next=after), _next_step(municipal=municipal))


def _without_account(listing: Listing, *, municipal: bool) -> list[Way]:
    organisation = listing.organisation
    if not municipal or organisation is None or not organisation.is_municipality:
        return []
    return [
        Way(
            gettext("Vraag het zonder account"),
            url_for("public.ask_desk", slug=organisation.slug, over=listing.reference),
            gettext("U bevestigt uw vraag met een mail. Daarna ligt hij bij het loket."),
        )
    ]


def _next_step(*, municipal: bool) -> str:
    if municipal:
        return gettext("U logt in en stelt uw vraag. Het loket van de gemeente geeft antwoord.")
    return gettext("U logt in en biedt hulp aan. De school hoort het meteen.")
