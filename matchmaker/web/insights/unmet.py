"""What schools around here look for and nobody offers."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext, ngettext

from matchmaker.insights.unmet import DAYS_BACK, FEWEST_SEARCHES, WAIT_DAYS, Missing, Unanswered, unanswered_near
from matchmaker.organisations.models import Organisation
from matchmaker.reference import work_field
from matchmaker.vocabulary import Kind
from matchmaker.web.guards import DESK, OVERVIEW, may_open, only
from matchmaker.web.insights import insights
from matchmaker.web.sign_in_state import acting, has_role, my_organisation
from matchmaker.words.field_names import field_name
from matchmaker.words.labels import KINDS


@insights.get("/gezocht")
@only(OVERVIEW)
def show_unmet() -> str:
    here = my_organisation()
    found = unanswered_near(here)
    return render_template(
        "insights/unmet.html",
        here=here,
        found=found,
        finding=_finding(found),
        rows=[_row(row, here) for row in found.rows],
        at_desk=has_role(*DESK),
        may_post=may_open(url_for("municipality.post_offer"), acting()),
        days_back=DAYS_BACK,
        fewest=FEWEST_SEARCHES,
        wait=WAIT_DAYS,
    )


def _finding(found: Unanswered) -> str:
    if found.programmes:
        return ngettext(
            "%(num)d opleiding binnen %(km)d km zoekt iets dat niemand aanbiedt",
            "%(num)d opleidingen binnen %(km)d km zoeken iets dat niemand aanbiedt",
            found.programmes,
            km=found.km,
        )
    if found.rows:
        return gettext("Er wordt gezocht naar iets dat niemand aanbiedt")
    return gettext("Wat hier gezocht wordt, is ook te vinden")


def _row(row: Missing, here: Organisation) -> dict[str, Any]:
    kind = str(KINDS[Kind(row.kind)]) if row.kind else gettext("Soort maakt niet uit")
    asked = {"werkveld": row.work_field or None, "soort": row.kind or None}
    return {
        "row": row,
        "kind": kind,
        "field": field_name(work_field(row.work_field)) if row.work_field else gettext("Werkveld niet genoemd"),
        "needs_url": url_for("public.browse_needs", plaats=here.place or None, **asked) if row.needs else "",
        "post_url": url_for("municipality.post_offer", **asked),
    }
