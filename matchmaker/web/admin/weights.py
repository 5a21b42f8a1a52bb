"""How heavy each criterion counts, and why that changed."""

from collections.abc import Iterator
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from matchmaker.catalogue.actions import publish_version
from matchmaker.catalogue.models import Subject
from matchmaker.catalogue.queries import current_weights, versions_of
from matchmaker.catalogue.rules import read_weights
from matchmaker.database import db
from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import KindGroup
from matchmaker.engine.weights import MOST_POINTS, Weights, WeightsError
from matchmaker.errors import InvalidValue
from matchmaker.insights.weights_preview import preview
from matchmaker.vocabulary import Kind
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_text
from matchmaker.web.fields import EditForm, WholeNumberField, at_most
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.errors import sentence_for
from matchmaker.words.reasons import criterion_name

CELLS = tuple((group, criterion) for group in KindGroup for criterion in APPLIES[group])
KIND_OF = {
    KindGroup.PLACES: Kind.WORK,
    KindGroup.SESSIONS: Kind.LECTURE,
    KindGroup.SEATS: Kind.SEAT,
    KindGroup.ASSIGNMENTS: Kind.GROUP,
}
GROUP_NAMES = {
    KindGroup.PLACES: _l("Stages en andere plekken"),
    KindGroup.SESSIONS: _l("Gastlessen en werkbezoeken"),
    KindGroup.SEATS: _l("Plekken in een commissie"),
    KindGroup.ASSIGNMENTS: _l("Opdrachten, vakken en vragen"),
}
MOST_SIGNS = 1000
"""Of the reason."""
PREVIEWED = "vooraf"
"""The version of weights that are only looked at; nothing is stored with it."""

_POINTS = _l("Kies een heel getal van 0 tot en met 1000.")


class WeightsForm(EditForm):
    """One number per criterion and group, beside the version that was in force when the page was made."""

    why = TextAreaField(_l("Waarom verandert u dit?"), [DataRequired(_l("Schrijf waarom.")), at_most(MOST_SIGNS)])

    def is_beside(self, weights: Weights) -> bool:
        """Whether the numbers were typed beside the weights that are still in force; else both are shown."""
        return self.is_current(SimpleNamespace(version=weights.version, weights=weights))

    def _differing(self, subject: SimpleNamespace) -> Iterator[tuple[str, str]]:
        for name, value in _changed(self, subject.weights).items():
            if value is not None:
                yield ": ".join(_named(self, name)), str(_now(subject.weights, name))


for _group, _criterion in CELLS:
    setattr(
        WeightsForm,
        f"{_group.value}_{_criterion.value}",
        WholeNumberField(validators=[InputRequired(_POINTS), NumberRange(0, MOST_POINTS, _POINTS)]),
    )


@admin.route("/weging", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def show_weights() -> Response | str:
    """Change the numbers; first look what would change, or put them in force."""
    weights, looks = current_weights(), request.form.get("doe") == "vooraf"
    form = _form(weights)
    if looks:
        form.why.validators = ()
    if not form.validate_on_submit() or not form.is_beside(weights):
        return _page(form, weights)
    if looks:
        return redirect(url_for("admin.preview_weights", why=form.why.data or None, **_changed(form, weights)))
    try:
        publish_version(Subject.WEIGHTS, _values(form), why=form.why.data, by=me())
    except InvalidValue as wrong:
        form.refuse(InvalidValue("form", "nothing_counts") if wrong.reason == "unknown_code" else wrong)
        return _page(form, weights)
    flash(gettext("De nieuwe weging geldt. Oude voorstellen houden hun eigen weging."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_weights"))


@admin.get("/weging/vooraf")
@only(PLATFORM_ADMIN)
def preview_weights() -> Response | str:
    """What the numbers in the address would change, over the newest open needs."""
    weights = current_weights()
    form = _form(weights)
    try:
        wanted = read_weights(PREVIEWED, _values(form))
    except WeightsError:
        flash(sentence_for(InvalidValue("form", "nothing_counts")), "error")
        return redirect(url_for("admin.show_weights"))
    changed = _changed(form, weights)
    return render_template(
        "admin/weights/preview.html",
        form=form,
        weights=weights,
        names=[name for name, _, _ in _fields()],
        changed=[(*_named(form, name), _now(weights, name), value) for name, value in changed.items()],
        found=preview(wanted),
        back=url_for("admin.show_weights", why=form.why.data or None, **changed),
    )


def _form(weights: Weights) -> WeightsForm:
    """The weights in force, with what the address asks instead."""
    numbers = {name: _asked(name, _now(weights, name)) for name, _, _ in _fields()}
    form = WeightsForm(data={**numbers, "why": asked_text("why", MOST_SIGNS), "version": weights.version})
    _name_fields(form)
    return form


def _asked(name: str, now: int) -> int:
    text = request.args.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else now
    return number if 0 <= number <= MOST_POINTS else now


def _changed(form: WeightsForm, weights: Weights) -> dict[str, int]:
    """The numbers that differ from those in force."""
    return {name: form[name].data for name, _, _ in _fields() if form[name].data != _now(weights, name)}


def _now(weights: Weights, name: str) -> int:
    group, criterion = next((group, each) for known, group, each in _fields() if known == name)
    return weights.by_group[group][criterion]


def _named(form: WeightsForm, name: str) -> tuple[str, str]:
    """The group and the criterion of a number, in words."""
    group = next(group for known, group, _ in _fields() if known == name)
    return str(GROUP_NAMES[group]), form[name].label.text


def _fields() -> list[tuple[str, KindGroup, Criterion]]:
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
    groups = [
        (group, GROUP_NAMES[group], [f"{group.value}_{each.value}" for each in APPLIES[group]]) for group in KindGroup
    ]
    return render_template(
        "admin/weights/weights.html", form=form, weights=weights, groups=groups, versions=versions_of(Subject.WEIGHTS)
    )
