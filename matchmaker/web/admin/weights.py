"""How heavy each criterion counts, and why that changed."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from matchmaker.catalogue.actions import publish_version
from matchmaker.catalogue.models import Subject
from matchmaker.catalogue.queries import current_weights, versions_of
from matchmaker.database import db
from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.profiles import KindGroup
from matchmaker.engine.weights import MOST_POINTS, Weights
from matchmaker.errors import InvalidValue
from matchmaker.vocabulary import Kind
from matchmaker.web.admin import admin
from matchmaker.web.fields import Form, at_most
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.reasons import criterion_name

CELLS = tuple((group, criterion) for group in KindGroup for criterion in APPLIES[group])
KIND_OF = {
    KindGroup.PLACES: Kind.WORK,
    KindGroup.SESSIONS: Kind.LECTURE,
    KindGroup.SEATS: Kind.SEAT,
    KindGroup.ASSIGNMENTS: Kind.GROUP,
}
_POINTS = _l("Kies een heel getal van 0 tot en met 1000.")


class WeightsForm(Form):
    """One number per criterion and group."""

    why = TextAreaField(_l("Waarom verandert u dit?"), [DataRequired(_l("Schrijf waarom.")), at_most(1000)])


for _group, _criterion in CELLS:
    setattr(
        WeightsForm,
        f"{_group.value}_{_criterion.value}",
        IntegerField(validators=[InputRequired(_POINTS), NumberRange(0, MOST_POINTS, _POINTS)]),
    )


@admin.route("/weging", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def show_weights() -> Response | str:
    weights = current_weights()
    form = WeightsForm(data={name: weights.by_group[group][each] for name, group, each in _fields()})
    _name_fields(form)
    if not form.validate_on_submit():
        return _page(form, weights)
    try:
        publish_version(Subject.WEIGHTS, _values(form), why=form.why.data, by=me())
    except InvalidValue as wrong:
        form.refuse(InvalidValue("form", "nothing_counts") if wrong.field == "values" else wrong)
        return _page(form, weights)
    flash(gettext("De nieuwe weging geldt. Oude voorstellen houden hun eigen weging."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_weights"))


def _fields() -> list[tuple[str, KindGroup, object]]:
    return [(f"{group.value}_{criterion.value}", group, criterion) for group, criterion in CELLS]


def _name_fields(form: WeightsForm) -> None:
    for name, group, criterion in _fields():
        form[name].label.text = criterion_name(criterion, kind=KIND_OF[group])


def _values(form: WeightsForm) -> dict[str, dict[str, dict[str, int]]]:
    groups = {
        group.value: {each.value: form[f"{group.value}_{each.value}"].data for each in APPLIES[group]}
        for group in KindGroup
    }
    return {"weights": groups}


def _page(form: WeightsForm, weights: Weights) -> str:
    groups = [(group, [f"{group.value}_{each.value}" for each in APPLIES[group]]) for group in KindGroup]
    return render_template(
        "admin/weights/weights.html", form=form, weights=weights, groups=groups, versions=versions_of(Subject.WEIGHTS)
    )
