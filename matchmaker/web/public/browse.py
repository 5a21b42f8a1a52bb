"""Looking through what is offered and asked. The whole state stands in the address."""

from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user

from matchmaker.listings import saved
from matchmaker.listings.search import browse, facets
from matchmaker.listings.search.browse import Found, Order
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.meant import meant
from matchmaker.vocabulary import Side
from matchmaker.web.map_projection import project, view_around
from matchmaker.web.public import filter_panel, public
from matchmaker.web.public.asked import PATHS, Asked, read_asked
from matchmaker.web.public.drawn_groups import drawn_groups
from matchmaker.web.public.kept_cards import drawn_cards
from matchmaker.web.public.map_labels import with_names
from matchmaker.web.sign_in_state import me

OTHER = {Side.OFFER: Side.NEED, Side.NEED: Side.OFFER}


@public.get("/aanbod")
def browse_offers() -> str:
    return _page(read_asked(Side.OFFER, request.args))


@public.get("/vragen")
def browse_needs() -> str:
    return _page(read_asked(Side.NEED, request.args))


def _page(asked: Asked) -> str:
    look = Look(asked.filter)
    found = browse.find(look, order=asked.order, page=asked.page)
    posters = facets.count_posters(look, most=filter_panel.most_posters(asked))
    return render_template(
        "public/browse.html",
        asked=asked,
        found=found,
        path=PATHS[asked.filter.side],
        is_offers=asked.filter.side is Side.OFFER,
        heading=say_finding(asked, found.total),
        groups=drawn_groups(filter_panel.groups(asked, facets.count_facets(look), posters)),
        chips=filter_panel.chips(asked, posters),
        notices=filter_panel.notices(asked.ignored),
        distances=filter_panel.distance_options(),
        programme_options=filter_panel.programme_options(),
        orders=_orders(asked),
        **(_map(asked, look) if asked.on_map else _cards(asked, found)),
        meant=_meant(asked, look),
        **({} if found.total else _nearest(asked, look)),
    )


def say_finding(asked: Asked, total: int) -> str:
    """The heading says what was found: 84 mogelijkheden rond Utrecht."""
    if asked.filter.side is Side.OFFER:
        said = ngettext("%(num)d mogelijkheid", "%(num)d mogelijkheden", total)
    else:
        said = ngettext("%(num)d vraag", "%(num)d vragen", total)
    if not total:
        said = gettext("Nog niets gevonden")
    return gettext("%(found)s rond %(place)s", found=said, place=asked.filter.place) if asked.filter.place else said


def _orders(asked: Asked) -> list[tuple[str, str]]:
    orders = [(Order.NEWEST.value, gettext("Nieuwste eerst")), (Order.CLOSING.value, gettext("Sluit het eerst"))]
    return orders + ([(Order.NEAREST.value, gettext("Dichtbij eerst"))] if asked.filter.place else [])


def _cards(asked: Asked, found: Found) -> dict[str, Any]:
    kept = saved.kept_among(me(), found.listing_ids) if current_user.is_authenticated else frozenset()
    return {"cards": drawn_cards(found, asked.filter.centre), "kept": kept}


def _map(asked: Asked, look: Look) -> dict[str, Any]:
    spots = browse.spots(look)
    offers = asked.filter.side is Side.OFFER
    placed = [(spot, *project(spot.latitude, spot.longitude)) for spot in spots]
    endpoint = "public.browse_offers" if offers else "public.browse_needs"
    view = view_around(((x, y) for _, x, y in placed), margin=40.0)
    dots = [
        {
            "name": spot.name,
            "x": x,
            "y": y,
            "supply": spot.listings if offers else 0,
            "demand": 0 if offers else spot.listings,
        }
        for spot, x, y in placed
    ]
    return {
        "spots": [
            {"name": spot.name, "value": spot.listings, "url": url_for(endpoint, van=spot.slug)} for spot in spots
        ],
        "view": view,
        "dots": with_names(dots, view),
    }


def _meant(asked: Asked, look: Look) -> list[dict[str, Any]]:
    """Searches with a mistyped word put right, for who finds little."""
    return [
        {"label": each.words, "url": asked.url(wanted=replace(asked.filter, words=each.words)), "count": each.listings}
        for each in meant(look)
    ]


def _nearest(asked: Asked, look: Look) -> dict[str, Any]:
    """How near the next result is: how many without each choice, and what the other side has."""
    counts = browse.count_without_each(look)
    steps = [
        {"label": _without_label(asked, name), "url": asked.url(wanted=asked.filter.without(name)), "count": number}
        for name, number in counts.items()
        if number
    ]
    if not steps and len(counts) > 1:
        steps = _keeping_one(asked)
    km = browse.nearest_km(look)
    other = Filter(**{**_fields(asked), "side": OTHER[asked.filter.side]})
    return {
        "steps": sorted(steps, key=lambda step: -step["count"])[:3],
        "nearest_km": None if km is None else max(1, round(km)),
        "other_side": {"count": browse.count(other), "url": asked.url(wanted=other)},
    }


def _keeping_one(asked: Asked) -> list[dict[str, Any]]:
    """When taking off one choice does not help: how many there are with only the words, or only the place."""
    wanted, side = asked.filter, asked.filter.side
    narrow = [
        (gettext("met alleen dit zoekwoord"), Filter(side=side, words=wanted.words)),
        (gettext("met alleen deze plaats"), Filter(side=side, place=wanted.place, km=wanted.km)),
    ]
    counted = [(said, one, browse.count(one)) for said, one in narrow if one.narrowed]
    return [{"label": said, "url": asked.url(wanted=one), "count": number} for said, one, number in counted if number]


def _fields(asked: Asked) -> dict[str, Any]:
    wanted = asked.filter
    return {name: getattr(wanted, name) for name in (*wanted.narrowed, "km") if name != "organisations"}


def _without_label(asked: Asked, name: str) -> str:
    value = getattr(asked.filter, name)
    if name == "place":
        return gettext("in heel Nederland")
    if isinstance(value, tuple) and len(value) == 1 and name != "organisations":
        return gettext("zonder “%(choice)s”", choice=filter_panel.option_label(name, value[0]))
    names = {"words": gettext("zonder zoekwoord"), "programme": gettext("voor alle opleidingen")}
    return names.get(name, gettext("zonder dit filter"))
