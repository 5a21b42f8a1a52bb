"""Agreeing on a date: propose up to three moments, choose one, ask for another."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.appointments.days_to_mind import region_of, to_mind
from matchmaker.appointments.models import AppointmentKind
from matchmaker.appointments.queries import slot_of
from matchmaker.appointments.spans import MOST_SLOTS, Span, appointment_kind, period_span, session_span
from matchmaker.clock import today
from matchmaker.committees.filling import fill_from_match
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.matches import dates
from matchmaker.matches.models import Match
from matchmaker.matches.states import Action, allows
from matchmaker.web.sign_in_state import me
from matchmaker.web.together import together
from matchmaker.web.together.forms import ChooseForm, NoteForm, PeriodsForm, SlotsForm, number_of
from matchmaker.web.together.matches import match_page
from matchmaker.web.together.party import my_match, my_party
from matchmaker.web.together.people import names_of
from matchmaker.words.appointments import say_mind, say_when
from matchmaker.words.brief import wording_of

USUAL_MINUTES = 90
USUAL_TERM_YEARS = 3


@together.route("/<id:match_id>/data", methods=["GET", "POST"])
def propose_dates(match_id: int) -> Response | str:
    """One to three moments for the other side to choose from."""
    match = my_match(match_id, lock=request.method == "POST")
    if not allows(match.state, Action.PROPOSE_DATES):
        raise InvalidMove(state=match.state.value, action=Action.PROPOSE_DATES.value)
    form = usual_moments(match)
    if not form.validate_on_submit() or not (spans := spans_of(form)):
        return render_template("together/dates/propose_dates.html", match=match, form=form, most=MOST_SLOTS)
    dates.propose(match, spans, by=me(), as_party=my_party(), note=form.note.data or "")
    db.session.commit()
    flash(_proposed(match, spans), "success")
    return redirect(url_for("together.show_match", match_id=match.id))


@together.post("/<id:match_id>/kies")
def choose_date(match_id: int) -> Response | str:
    """Take one of the moments the other side proposed; of two who choose at once, the other sees what was chosen."""
    match, form = my_match(match_id, lock=True), ChooseForm()
    if not form.validate_on_submit():
        return match_page(match, choose_form=form)
    slot = slot_of(match.id, number_of(form.slot.data))
    if slot is None:
        raise NotFound("slot")
    wording = wording_of(match, people=names_of(match))
    try:
        appointment = dates.choose(match, slot, by=me(), as_party=my_party(), wording=wording)
    except InvalidMove:
        flash(gettext("Dit moment is net al gekozen of vervallen. Hieronder staat hoe het nu is."), "warning")
        return redirect(url_for("together.show_match", match_id=match_id))
    fill_from_match(match, by=me())
    db.session.commit()
    flash(gettext("Afgesproken: %(when)s. U krijgt allebei een uitnodiging.", when=say_when(appointment)), "success")
    return redirect(url_for("together.show_match", match_id=match.id))


@together.route("/<id:match_id>/andere-datum", methods=["GET", "POST"])
def reopen_date(match_id: int) -> Response | str:
    """The date does not suit after all."""
    match, form = my_match(match_id, lock=request.method == "POST"), NoteForm()
    if not form.validate_on_submit():
        return render_template("together/dates/reopen_date.html", match=match, form=form)
    dates.reopen(match, by=me(), as_party=my_party(), note=form.note.data or "")
    db.session.commit()
    flash(gettext("De ander weet dat er een nieuwe datum komt. Stel meteen momenten voor."), "success")
    return redirect(url_for("together.propose_dates", match_id=match.id))


def usual_moments(match: Match) -> SlotsForm | PeriodsForm:
    """Filled with what the postings say: the minutes of a lecture, the term of a seat, the period of a place."""
    kind, need = appointment_kind(match.kind), match.need
    if kind is AppointmentKind.SESSION:
        minutes = need.details.get("minutes") or (match.offer.details.get("minutes") if match.offer else None)
        usual = minutes or USUAL_MINUTES
        return SlotsForm(data={"minutes_1": usual, "minutes_2": usual, "minutes_3": usual})
    first = next((each.starts_on for each in (need, match.offer) if each and each.starts_on), None)
    last = next((each.ends_on for each in (need, match.offer) if each and each.ends_on), None)
    if first and first < today():
        first = None
    if first and last is None and kind is AppointmentKind.TERM:
        years = need.details.get("term_years") or USUAL_TERM_YEARS
        last = first + timedelta(days=365 * years)
    elif first and last is None and need.duration_weeks:
        last = first + timedelta(days=7 * need.duration_weeks - 1)
    return PeriodsForm(data={"first_1": first, "last_1": last})


def spans_of(form: SlotsForm | PeriodsForm) -> list[Span]:
    """The moments that were filled in; empty when one of them cannot be, which is then said at its field."""
    found, wrong = [], False
    read = _read_session if isinstance(form, SlotsForm) else _read_period
    for number in range(1, MOST_SLOTS + 1):
        try:
            span = read(form, number)
        except InvalidValue as error:
            form.refuse(error)
            wrong = True
            continue
        if span is not None:
            found.append(span)
    return [] if wrong else found


def _read_session(form: SlotsForm | PeriodsForm, number: int) -> Span | None:
    names = (f"day_{number}", f"start_{number}", f"minutes_{number}")
    day, start, minutes = (form[name].data for name in names)
    if day is None and start is None:
        return None
    for name, value in zip(names, (day, start, minutes), strict=True):
        if value is None:
            raise InvalidValue(name, "required")
    return session_span(day, start, minutes, fields=names)


def _read_period(form: SlotsForm | PeriodsForm, number: int) -> Span | None:
    names = (f"first_{number}", f"last_{number}")
    first, last = (form[name].data for name in names)
    if first is None and last is None:
        return None
    for name, value in zip(names, (first, last), strict=True):
        if value is None:
            raise InvalidValue(name, "required")
    return period_span(first, last, fields=names)


def _proposed(match: Match, spans: list[Span]) -> str:
    """Said after proposing, with what to mind about the days."""
    region = region_of(match.school.code if match.school else None, match.municipality.code)
    minds = dict.fromkeys(say_mind(to_mind(span.first_day, region)) for span in spans)
    return " ".join([gettext("De ander krijgt nu bericht en kan kiezen."), *(each for each in minds if each)])
