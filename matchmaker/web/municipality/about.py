"""What a municipality says about itself: work it has no places for, and where many more ask than it can place."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField, ValidationError

from matchmaker.database import db
from matchmaker.listings.import_export.cells import study_code
from matchmaker.organisations.actions import change_organisation
from matchmaker.organisations.models import Organisation
from matchmaker.reference import work_fields
from matchmaker.web.fields import TEXT_LENGTH, CheckboxesField, EditForm, at_most, options
from matchmaker.web.guards import DESK, only
from matchmaker.web.municipality import municipality
from matchmaker.web.sign_in_state import me, my_organisation
from matchmaker.words.field_names import study_field_names, work_field_names

LISTS = ("no_places_for", "crowded")


class AboutForm(EditForm):
    """Fields of work are ticked; programmes are typed and kept as their field of study."""

    about = TextAreaField(_l("Wat wilt u scholen vertellen?"), [at_most(TEXT_LENGTH)])
    no_places_for = CheckboxesField(_l("Voor dit werk hebben wij geen plekken"), choices=[])
    no_places_for_programmes = StringField(_l("En niet voor deze opleidingen"), [at_most(500)])
    crowded = CheckboxesField(_l("Bij dit werk is het erg druk"), choices=[])
    crowded_programmes = StringField(_l("En bij deze opleidingen"), [at_most(500)])

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(data=_shown(organisation))
        codes = [field.code for field in work_fields()]
        for name in LISTS:
            self[name].choices = options(zip(codes, work_field_names(codes), strict=True))

    def validate_no_places_for_programmes(self, field: StringField) -> None:
        """Each a programme we know."""
        unknown = [name for name in _typed(field.data) if study_code(name) is None]
        if unknown:
            raise ValidationError(
                gettext("Deze opleiding kennen wij niet: %(name)s. Kijk hoe u de naam schrijft.", name=unknown[0][:80])
            )

    validate_crowded_programmes = validate_no_places_for_programmes

    def codes(self, name: str) -> list[str]:
        """Everything one statement names, as codes of work and of study."""
        studies = [study_code(typed) for typed in _typed(self[f"{name}_programmes"].data)]
        return list(dict.fromkeys([*self[name].data, *(code for code in studies if code)]))


@municipality.route("/over-ons", methods=["GET", "POST"])
@only(DESK)
def edit_about() -> Response | str:
    organisation = my_organisation()
    form = AboutForm(organisation)
    current = form.is_current_as(_shown(organisation))
    if form.validate_on_submit() and current:
        change_organisation(
            organisation,
            about=form.about.data or "",
            theme=organisation.theme,
            no_places_for=form.codes("no_places_for"),
            crowded=form.codes("crowded"),
            by=me(),
        )
        flash(gettext("Bewaard. Scholen zien het meteen op uw pagina."), "success")
        db.session.commit()
        return redirect(url_for("municipality.edit_about"))
    return render_template("municipality/about/edit.html", form=form, organisation=organisation)


def _shown(organisation: Organisation) -> dict[str, Any]:
    shown: dict[str, Any] = {"about": organisation.about, "version": organisation.version}
    for name in LISTS:
        codes = getattr(organisation, name)
        studies = [code for code in codes if not code.startswith("W")]
        shown[name] = [code for code in codes if code.startswith("W")]
        shown[f"{name}_programmes"] = "; ".join(study_field_names(studies))
    return shown


def _typed(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(";") if name.strip()]
