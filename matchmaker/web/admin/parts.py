"""Teams of a municipality; faculties and programmes of a school."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.administration import faculty_for, organisation_for, programme_for, team_for
from matchmaker.organisations.models import Faculty, Organisation, Programme, Team
from matchmaker.organisations.parts import remove_part, save_faculty, save_programme, save_team
from matchmaker.vocabulary import Level
from matchmaker.web.admin import admin
from matchmaker.web.admin.choices import study_field_choices, work_field_choices
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import CheckboxesField, EditForm, at_most, options
from matchmaker.web.sign_in_state import me
from matchmaker.words.errors import sentence_for
from matchmaker.words.field_names import field_names
from matchmaker.words.labels import choices


class TeamForm(EditForm):
    name = StringField(_l("Naam van het team"), [DataRequired(_l("Vul een naam in.")), at_most(120)])
    work_fields = CheckboxesField(_l("Werkvelden"))


class FacultyForm(EditForm):
    name = StringField(_l("Naam"), [DataRequired(_l("Vul een naam in.")), at_most(160)])


class ProgrammeForm(EditForm):
    name = StringField(_l("Naam van de opleiding"), [DataRequired(_l("Vul een naam in.")), at_most(160)])
    levels = CheckboxesField(_l("Niveau"), choices=options(choices(Level)))
    isced = SelectField(_l("Studierichting"), default="")


@admin.get("/onderdelen", defaults={"organisation_id": None})
@admin.get("/organisaties/<id:organisation_id>/onderdelen")
def list_parts(organisation_id: int | None) -> str:
    organisation = organisation_for(giver(), organisation_id)
    return render_template("admin/organisation/parts.html", organisation=organisation, field_names=field_names())


@admin.route("/organisaties/<id:organisation_id>/teams/nieuw", methods=["GET", "POST"])
def add_team(organisation_id: int) -> Response | str:
    return _team_page(None, organisation_for(giver(), organisation_id))


@admin.route("/teams/<id:team_id>", methods=["GET", "POST"])
def edit_team(team_id: int) -> Response | str:
    team = team_for(giver(), team_id)
    return _team_page(team, team.organisation)


def _team_page(team: Team | None, organisation: Organisation) -> Response | str:
    form = TeamForm(obj=team)
    form.work_fields.choices = work_field_choices()
    current = team is None or form.is_current(team)
    if not (form.validate_on_submit() and current):
        return render_template("admin/organisation/team.html", form=form, organisation=organisation, part=team)
    try:
        save_team(team, organisation=organisation, name=form.name.data, work_fields=form.work_fields.data, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/organisation/team.html", form=form, organisation=organisation, part=team)
    flash(gettext("Het team is bewaard."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_parts", organisation_id=organisation.id))


@admin.route("/organisaties/<id:organisation_id>/faculteiten/nieuw", methods=["GET", "POST"])
def add_faculty(organisation_id: int) -> Response | str:
    return _faculty_page(None, organisation_for(giver(), organisation_id))


@admin.route("/faculteiten/<id:faculty_id>", methods=["GET", "POST"])
def edit_faculty(faculty_id: int) -> Response | str:
    faculty = faculty_for(giver(), faculty_id)
    return _faculty_page(faculty, faculty.organisation)


def _faculty_page(faculty: Faculty | None, organisation: Organisation) -> Response | str:
    form = FacultyForm(obj=faculty)
    current = faculty is None or form.is_current(faculty)
    if not (form.validate_on_submit() and current):
        return render_template("admin/organisation/faculty.html", form=form, organisation=organisation, part=faculty)
    try:
        save_faculty(faculty, organisation=organisation, name=form.name.data, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/organisation/faculty.html", form=form, organisation=organisation, part=faculty)
    flash(gettext("De faculteit is bewaard."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_parts", organisation_id=organisation.id))


@admin.route("/faculteiten/<id:faculty_id>/opleidingen/nieuw", methods=["GET", "POST"])
def add_programme(faculty_id: int) -> Response | str:
    return _programme_page(None, faculty_for(giver(), faculty_id))


@admin.route("/opleidingen/<id:programme_id>", methods=["GET", "POST"])
def edit_programme(programme_id: int) -> Response | str:
    programme = programme_for(giver(), programme_id)
    return _programme_page(programme, programme.faculty)


def _programme_page(programme: Programme | None, faculty: Faculty) -> Response | str:
    form = ProgrammeForm(obj=programme)
    form.isced.choices = study_field_choices()
    current = programme is None or form.is_current(programme)
    page = {"form": form, "organisation": faculty.organisation, "faculty": faculty, "part": programme}
    if not (form.validate_on_submit() and current):
        return render_template("admin/organisation/programme.html", **page)
    values = {"name": form.name.data, "levels": form.levels.data, "isced": form.isced.data}
    try:
        save_programme(programme, faculty=faculty, **values, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/organisation/programme.html", **page)
    flash(gettext("De opleiding is bewaard."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_parts", organisation_id=faculty.organisation_id))


@admin.post("/teams/<id:team_id>/weghalen")
def remove_team(team_id: int) -> Response:
    team = team_for(giver(), team_id)
    return _remove(team, team.organisation)


@admin.post("/faculteiten/<id:faculty_id>/weghalen")
def remove_faculty(faculty_id: int) -> Response:
    faculty = faculty_for(giver(), faculty_id)
    return _remove(faculty, faculty.organisation)


@admin.post("/opleidingen/<id:programme_id>/weghalen")
def remove_programme(programme_id: int) -> Response:
    programme = programme_for(giver(), programme_id)
    return _remove(programme, programme.faculty.organisation)


def _remove(part: Team | Faculty | Programme, organisation: Organisation) -> Response:
    number = organisation.id
    try:
        remove_part(part, organisation=organisation, by=me())
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(url_for("admin.list_parts", organisation_id=number))
    flash(gettext("Het is weg."), "success")
    db.session.commit()
    return redirect(url_for("admin.list_parts", organisation_id=number))
