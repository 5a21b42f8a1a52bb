"""All committees of someone; one of them with its seats, spread, meetings and advice; making, changing, closing one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.clock import today
from matchmaker.committees import actions
from matchmaker.committees.meeting_queries import advice_of, meetings_of, next_meetings
from matchmaker.committees.models import Committee
from matchmaker.committees.queries import (
    KEEPERS,
    committee_to_read,
    committees_of,
    events_of,
    kept_committee,
    kept_faculties,
)
from matchmaker.committees.spread import spread_of
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.models import Faculty
from matchmaker.organisations.queries import members_with_role, programmes_of
from matchmaker.vocabulary import CommitteeKind, Role
from matchmaker.web.committees import committees
from matchmaker.web.committees.forms import CommitteeForm
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me, my_organisation
from matchmaker.words import committees as words
from matchmaker.words.dates import say_since


@committees.get("/")
def list_committees() -> str:
    """What someone keeps or sits in, with what comes next in each."""
    found = committees_of(acting(), me())
    coming = next_meetings([each.id for each in found])
    first = {each.committee_id: each for each in reversed(coming)}
    return render_template(
        "committees/list.html",
        rows=[(each, words.finding(each), first.get(each.id)) for each in found],
        coming=coming[:6],
        keeps=_keeps_here(),
    )


@committees.route("/nieuw", methods=["GET", "POST"])
@only(KEEPERS)
def create_committee() -> Response | str:
    form = _form(None)
    if form.validate_on_submit() and (made := _saved(None, form)) is not None:
        db.session.commit()
        flash(gettext("De commissie staat er. Voeg nu de plekken toe."), "success")
        return redirect(url_for("committees.show_committee", committee_id=made.id))
    return render_template("committees/edit.html", form=form, committee=None)


@committees.get("/<id:committee_id>")
def show_committee(committee_id: int) -> str:
    """Everything about one committee; who sits in it reads it, who keeps it changes it."""
    committee, keeps = committee_to_read(committee_id, acting(), me())
    rows = spread_of(committee.standing)
    return render_template(
        "committees/committee.html",
        committee=committee,
        keeps=keeps,
        words=words,
        finding=words.finding(committee),
        spread=words.spread_matrix(rows),
        gaps=words.gaps(rows),
        meetings=meetings_of(committee),
        advices=[(each, *words.advice_state(each, today())) for each in advice_of(committee)],
        history=[_event(each) for each in reversed(events_of(committee))] if keeps else [],
        may_post=keeps and _may_post(),
    )


@committees.route("/<id:committee_id>/wijzig", methods=["GET", "POST"])
@only(KEEPERS)
def edit_committee(committee_id: int) -> Response | str:
    committee = kept_committee(committee_id, acting())
    form = _form(committee)
    current = form.is_current_as(_shown(committee))
    if form.validate_on_submit() and current and _saved(committee, form) is not None:
        db.session.commit()
        return redirect(url_for("committees.show_committee", committee_id=committee.id))
    return render_template("committees/edit.html", form=form, committee=committee)


@committees.post("/<id:committee_id>/stop")
@only(KEEPERS)
def close_committee(committee_id: int) -> Response:
    committee = kept_committee(committee_id, acting(), lock=True)
    actions.close_committee(committee, by=me())
    db.session.commit()
    flash(gettext("De commissie is gestopt. Alles blijft in het dossier."), "success")
    return redirect(url_for("committees.show_committee", committee_id=committee.id))


def _keeps_here() -> bool:
    membership = acting()
    if membership is None or membership.role not in KEEPERS or not membership.organisation.is_institution:
        return False
    return membership.role is not Role.LECTURER or membership.faculty_id is not None


def _may_post() -> bool:
    """The wizard of postings is for lecturers and coordinators."""
    membership = acting()
    return membership is not None and membership.role in {Role.LECTURER, Role.COORDINATOR}


def my_faculties() -> list[Faculty]:
    """The faculties in which someone may keep a committee; raises NotFound for who keeps none anywhere."""
    if not _keeps_here():
        raise NotFound("committee")
    return kept_faculties(acting())


def _form(committee: Committee | None) -> CommitteeForm:
    school, faculties = my_organisation(), my_faculties()
    kept = {each.id for each in faculties}
    form = CommitteeForm(data=_shown(committee))
    form.offer(
        faculties,
        [each for each in programmes_of(school) if each.faculty_id in kept],
        members_with_role(school, Role.COORDINATOR, Role.LECTURER, Role.ORG_ADMIN),
    )
    return form


def _shown(committee: Committee | None) -> dict[str, Any]:
    if committee is None:
        return {"owner": str(me().id), "kind": CommitteeKind.CONTENT.value}
    named = {name: str(getattr(committee, f"{name}_id") or "") for name in ("faculty", "programme", "owner")}
    plain = ("name", "purpose", "term_years", "renewals", "meetings_per_year")
    return {
        **{name: getattr(committee, name) for name in plain},
        **named,
        "kind": committee.kind.value,
        "version": str(committee.version),
    }


def _saved(committee: Committee | None, form: CommitteeForm) -> Committee | None:
    """Keep it; None when the domain found something that cannot be, which then stands at its field."""
    school = my_organisation()
    people = members_with_role(school, Role.COORDINATOR, Role.LECTURER, Role.ORG_ADMIN)
    try:
        return actions.save_committee(
            committee,
            faculty=next(each for each in school.faculties if str(each.id) == form.faculty.data),
            programme=next((each for each in programmes_of(school) if str(each.id) == form.programme.data), None),
            name=form.name.data or "",
            kind=CommitteeKind(form.kind.data),
            purpose=form.purpose.data or "",
            term_years=form.term_years.data or 0,
            renewals=form.renewals.data or 0,
            meetings_per_year=form.meetings_per_year.data or 0,
            owner=next((each.account for each in people if str(each.account_id) == form.owner.data), None),
            by=me(),
        )
    except InvalidValue as refused:
        form.refuse(refused)
        return None


def _event(event: Any) -> dict[str, str]:
    who = event.actor.display_name if event.actor else ""
    return {"what": words.event_words(event), "when": say_since(event.at), "who": who}
