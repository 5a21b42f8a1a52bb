"""Around an agreed date: where it is, who stands by, whether it goes on, and its calendar file."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from matchmaker.appointments.ical import download
from matchmaker.appointments.models import Appointment, Attendee
from matchmaker.appointments.queries import appointment_of
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.listings.fields import BY_NAME
from matchmaker.listings.values import clean_value
from matchmaker.matches import dates, speakers
from matchmaker.matches.colleagues import colleagues_of
from matchmaker.matches.models import Match
from matchmaker.web.fields import options
from matchmaker.web.files import as_file
from matchmaker.web.guards import MUNICIPALITY, only
from matchmaker.web.sign_in_state import me
from matchmaker.web.together import together
from matchmaker.web.together.forms import DetailsForm, StandbyForm, confirm_form
from matchmaker.web.together.party import my_match
from matchmaker.web.together.people import names_of
from matchmaker.words.appointments import say_when
from matchmaker.words.brief import wording_of


@together.route("/<id:match_id>/afspraak", methods=["GET", "POST"])
def edit_details(match_id: int) -> Response | str:
    """Where it is and what was arranged; the calendars of both follow."""
    match, appointment = _with_date(match_id)
    form = DetailsForm(obj=appointment)
    current = form.is_current(appointment)
    if form.validate_on_submit() and current and _is_address(form):
        arrangements = form.arrangements.data or ""
        dates.change_details(
            match, appointment, location=form.location.data or "", online_url=form.online_url.data or "",
            arrangements=arrangements, by=me(),
            wording=wording_of(match, arrangements=arrangements, people=names_of(match)),
        )  # fmt: skip
        db.session.commit()
        flash(gettext("Bewaard. De agenda's van beide kanten zijn bijgewerkt."), "success")
        return _to(match)
    return render_template("together/dates/edit_details.html", match=match, form=form, when=say_when(appointment))


@together.route("/<id:match_id>/reserve", methods=["GET", "POST"])
@only(MUNICIPALITY)
def pick_standby(match_id: int) -> Response | str:
    """A colleague who steps in when the speaker cannot come."""
    match, appointment = _with_date(match_id)
    if not speakers.may_have_standby(appointment):
        raise InvalidMove(state=appointment.status.value, action="standby")
    invited = {each.account_id for each in appointment.people}
    free = {str(each.id): each for each in colleagues_of(match) if each.account_id not in invited}
    form = StandbyForm()
    form.standby.choices = options((key, each.account.display_name) for key, each in free.items())
    if not form.validate_on_submit():
        return render_template("together/dates/pick_standby.html", match=match, form=form, when=say_when(appointment))
    speakers.put_on_standby(match, appointment, free[form.standby.data], by=me())
    db.session.commit()
    flash(gettext("De reserve krijgt nu bericht."), "success")
    return _to(match)


@together.route("/<id:match_id>/gaat-door", methods=["GET", "POST"])
def confirm_date(match_id: int) -> Response | str:
    """Say whether it goes on, or what is wrong."""
    match, appointment = _with_date(match_id)
    attendee, form = _mine(appointment), confirm_form(appointment.kind)
    if not form.validate_on_submit():
        when = say_when(appointment)
        return render_template("together/dates/confirm_date.html", match=match, form=form, when=when)
    speakers.answer_confirmation(match, attendee, coming=form.coming.data == "yes", note=form.note.data or "", by=me())
    db.session.commit()
    flash(gettext("Dank u. De ander ziet uw antwoord."), "success")
    return _to(match)


@together.get("/<id:match_id>/afspraak.ics")
def download_date(match_id: int) -> FlaskResponse:
    """The calendar file, for who adds it by hand."""
    match = my_match(match_id)
    appointment = appointment_of(match.id)
    if appointment is None:
        raise NotFound("appointment")
    content = download(appointment, language=str(get_locale() or "nl"))
    return as_file(content, f"afspraak-{match.id}", "ics")


def _with_date(match_id: int) -> tuple[Match, Appointment]:
    """My match and its appointment; raises NotFound without one, InvalidMove when it no longer stands."""
    match = my_match(match_id, lock=request.method == "POST")
    appointment = appointment_of(match.id)
    if appointment is None:
        raise NotFound("appointment")
    if not appointment.stands:
        raise InvalidMove(state=appointment.status.value)
    return match, appointment


def _mine(appointment: Appointment) -> Attendee:
    found = next((each for each in appointment.people if each.account_id == me().id), None)
    if found is None:
        raise NotFound("attendee")
    return found


def _is_address(form: DetailsForm) -> bool:
    """Whether the link for joining online is a web address or empty."""
    try:
        form.online_url.data = clean_value(BY_NAME["course_url"], form.online_url.data or "")
    except InvalidValue as error:
        form.refuse(InvalidValue("online_url", error.reason, **error.values))
        return False
    return True


def _to(match: Match) -> Response:
    return redirect(url_for("together.show_match", match_id=match.id))
