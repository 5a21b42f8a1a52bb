"""Pages to read: how it works, how it counts, what it keeps, who it is for, where to ask."""

from flask import current_app, render_template
from flask_babel import gettext

from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import KindGroup
from matchmaker.insights import public_figures
from matchmaker.vocabulary import Kind
from matchmaker.web.public import public
from matchmaker.words.labels import label
from matchmaker.words.reasons import CRITERIA, DAY_AND_TIME

SHOWN_AS = {
    KindGroup.PLACES: (Kind.ORIENTATION, Kind.WORK, Kind.RESEARCH, Kind.GRADUATION, Kind.TRAINEESHIP),
    KindGroup.SESSIONS: (Kind.LECTURE, Kind.VISIT),
    KindGroup.SEATS: (Kind.SEAT,),
    KindGroup.ASSIGNMENTS: (Kind.GROUP, Kind.COURSE, Kind.QUESTION),
}


@public.get("/zo-werkt-de-match")
def show_matching() -> str:
    weights, crosswalk = current_weights(), current_crosswalk()[0]
    groups = [
        {
            "kinds": [label(kind) for kind in SHOWN_AS[group]],
            "parts": [
                {"name": _name(criterion, group), "percent": _percent(weights.shares(group)[criterion])}
                for criterion in APPLIES[group]
            ],
        }
        for group in KindGroup
    ]
    return render_template(
        "public/matching.html", groups=groups, weights_version=weights.version, crosswalk_version=crosswalk
    )


@public.get("/zo-tellen-wij")
def show_counting() -> str:
    return render_template(
        "public/counting.html",
        days_back=public_figures.DAYS_BACK,
        most=public_figures.MOST_REQUESTS,
        fewest=public_figures.FEWEST_ANSWERS,
    )


@public.get("/toegankelijkheid")
def show_accessibility() -> str:
    return render_template("public/accessibility.html")


@public.get("/hulp")
def show_help() -> str:
    settings = current_app.extensions["settings"]
    return render_template("public/help.html", days=settings.first_answer_days)


@public.get("/contact")
def show_contact() -> str:
    settings = current_app.extensions["settings"]
    return render_template("public/contact.html", mail=settings.mail_from, security=settings.security_contact)


@public.get("/over")
def show_about() -> str:
    return render_template("public/about.html")


@public.get("/stijlgids")
def show_style_guide() -> str:
    return render_template("public/style_guide.html")


def _percent(share: float) -> float | int:
    """A whole number where it is one, else with one decimal."""
    percent = round(100 * share, 1)
    return int(percent) if percent.is_integer() else percent


def _name(criterion: Criterion, group: KindGroup) -> str:
    named_by_day = criterion is Criterion.PERIOD and group is KindGroup.SESSIONS
    return gettext(DAY_AND_TIME if named_by_day else CRITERIA[criterion])
