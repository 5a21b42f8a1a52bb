"""Rounds for a cohort: open one, ask for places, give them, and show that it was fair."""

from collections.abc import Sequence

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from matchmaker.applications.finding import KINDS
from matchmaker.cohorts import actions
from matchmaker.cohorts.giving import certificate_of
from matchmaker.cohorts.models import CohortPlace, CohortRound
from matchmaker.cohorts.queries import numbers_of, offers_to_ask, round_in_care, rounds_of
from matchmaker.cohorts.states import Answer, State
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.organisations.models import Programme
from matchmaker.students.queries import programme_in_care, programmes_in_care
from matchmaker.vocabulary import Kind
from matchmaker.web.admin.listing import asked_text, giver
from matchmaker.web.fields import CheckboxesField, Form, at_most, options
from matchmaker.web.files import as_file
from matchmaker.web.guards import COORDINATOR, only
from matchmaker.web.posting.fields import DayField
from matchmaker.web.public.cards import organisation_name
from matchmaker.web.school import school
from matchmaker.web.school.round_placements import placements_of
from matchmaker.web.sign_in_state import me
from matchmaker.words.cohorts import ANSWERS, programmes_of, standing
from matchmaker.words.labels import KINDS as KIND_NAMES


class RoundForm(Form):
    programmes = CheckboxesField(_l("Voor welke opleidingen?"), [InputRequired(_l("Kies een opleiding."))])
    name = StringField(_l("Naam van de ronde"), [InputRequired(_l("Geef de ronde een naam.")), at_most(120)])
    kind = SelectField(
        _l("Wat verdeelt u?"), choices=options((kind.value, KIND_NAMES[kind]) for kind in Kind if kind in KINDS)
    )
    wishes_until = DayField(
        _l("Tot en met welke dag kiezen studenten?"), validators=[InputRequired(_l("Kies een dag."))]
    )


class AskForm(Form):
    offers = CheckboxesField(_l("Welke plekken vraagt u?"), validate_choice=False)


@school.get("/rondes")
@only(COORDINATOR)
def list_rounds() -> str:
    rows = [
        {"round": each, "programmes": programmes_of(each), "standing": standing(each)} for each in rounds_of(giver())
    ]
    return render_template("school/rounds/list.html", rows=rows)


@school.route("/rondes/nieuw", methods=["GET", "POST"])
@only(COORDINATOR)
def open_round() -> Response | str:
    """A round of its own, or a second one for the rest (`na` in the address)."""
    programmes, after = programmes_in_care(giver()), _round_before()
    form = RoundForm(programmes=[str(each.id) for each in after.programmes] if after else [])
    form.programmes.choices = options((str(each.id), _name(each, programmes)) for each in programmes)
    made = _opened(form, after) if form.validate_on_submit() else None
    if made is None:
        return render_template("school/rounds/open.html", form=form, after=after)
    flash(gettext("De ronde staat open. Vraag nu gemeenten om plekken."), "success")
    db.session.commit()
    return redirect(url_for("school.ask_places", round_id=made.id))


def _name(programme: Programme, among: Sequence[Programme]) -> str:
    """With its faculty where there is more than one: a round is for programmes of one faculty."""
    if len({each.faculty_id for each in among}) < 2:
        return programme.name
    return f"{programme.name} ({programme.faculty.name})"


def _opened(form: RoundForm, after: CohortRound | None) -> CohortRound | None:
    """The round; None when the domain refuses it, which the form then says."""
    chosen = [programme_in_care(giver(), int(each)) for each in form.programmes.data]
    try:
        return actions.open_round(
            chosen,
            name=form.name.data,
            kind=Kind(form.kind.data),
            wishes_until=form.wishes_until.data,
            by=me(),
            after=after,
        )
    except InvalidValue as error:
        form.refuse(error)
        return None


def _round_before() -> CohortRound | None:
    asked = request.args.get("na", type=int)
    return round_in_care(asked, giver()) if asked and 0 < asked < 2**31 else None


@school.get("/rondes/<id:round_id>")
@only(COORDINATOR)
def show_round(round_id: int) -> str:
    """Which places are lent, how many students chose, and once it is over who can check it."""
    cohort = round_in_care(round_id, giver())
    return render_template(
        "school/rounds/show.html",
        round=cohort,
        programmes=programmes_of(cohort),
        standing=standing(cohort),
        numbers=numbers_of(cohort),
        places=[_place(each) for each in cohort.places],
        is_open=cohort.state is State.OPEN,
        stages=placements_of(cohort),
    )


def _place(place: CohortPlace) -> dict[str, object]:
    return {
        "title": place.offer.title,
        "who": organisation_name(place.offer.organisation),
        "answer": ANSWERS[place.answer],
        "lent": place.answer is Answer.LENT,
        "number": place.places,
        "note": place.note,
    }


@school.route("/rondes/<id:round_id>/plekken", methods=["GET", "POST"])
@only(COORDINATOR)
def ask_places(round_id: int) -> Response | str:
    """Tick the offers whose places one would like to give."""
    cohort, form = round_in_care(round_id, giver(), lock=request.method == "POST"), AskForm()
    if cohort.state is not State.OPEN:
        raise InvalidMove(state=cohort.state.value)
    found = {str(each.id): each for each in offers_to_ask(cohort, search=asked_text())}
    chosen = [found[each] for each in form.offers.data or () if each in found]
    if form.validate_on_submit() and chosen:
        asked = actions.ask_places(cohort, chosen, by=me())
        flash(
            ngettext("%(num)d gemeente krijgt uw vraag.", "Uw vraag is %(num)d keer verstuurd.", len(asked)), "success"
        )
        db.session.commit()
        return redirect(url_for("school.show_round", round_id=cohort.id))
    if form.is_submitted():
        form.offers.errors = [gettext("Kies ten minste één plek.")]
    return render_template(
        "school/rounds/ask.html", round=cohort, form=form, offers=found.values(), search=asked_text()
    )


@school.post("/rondes/<id:round_id>/verdelen")
@only(COORDINATOR)
def run_round(round_id: int) -> Response:
    """A worker gives the places; everyone hears by mail."""
    cohort = round_in_care(round_id, giver(), lock=True)
    actions.begin_run(cohort, by=me())
    flash(gettext("De plekken worden nu verdeeld. Elke student krijgt een mail."), "success")
    db.session.commit()
    return redirect(url_for("school.show_round", round_id=cohort.id))


@school.post("/rondes/<id:round_id>/stoppen")
@only(COORDINATOR)
def cancel_round(round_id: int) -> Response:
    cohort = round_in_care(round_id, giver(), lock=True)
    actions.cancel(cohort, by=me())
    flash(gettext("De ronde is gestopt. De plekken zijn weer vrij."), "success")
    db.session.commit()
    return redirect(url_for("school.show_round", round_id=cohort.id))


@school.get("/rondes/<id:round_id>/bewijs.json")
@only(COORDINATOR)
def download_certificate(round_id: int) -> FlaskResponse:
    """Wishes and outcome without names, so that anyone can check it."""
    return certificate_answer(round_in_care(round_id, giver()))


def certificate_answer(cohort: CohortRound) -> FlaskResponse:
    """The certificate as a file."""
    return as_file(certificate_of(cohort), f"ronde-{cohort.id}", "json")
