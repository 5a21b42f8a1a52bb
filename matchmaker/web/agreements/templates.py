"""What a school adds to the fixed articles: written, looked at, published as a version."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.agreements.models import AgreementTemplate, kind_for
from matchmaker.agreements.templates import (
    draft_template,
    publish_template,
    published_template,
    versions_of,
    write_template,
)
from matchmaker.database import db
from matchmaker.documents.agreement import preview_template
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Role
from matchmaker.web.agreements import agreements
from matchmaker.web.agreements.forms import TemplateForm
from matchmaker.web.files import as_file
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import me, my_organisation
from matchmaker.words.agreement_articles import example_content, fixed_after, fixed_before
from matchmaker.words.agreements import KINDS

WRITERS = frozenset({Role.COORDINATOR, Role.ORG_ADMIN})


@agreements.route("/sjabloon", methods=["GET", "POST"])
@only(WRITERS)
def edit_template() -> Response | str:
    """The fixed articles to read, and the school's own to write."""
    school = _school()
    draft = draft_template(school.id)
    form = TemplateForm.showing(draft or published_template(school.id))
    if form.validate_on_submit() and not form.overtaken and _written(school, form):
        db.session.commit()
        flash(gettext("Bewaard als concept. Publiceer het om het te gebruiken."), "success")
        return redirect(url_for("agreements.edit_template"))
    return _page(school, form, draft)


@agreements.post("/sjabloon/publiceer")
@only(WRITERS)
def publish_draft() -> Response:
    """New agreements use it from now on."""
    draft = draft_template(_school().id)
    if draft is None:
        raise NotFound("template")
    publish_template(draft, by=me())
    db.session.commit()
    flash(gettext("Gepubliceerd als versie %(number)s.", number=draft.number), "success")
    return redirect(url_for("agreements.edit_template"))


@agreements.get("/sjabloon/voorbeeld.pdf")
@only(WRITERS)
def preview_draft() -> FlaskResponse:
    """An agreement of an invented student with the draft, or the version that is used."""
    school = _school()
    template = draft_template(school.id) or published_template(school.id)
    shown = template or AgreementTemplate(number=0, preamble="", preamble_en="", articles=[], always_english=False)
    return as_file(preview_template(shown, example_content(school)), "voorbeeld-overeenkomst", "pdf")


@agreements.get("/sjabloon/<id:template_id>.pdf")
@only(WRITERS)
def preview_version(template_id: int) -> FlaskResponse:
    """The same with a version that was published before."""
    school = _school()
    found = next((each for each in versions_of(school.id) if each.id == template_id), None)
    if found is None:
        raise NotFound("template")
    return as_file(preview_template(found, example_content(school)), f"voorbeeld-versie-{found.number}", "pdf")


def _school() -> Organisation:
    """Only a school has a template."""
    mine = my_organisation()
    if not mine.is_institution:
        raise NotFound("template")
    return mine


def _written(school: Organisation, form: TemplateForm) -> bool:
    try:
        write_template(
            school,
            preamble=form.preamble.data or "",
            articles=form.written,
            by=me(),
            preamble_en=form.preamble_en.data or "",
            always_english=bool(form.always_english.data),
        )
    except InvalidValue as error:
        form.refuse(error)
        return False
    return True


def _page(school: Organisation, form: TemplateForm, draft: AgreementTemplate | None) -> str:
    content = example_content(school)
    return render_template(
        "agreements/edit_template.html",
        form=form,
        draft=draft,
        kind=KINDS[kind_for(school.sector)],
        before=fixed_before(content),
        after=fixed_after(content),
        versions=versions_of(school.id),
    )
