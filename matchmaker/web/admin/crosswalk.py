"""How close each field of study comes to each field of work."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired

from matchmaker.catalogue.actions import publish_version
from matchmaker.catalogue.models import Subject
from matchmaker.catalogue.queries import current_crosswalk, versions_of
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.reference import study_field, work_field, work_fields
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_text
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.field_names import field_name

STRENGTHS = (("0", _l("Geen")), ("1", _l("Een beetje")), ("2", _l("Goed")), ("3", _l("Vanzelf")))


class LinkForm(Form):
    strength = RadioField(_l("Hoe goed past het?"), choices=options(STRENGTHS))
    why = TextAreaField(_l("Waarom verandert u dit?"), [DataRequired(_l("Schrijf waarom.")), at_most(1000)])


@admin.get("/kruistabel")
@only(PLATFORM_ADMIN)
def show_crosswalk() -> str:
    """One field of work at a time: its fields of study, the strongest first."""
    version, crosswalk = current_crosswalk()
    chosen = next((each for each in work_fields() if each.code == asked_text("werkveld")), work_fields()[0])
    links = sorted(
        ((strength, study) for (work, study), strength in crosswalk.strengths.items() if work == chosen.code),
        key=lambda link: (-link[0], link[1]),
    )
    return render_template(
        "admin/weights/crosswalk.html",
        version=version,
        chosen=chosen,
        fields=work_fields(),
        links=[(study, field_name(study_field(study)), strength) for strength, study in links],
        versions=versions_of(Subject.CROSSWALK),
        number=len(crosswalk.strengths),
    )


@admin.route("/kruistabel/<work>/<study>", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def edit_link(work: str, study: str) -> Response | str:
    """Change one pair; that makes a new version."""
    names = _names(work, study)
    _version, crosswalk = current_crosswalk()
    form = LinkForm(strength=str(crosswalk.strengths.get((work, study), 0)))
    if not form.validate_on_submit():
        return render_template("admin/weights/link.html", form=form, work=work, names=names)
    pairs = {**crosswalk.strengths, (work, study): int(form.strength.data)}
    try:
        publish_version(Subject.CROSSWALK, _values(pairs), why=form.why.data, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/weights/link.html", form=form, work=work, names=names)
    flash(gettext("De nieuwe kruistabel geldt. Oude voorstellen houden de hunne."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_crosswalk", werkveld=work))


def _values(pairs: dict[tuple[str, str], int]) -> dict[str, list[list[str | int]]]:
    return {"pairs": [[work, study, strength] for (work, study), strength in sorted(pairs.items()) if strength]}


def _names(work: str, study: str) -> tuple[str, str]:
    try:
        return field_name(work_field(work)), field_name(study_field(study))
    except KeyError:
        raise NotFound() from None
