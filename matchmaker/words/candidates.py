"""The finding above a list of candidates, and the line under each."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.reference import km_between
from matchmaker.vocabulary import PLACEMENT_KINDS, Kind, Mode, Party, Sector


def finding(listing: Listing, matches: Sequence[Match], *, reader: Party) -> str:
    """5 gemeenten passen bij uw gastcollege; 2 vragen van scholen passen bij uw aanbod."""
    what = your_kind(listing)
    if not matches:
        return gettext("Nog niets past bij uw %(what)s", what=what)
    if reader is Party.SCHOOL:
        number = len({match.municipality_id for match in matches})
        return ngettext(
            "%(num)d gemeente past bij uw %(what)s", "%(num)d gemeenten passen bij uw %(what)s", number, what=what
        )
    if listing.kind is Kind.QUESTION:
        number = len({match.school_id for match in matches})
        return ngettext("%(num)d school past bij uw vraag", "%(num)d scholen passen bij uw vraag", number)
    return ngettext(
        "%(num)d vraag past bij uw %(what)s", "%(num)d vragen passen bij uw %(what)s", len(matches), what=what
    )


def your_kind(listing: Listing) -> str:
    """What someone calls it: gastles at mbo and vo, gastcollege at hbo and wo."""
    if listing.kind is Kind.LECTURE:
        sector = listing.organisation.sector if listing.organisation else None
        return gettext("gastcollege") if sector in {Sector.HBO, Sector.WO} else gettext("gastles")
    if listing.kind in PLACEMENT_KINDS - {Kind.GRADUATION}:
        return gettext("stage")
    return {
        Kind.GRADUATION: gettext("afstudeeropdracht"),
        Kind.GROUP: gettext("opdracht voor een groep"),
        Kind.TRAINEESHIP: gettext("traineeplek"),
        Kind.SEAT: gettext("plek in de werkveldcommissie"),
        Kind.VISIT: gettext("werkbezoek"),
        Kind.COURSE: gettext("vak"),
        Kind.QUESTION: gettext("vraag"),
    }[listing.kind]


def counterpart_title(match: Match, *, reader: Party) -> str:
    """Gemeente Nieuwegein for the school; the school for the municipality. Never a person."""
    if reader is Party.SCHOOL:
        return gettext("Gemeente %(name)s", name=match.municipality.name)
    return match.school.name if match.school else gettext("Een vrager zonder account")


def counterpart_line(match: Match, own: Listing) -> str:
    """Team Omgeving · Gastles over de Omgevingswet · 8 km."""
    other = match.offer if match.need_id == own.id else match.need
    if other is None:
        return ""
    part = other.team.name if other.team else other.programme.name if other.programme else ""
    return " · ".join(each for each in (part, other.title, kilometres(own, other)) if each)


def kilometres(one: Listing, other: Listing) -> str:
    """8 km as the crow flies; empty when a place is unknown or both are online."""
    if one.mode is Mode.ONLINE or other.mode is Mode.ONLINE:
        return gettext("online")
    return say_km(km_between(one, other))


def say_km(km: float | None) -> str:
    """8 km; minder dan 1 km; empty when unknown."""
    if km is None:
        return ""
    return gettext("%(km)s km", km=round(km)) if km >= 1 else gettext("minder dan 1 km")
