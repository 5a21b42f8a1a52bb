"""Equal chances: what mbo, hbo and wo got, for who answers for an organisation, and for coordinators."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.insights.chances_tables import SECTORS
from matchmaker.insights.equal_chances import EqualChances, equal_chances, years_with_figures
from matchmaker.insights.small_groups import FEWEST
from matchmaker.vocabulary import Role
from matchmaker.web.insights import insights
from matchmaker.web.sign_in_state import acting, my_organisation
from matchmaker.words.labels import label


@insights.get("/gelijke-kansen")
def show_equal_chances() -> str:
    """One school year, per kind of education and per programme; small groups are hidden."""
    years = years_with_figures(today())
    asked = request.args.get("jaar", "")
    year = next((each for each in years if str(each) == asked), years[0])
    membership = acting()
    assert membership is not None
    faculty = membership.faculty if membership.role is Role.COORDINATOR else None
    found = equal_chances(my_organisation(), year, faculty_id=faculty.id if faculty else None)
    return render_template(
        "insights/equal_chances.html",
        here=faculty.name if faculty else my_organisation().name,
        rows=[_row(found, sector) for sector in SECTORS],
        rest=_rest(found),
        programmes=_programmes(found),
        tabs=[_tab(each, year) for each in years],
        fewest=FEWEST,
        empty=not any(each.asked for each in found.answers.values()) and not found.names,
    )


def _row(found: EqualChances, sector: Any) -> list[str]:
    answers = found.answers[sector]
    return [
        label(sector),
        str(answers.asked),
        _share(answers.answered),
        gettext("te weinig") if answers.days is None else _plain(answers.days),
        _number(found.placed.groups[sector]),
        _number(found.started.groups[sector]),
    ]


def _programmes(found: EqualChances) -> list[list[str]]:
    """Programmes that may be named with their number, most students first, then what is hidden together."""
    shown = [(number, found.names[key]) for key, number in found.programmes.groups.items() if number is not None]
    rows = [[name, str(number)] for number, name in sorted(shown, key=lambda each: (-each[0], each[1]))]
    if found.programmes.rest is not None:
        rows.append([gettext("Andere opleidingen samen"), str(found.programmes.rest)])
    return rows


def _rest(found: EqualChances) -> str:
    """What the hidden kinds of education are together, where that may be said."""
    return str(found.placed.rest) if found.placed.rest is not None else ""


def _tab(year: int, chosen: int) -> dict[str, Any]:
    name = f"{year}-{year + 1}"
    return {"label": name, "url": url_for("insights.show_equal_chances", jaar=year), "current": year == chosen}


def _number(number: int | None) -> str:
    return gettext("verborgen") if number is None else str(number)


def _share(part: int | None) -> str:
    return gettext("te weinig") if part is None else f"{part}%"


def _plain(days: float) -> str:
    return f"{days:g}"
