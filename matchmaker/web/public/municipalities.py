"""All municipalities, and the page of each: its desk, what it offers, what it has no places for, its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import render_template, request
from flask_babel import gettext

from matchmaker.errors import NotFound
from matchmaker.insights.public_figures import answering
from matchmaker.insights.supply_and_demand import Balance, balances
from matchmaker.listings.import_export.cells import is_study
from matchmaker.listings.models import Listing
from matchmaker.listings.search.browse import count, first_of
from matchmaker.listings.search.filters import Filter
from matchmaker.matches.finding_desks import desk_for, nearest_willing
from matchmaker.matches.queries import unmet_demand
from matchmaker.organisations.models import Desk, Organisation
from matchmaker.organisations.queries import organisation_by_slug, organisations_of_kind
from matchmaker.reference import Municipality, fold, municipality_by_slug, neighbours, provinces
from matchmaker.vocabulary import OrganisationKind, Side
from matchmaker.web.map_projection import project, view_around
from matchmaker.web.public import public
from matchmaker.web.public.cards import cards
from matchmaker.web.public.map_labels import small
from matchmaker.web.public.paging import page_of
from matchmaker.words.field_names import study_field_names, work_field_names

MOST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class WhoAnswers:
    """The desk a question to a municipality goes to; `km` when it is that of another municipality.

    `unmet` is how many questions to it found no desk so far.
    """

    desk: Desk | None
    of: str
    km: int | None
    unmet: int = 0

    @property
    def is_own(self) -> bool:
        return self.desk is not None and self.km is None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    name: str
    slug: str
    province: str
    desk: str
    places: int
    needs: int


@public.get("/gemeenten")
def list_municipalities() -> str:
    typed, province = request.args.get("q", "").strip()[:100], request.args.get("provincie", "")
    with_desk = request.args.get("loket") == "1"
    everyone = organisations_of_kind(OrganisationKind.MUNICIPALITY)
    lines = _lines(everyone, typed, province, with_desk=with_desk)
    return render_template(
        "public/municipalities.html",
        page=page_of(lines, request.args),
        typed=typed,
        province=province,
        with_desk=with_desk,
        provinces=provinces(),
        desks=sum(each.desk is not None for each in everyone),
    )


@public.get("/gemeenten/<slug>")
def show_municipality(slug: str) -> str:
    shown = municipality_at(slug)
    register = municipality_by_slug(slug)
    around = neighbours(register) if register else ()
    needs = Filter(side=Side.NEED, place=shown.place, km=20)
    return render_template(
        "public/municipality.html",
        municipality=shown,
        register=register,
        answers=who_answers(shown),
        answered=answering(shown.desk) if shown.desk else None,
        **_offers_of(slug),
        no_places_for=said_fields(shown.no_places_for),
        crowded=said_fields(shown.crowded),
        needs_near=count(needs) if register and needs.centre else 0,
        neighbours=around,
        spot=_spot(register, around) if register else None,
    )


def _offers_of(slug: str) -> dict[str, object]:
    """What a municipality offers, by team, and how many of all that is."""
    own = Filter(side=Side.OFFER, organisations=(slug,))
    offers = first_of(own, MOST_SHOWN)
    return {"teams": by_team(offers), "offers": count(own), "shown": len(offers)}


def municipality_at(slug: str) -> Organisation:
    """The municipality behind an address; raises NotFound."""
    found = organisation_by_slug(OrganisationKind.MUNICIPALITY, slug[:160])
    if found is None:
        raise NotFound("municipality")
    return found


def who_answers(asked: Organisation) -> WhoAnswers:
    """Its own desk, its region's, else that of the nearest municipality that is willing; or nobody yet."""
    if (own := desk_for(asked)) is not None:
        return WhoAnswers(own, own.name, None)
    near = nearest_willing(asked)
    if near is None:
        return WhoAnswers(None, "", None, unmet_demand(asked))
    return WhoAnswers(near.desk, near.municipality.name, round(near.km or 0))


def by_team(offers: Sequence[Listing]) -> list[dict[str, object]]:
    """Cards of offers under the name of their team, teams by name; those without a team last."""
    listed = sorted(offers, key=_team_name)
    return [
        {"name": name or gettext("Hele gemeente"), "cards": cards(group, shape="row")}
        for name, group in groupby(listed, key=lambda each: each.team.name if each.team else "")
    ]


def said_fields(entries: list[str]) -> list[str]:
    """Fields of work and of study by name; what a municipality wrote itself as it is."""
    return [_said(str(entry)) for entry in entries]


def _said(entry: str) -> str:
    if len(entry) == 3 and entry.startswith("W") and entry[1:].isdigit():
        return work_field_names([entry])[0]
    return study_field_names([entry])[0] if is_study(entry) else entry


def _team_name(listing: Listing) -> tuple[bool, str]:
    return (listing.team is None, listing.team.name if listing.team else "")


def _lines(all_of_them: Sequence[Organisation], typed: str, province: str, *, with_desk: bool) -> list[Line]:
    counted, names = {line.code: line for line in balances()}, {each.code: each.name for each in provinces()}
    wanted = fold(typed)
    return [
        _line(each, names.get(each.province, ""), counted.get(each.code))
        for each in sorted(all_of_them, key=lambda each: (each.desk is None, fold(each.name), each.code))
        if (not province or each.province == province)
        and (not with_desk or each.desk is not None)
        and (not wanted or any(wanted in fold(name) for name in _known_as(each)))
    ]


def _known_as(each: Organisation) -> tuple[str, ...]:
    register = municipality_by_slug(each.slug)
    return (each.name, each.place, *(register.aliases if register else ()))


def _line(each: Organisation, province: str, counted: Balance | None) -> Line:
    places, needs = (counted.places, counted.needs) if counted else (0, 0)
    return Line(each.name, each.slug, province, each.desk.name if each.desk else "", places, needs)


def _spot(register: Municipality, around: tuple[Municipality, ...]) -> dict[str, object]:
    x, y = project(register.lat, register.lon)
    near = [project(each.lat, each.lon) for each in around[:6]]
    own = {"name": register.name, "x": x, "y": y, "supply": 16, "demand": 0, "label": True}
    others = [{"name": each.name, "x": at[0], "y": at[1], "supply": 1} for each, at in zip(around, near, strict=False)]
    return {"dots": [own, *others], "view": small(view_around([(x, y), *near], margin=40.0, least=180.0))}
