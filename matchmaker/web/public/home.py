"""The front door: search, three doors, today's numbers, the map and what is new."""

from typing import Any

from flask import render_template, url_for

from matchmaker.clock import now
from matchmaker.insights.public_figures import figures
from matchmaker.insights.supply_and_demand import Balance, balances, largest_unmet
from matchmaker.listings.search.browse import first_of
from matchmaker.listings.search.filters import Filter
from matchmaker.vocabulary import Side
from matchmaker.web.map_projection import WHOLE_COUNTRY, project
from matchmaker.web.public import public
from matchmaker.web.public.cards import cards
from matchmaker.web.public.doors import doors
from matchmaker.web.public.map_labels import with_names
from matchmaker.web.public.map_spread import spread

NEWEST = 3
IN_TABLE = 6
MOST_NAMED = 7

SEARCHED = ("omgevingsrecht", "jeugdhulp", "data", "verkeer", "water")


@public.get("/")
def show_home() -> str:
    lines = balances()
    return render_template(
        "public/home.html",
        figures=figures(),
        at=now(),
        lines=lines[:IN_TABLE],
        most=(max((line.places for line in lines), default=0), max((line.needs for line in lines), default=0)),
        dots=map_dots(lines),
        newest=cards(first_of(Filter(side=Side.OFFER), NEWEST)),
        unmet=largest_unmet(),
        doors=doors(),
        searched=SEARCHED,
    )


def map_dots(lines: list[Balance]) -> list[dict[str, Any]]:
    """A dot per municipality with supply or demand, none on another; the first ones named where there is room."""
    dots = []
    for line in lines:
        x, y = project(line.lat, line.lon)
        dots.append(
            {
                "name": line.name,
                "x": x,
                "y": y,
                "supply": line.places,
                "demand": line.needs,
                "url": url_for("public.show_municipality", slug=line.slug),
            }
        )
    return with_names(spread(dots), WHOLE_COUNTRY, most=MOST_NAMED)
