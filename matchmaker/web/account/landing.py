"""The first page of whoever has no work screen: what this account can do now, what is theirs, and where to go."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from matchmaker.appointments.queries import next_in_calendar_of
from matchmaker.listings.saved import saved_listings, saved_searches
from matchmaker.listings.search.browse import count
from matchmaker.listings.search.filters import Filter
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role, Side
from matchmaker.web.guards import OVERVIEW
from matchmaker.web.sign_in_state import me
from matchmaker.words.appointments import say_when

MOST_SHOWN = 5
Link = tuple[str, str]
Written = tuple[str, str, Sequence[Link]]
"""The finding, what the account can do, and the steps: the main one first."""


def landing_of(membership: Membership | None) -> dict[str, Any]:
    """Everything the page shows; without a role it says how to get one."""
    write = _WRITTEN.get(membership.role, _staff) if membership else _no_role
    finding, text, steps = write(membership)
    appointment = next_in_calendar_of(me())
    return {
        "finding": finding,
        "text": text,
        "steps": steps,
        "appointment": appointment,
        "when": say_when(appointment) if appointment else "",
        "searches": saved_searches(me())[:MOST_SHOWN],
        "listings": saved_listings(me())[:MOST_SHOWN],
    }


def _staff(membership: Membership | None) -> Written:
    """HR planners, learning brokers and board members: they read, the desk and the teams act."""
    return (
        _open_needs(),
        gettext(
            "Met dit account leest u mee: wat er gevraagd en aangeboden wordt, en hoe snel het loket antwoordt. "
            "Plaatsen en antwoorden doen het loket en de collega’s met een werkrol."
        ),
        (
            *_figures(membership),
            *_own_page(membership),
            *_both_lists(),
            (gettext("Zo tellen wij"), url_for("public.show_counting")),
        ),
    )


def _provider(_membership: Membership | None) -> Written:
    return (
        _open_needs(),
        gettext("Met dit account leest u wat er gevraagd wordt, en bewaart u zoekopdrachten om het bij te houden."),
        (*_both_lists(), (gettext("Zo werkt de match"), url_for("public.show_matching"))),
    )


def _no_role(_membership: Membership | None) -> Written:
    return (
        gettext("Uw account heeft nu geen rol"),
        gettext(
            "U kunt alles lezen wat openbaar is. Wilt u iets doen namens een school of gemeente? "
            "Vraag de beheerder daar om een uitnodiging."
        ),
        (*_both_lists(), (gettext("Vraag het ons"), url_for("public.show_contact"))),
    )


def _open_needs() -> str:
    open_now = count(Filter(Side.NEED))
    return ngettext("%(num)d vraag staat nu open", "%(num)d vragen staan nu open", open_now)


def _figures(membership: Membership | None) -> tuple[Link, ...]:
    """What was searched for and who got what, for the roles that may read it."""
    if membership is None or membership.role not in OVERVIEW:
        return ()
    return (
        (gettext("Gezocht"), url_for("insights.show_unmet")),
        (gettext("Gelijke kansen"), url_for("insights.show_equal_chances")),
    )


def _own_page(membership: Membership | None) -> tuple[Link, ...]:
    """The public page of one's own organisation, where it has one."""
    organisation = membership.organisation if membership else None
    if organisation is None or not (organisation.is_municipality or organisation.is_institution):
        return ()
    page = "public.show_municipality" if organisation.is_municipality else "public.show_school"
    name = gettext("Bekijk %(name)s", name=organisation.name)
    return ((name, url_for(page, slug=organisation.slug)),)


def _both_lists() -> tuple[Link, Link]:
    return (
        (gettext("Bekijk wat er gevraagd wordt"), url_for("public.browse_needs")),
        (gettext("Bekijk het aanbod"), url_for("public.browse_offers")),
    )


_WRITTEN: dict[Role, Callable[[Membership | None], Written]] = {
    Role.PROVIDER: _provider,
}
