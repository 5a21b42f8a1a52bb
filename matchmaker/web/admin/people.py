"""The people of an organisation and what each may do."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from matchmaker.accounts.actions import close_account as close
from matchmaker.accounts.actions import reopen_account as reopen
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations import administration
from matchmaker.organisations.memberships import (
    change_membership,
    check_nowhere_last_administrator,
    end_membership,
)
from matchmaker.organisations.models import Membership, MembershipStatus, Organisation
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.organisations.rules import roles_to_grant
from matchmaker.vocabulary import Role
from matchmaker.web.admin import admin
from matchmaker.web.admin.choices import chosen_part, has_teams, part_choices, role_choices, work_field_choices
from matchmaker.web.admin.listing import asked_code, asked_text, giver, pages, window
from matchmaker.web.admin.second_step import may_renew
from matchmaker.web.fields import CheckboxesField, EditForm, at_most
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import has_role, me
from matchmaker.words.errors import sentence_for


class PersonForm(EditForm):
    role = SelectField(_l("Rol"))
    team = SelectField(_l("Team"), default="")
    faculty = SelectField(_l("Faculteit"), default="")
    job_title = StringField(_l("Functie"), [at_most(120)])
    speaks_about = CheckboxesField(_l("Kan vertellen over"))

    def fit(self, membership: Membership) -> None:
        """Keep the fields and choices this organisation has."""
        organisation = membership.organisation
        self.role.choices = role_choices({*roles_to_grant(giver(), organisation), membership.role})
        if has_teams(organisation):
            del self.faculty
            self.team.choices = part_choices(organisation.teams)
            self.speaks_about.choices = work_field_choices()
        else:
            del self.team, self.speaks_about
            self.faculty.choices = part_choices(organisation.faculties)


@admin.get("/mensen")
def list_people() -> str:
    """Those who wait for a decision come first."""
    organisation = organisation_by_code(asked_text("organisatie")) if has_role(Role.PLATFORM_ADMIN) else None
    rows, total = _found(organisation)
    return render_template(
        "admin/people/list.html",
        people=rows,
        total=total,
        waiting=administration.waiting_sign_ups(giver()),
        pages=pages(total),
        filtered=any(request.args.get(name) for name in ("q", "rol", "status", "organisatie")),
        organisation=organisation or giver().organisation,
        everywhere=has_role(Role.PLATFORM_ADMIN) and organisation is None,
    )


def _found(organisation: Organisation | None) -> tuple[Sequence[Membership], int]:
    return administration.people(
        giver(),
        organisation=organisation,
        search=asked_text(),
        role=asked_code("rol", Role),
        status=asked_code("status", MembershipStatus),
        **window(),
    )


@admin.route("/mensen/<id:membership_id>", methods=["GET", "POST"])
def show_person(membership_id: int) -> Response | str:
    """One person in one role. Who waits for a decision has a page of their own."""
    membership = administration.person(giver(), membership_id)
    if membership.status is MembershipStatus.ASKED:
        return redirect(url_for("admin.confirm_sign_up", membership_id=membership.id))
    form = _form_for(membership)
    current = form.is_current_as(_shown(membership))
    if not membership.is_active or not (form.validate_on_submit() and current):
        return _page(membership, form)
    try:
        _change(membership, form)
    except InvalidValue as wrong:
        form.refuse(wrong)
        return _page(membership, form)
    flash(gettext("Bewaard. Het geldt meteen."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_person", membership_id=membership.id))


def _form_for(membership: Membership) -> PersonForm:
    form = PersonForm(data=_shown(membership))
    form.fit(membership)
    return form


def _shown(membership: Membership) -> dict[str, Any]:
    return {
        "role": membership.role.value,
        "team": str(membership.team_id or ""),
        "faculty": str(membership.faculty_id or ""),
        "job_title": membership.job_title,
        "speaks_about": membership.speaks_about,
        "version": membership.version,
    }


def _page(membership: Membership, form: PersonForm) -> str:
    return render_template(
        "admin/people/person.html",
        membership=membership,
        form=form,
        others=administration.other_roles(membership),
        is_me=membership.account_id == me().id,
        may_renew=may_renew(membership),
    )


def _change(membership: Membership, form: PersonForm) -> None:
    organisation = membership.organisation
    change_membership(
        membership,
        role=Role(form.role.data),
        team=chosen_part(organisation.teams, form.team.data) if form.team else None,
        faculty=chosen_part(organisation.faculties, form.faculty.data) if form.faculty else None,
        job_title=form.job_title.data,
        speaks_about=form.speaks_about.data if form.speaks_about else [],
        by=giver(),
    )


@admin.post("/mensen/<id:membership_id>/rol-beeindigen")
def end_role(membership_id: int) -> Response:
    """Take one role away. Someone's last role here ends by handing over, so that nothing is left without an owner."""
    membership = administration.person(giver(), membership_id)
    if not administration.other_roles(membership):
        return redirect(url_for("admin.hand_over", membership_id=membership.id))
    try:
        end_membership(membership, by=giver())
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(url_for("admin.show_person", membership_id=membership.id))
    flash(gettext("Deze rol is beëindigd. Het geldt meteen."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_people"))


@admin.post("/mensen/<id:membership_id>/account-sluiten")
@only(PLATFORM_ADMIN)
def close_account(membership_id: int) -> Response:
    """Nobody signs in with this account any more."""
    membership = administration.person(giver(), membership_id)
    try:
        if membership.account_id == me().id:
            raise InvalidValue("account", "yourself")
        check_nowhere_last_administrator(membership.account)
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(url_for("admin.show_person", membership_id=membership.id))
    close(membership.account, by=me())
    flash(gettext("Met dit account kan niemand meer inloggen."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_person", membership_id=membership.id))


@admin.post("/mensen/<id:membership_id>/account-openen")
@only(PLATFORM_ADMIN)
def reopen_account(membership_id: int) -> Response:
    membership = administration.person(giver(), membership_id)
    reopen(membership.account, by=me())
    flash(gettext("Met dit account kan weer iemand inloggen."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_person", membership_id=membership.id))
