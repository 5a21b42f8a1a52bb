"""The dossier of a committee for any period: looked at, downloaded, sealed."""

from dataclasses import dataclass
from datetime import date

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from matchmaker.clock import today
from matchmaker.committees.days import months_on
from matchmaker.committees.dossier import Facts, facts_of
from matchmaker.committees.models import Committee
from matchmaker.committees.queries import KEEPERS, dossiers_of, kept_committee, kept_dossier
from matchmaker.database import db
from matchmaker.documents.committee_dossier import pdf, workbook
from matchmaker.documents.committee_sealing import seal
from matchmaker.errors import InvalidValue
from matchmaker.files.actions import read
from matchmaker.web.committees import committees
from matchmaker.web.committees.forms import PeriodForm
from matchmaker.web.files import as_file
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me

YEARS_BACK = 6
"""A programme is accredited every six years."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A period that was asked for, and what happened in it; None when it cannot be."""

    form: PeriodForm
    facts: Facts | None


@committees.get("/<id:committee_id>/dossier")
@only(KEEPERS)
def show_dossier(committee_id: int) -> str:
    """What a dossier of a period holds, and what was sealed."""
    committee = kept_committee(committee_id, acting())
    asked = _asked(committee)
    return _page(committee, asked)


@committees.get("/<id:committee_id>/dossier.<any(pdf, xlsx):ending>")
@only(KEEPERS)
def download_dossier(committee_id: int, ending: str) -> FlaskResponse | str:
    """The dossier as it is now."""
    committee = kept_committee(committee_id, acting())
    asked = _asked(committee)
    if asked.facts is None:
        return _page(committee, asked)
    content = pdf(asked.facts) if ending == "pdf" else workbook(asked.facts)
    return _file(content, f"dossier-{committee.id}-{asked.facts.first_day}-{asked.facts.last_day}", ending)


@committees.post("/<id:committee_id>/dossier/verzegel")
@only(KEEPERS)
def seal_dossier(committee_id: int) -> Response | str:
    """Keep both files as they are today."""
    committee, form = kept_committee(committee_id, acting()), PeriodForm()
    if form.validate_on_submit():
        try:
            seal(committee, form.first_day.data, form.last_day.data, by=me())
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(gettext("Verzegeld. Beide bestanden veranderen niet meer."), "success")
            return redirect(url_for("committees.show_dossier", committee_id=committee.id))
    return _page(committee, Asked(form, None))


@committees.get("/dossier/<id:dossier_id>.<any(pdf, xlsx):ending>")
@only(KEEPERS)
def download_sealed(dossier_id: int, ending: str) -> FlaskResponse:
    """A sealed file, byte for byte."""
    dossier = kept_dossier(dossier_id, acting())
    content = read(dossier.pdf if ending == "pdf" else dossier.xlsx)
    return _file(content, f"dossier-{dossier.committee_id}-verzegeld-{dossier.id}", ending)


def _asked(committee: Committee) -> Asked:
    """The period in the address, or the last six years."""
    given = {name: request.args[name] for name in ("first_day", "last_day") if request.args.get(name)}
    last = today()
    shown = {"first_day": months_on(last, -12 * YEARS_BACK).isoformat(), "last_day": last.isoformat(), **given}
    form = PeriodForm(MultiDict(shown), meta={"csrf": False})
    if not form.validate():
        return Asked(form, None)
    try:
        return Asked(form, facts_of(committee, form.first_day.data, form.last_day.data))
    except InvalidValue as refused:
        form.refuse(refused)
        return Asked(form, None)


def _page(committee: Committee, asked: Asked) -> str:
    period = _period(asked.facts.first_day, asked.facts.last_day) if asked.facts else {}
    return render_template(
        "committees/dossier.html",
        committee=committee,
        form=asked.form,
        facts=asked.facts,
        period=period,
        sealed=dossiers_of(committee),
    )


def _period(first_day: date, last_day: date) -> dict[str, str]:
    return {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}


def _file(content: bytes, name: str, ending: str) -> FlaskResponse:
    return as_file(content, name, ending, cache="private, no-store")
