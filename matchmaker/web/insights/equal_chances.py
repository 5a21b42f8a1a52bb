"""Equal chances: what mbo, hbo and wo got, for who answers for an organisation, and for coordinators."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.insights.chances_tables import SECTORS
from matchmaker.insights.equal_chances import EqualChances, equal_chances, years_with_figures
from matchmaker.insights.small_groups import FEWEST, share
from matchmaker.vocabulary import Role, Sector
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
        students=[_students(found, sector) for sector in SECTORS],
        rest=_rest(found),
        programmes=_programmes(found),
        tabs=[_tab(each, year) for each in years],
        fewest=FEWEST,
        empty=not any(each.asked for each in found.answers.values()) and not found.names,
    )


def _row(found: EqualChances, sector: Sector) -> list[str]:
    answers = found.answers[sector]
    return [
        label(sector),
        str(answers.asked),
        _share(answers.answered),
        gettext("te weinig") if answers.days is None else _plain(answers.days),
        _number(found.placed.groups[sector]),
        _number(found.started.groups[sector]),
    ]


def _students(found: EqualChances, sector: Sector) -> list[str]:
    heard = found.students
    applied, answered, days = heard.applied.groups[sector], heard.answered.groups[sector], heard.days[sector]
    known = applied is not None and answered is not None
    return [
        label(sector),
        _number(applied),
        _share(min(share(answered, applied) or 0, 100) if known and applied else None),
        gettext("te weinig") if days is None else _plain(days),
    ]


def _programmes(found: EqualChances) -> list[list[str]]:
    """Programmes that may be named with a number, most placements first, then what is hidden together."""
    applied, placed = found.students.programmes, found.programmes
    shown = [key for key in found.names if applied.groups.get(key) or placed.groups.get(key)]
    rows = [
        [found.names[key], _number(applied.groups.get(key, 0)), _number(placed.groups.get(key, 0))]
        for key in sorted(shown, key=lambda key: (-(placed.groups.get(key) or 0), found.names[key]))
    ]
    if applied.rest is not None or placed.rest is not None:
        rests = ["" if each.rest is None else str(each.rest) for each in (applied, placed)]
        rows.append([gettext("Andere opleidingen samen"), *rests])
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
