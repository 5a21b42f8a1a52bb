"""All dates of a series at once: one answer for those that are ticked; the rest stay in the queue, each by itself."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.matches import actions
from matchmaker.matches.colleagues import colleagues_of
from matchmaker.matches.models import Match
from matchmaker.matches.queries import match_of_desk
from matchmaker.matches.rules import REFUSALS_OF_MUNICIPALITY
from matchmaker.organisations.models import Membership
from matchmaker.sessions.answering import answer_each, chosen_of, open_in_series
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.desk import desk
from matchmaker.web.desk.forms import NOTE_LENGTH
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import CheckboxesField, Form, at_most, options
from matchmaker.web.sign_in_state import me
from matchmaker.words.labels import choices, label
from matchmaker.words.listings import slots_line

ROUTE, YES, NO = "route", "yes", "no"


class SeriesForm(Form):
    """The dates, and one answer to all of them."""

    dates = CheckboxesField(_l("Voor welke datums?"), [InputRequired(_l("Kies ten minste één datum."))])
    answer = RadioField(
        _l("Wat is uw antwoord?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options(
            (
                (ROUTE, _l("Ik vraag een collega")),
                (YES, _l("Ja, wij doen dit")),
                (NO, _l("Nee, met reden")),
            )
        ),
    )
    to = SelectField(_l("Welke collega?"), [Optional()], choices=[])
    refusal = SelectField(_l("Wat is de reden?"), [Optional()], choices=[])
    note = TextAreaField(_l("Wat wilt u erbij zeggen?"), [Optional(), at_most(NOTE_LENGTH)])

    def for_dates(self, dates: Sequence[Match], colleagues: Sequence[Membership]) -> "SeriesForm":
        """What can be ticked and who can be asked. A date that was ticked and has changed since is told apart later."""
        self.dates.choices = options((_key(each), _date_line(each)) for each in dates)
        self.dates.validate_choice = False
        people = [(str(each.id), each.account.display_name) for each in colleagues]
        self.to.choices = options([("", _l("Kies een collega")), *people])
        no = choices(Refusal, only=REFUSALS_OF_MUNICIPALITY)
        self.refusal.choices = options([("", _l("Kies een reden")), *no])
        if not self.is_submitted():
            self.dates.data = [_key(each) for each in dates]
        return self


@desk.route("/reeks/<id:match_id>", methods=["GET", "POST"])
def answer_series(match_id: int) -> Response | str:
    """The same answer to several dates of a series."""
    match, held = match_of_desk(match_id, this_desk()), request.method == "POST"
    dates = open_in_series(match, this_desk(), lock=held)
    if not dates:
        raise NotFound("series")
    colleagues = colleagues_of(match)
    form = SeriesForm().for_dates(dates, colleagues)
    if form.validate_on_submit() and (said := _answered(form, dates, colleagues)):
        db.session.commit()
        flash(*said)
        return redirect(url_for("desk.show_item", match_id=match.id))
    return render_template("desk/series.html", match=match, form=form, item_url=_item(match))


def _answered(form: SeriesForm, dates: Sequence[Match], colleagues: Sequence[Membership]) -> tuple[str, str] | None:
    """Answer what was ticked; returns what to say of it, or None when the form is wrong."""
    ticked = form.dates.data or []
    try:
        chosen = chosen_of(dates, ticked)
        done, missed = answer_each(chosen, _step(form, colleagues))
    except InvalidValue as error:
        form.refuse(error)
        return None
    missed += len(set(ticked)) - len(chosen)
    said = ngettext("Gedaan voor %(num)d datum.", "Gedaan voor %(num)d datums.", done)
    if missed:
        more = ngettext(
            "Bij %(num)d datum was intussen iets veranderd. Kijk daar zelf naar.",
            "Bij %(num)d datums was intussen iets veranderd. Kijk daar zelf naar.",
            missed,
        )
        return f"{said} {more}", "warning"
    return said, "success"


def _step(form: SeriesForm, colleagues: Sequence[Membership]) -> Callable[[Match], object]:
    """What is done with each date. Raises InvalidValue at what is missing."""
    note = form.note.data or ""
    if form.answer.data == YES:
        return lambda each: actions.offer(each, by=me(), note=note)
    if form.answer.data == NO:
        refusal = Refusal(form.refusal.data) if form.refusal.data else None
        return lambda each: actions.refuse(each, refusal=refusal, note=note, by=me(), as_party=Party.MUNICIPALITY)
    to = next((each for each in colleagues if str(each.id) == form.to.data), None)
    if to is None:
        raise InvalidValue("to", "required")
    return lambda each: actions.route(each, to=to, note=note, by=me())


def series_link(match: Match) -> dict[str, object] | None:
    """For the page of an item: how many dates of its series wait, and where they are answered together."""
    number = len(open_in_series(match, this_desk()))
    if number < 2:
        return None
    return {
        "text": ngettext(
            "Deze les is voor %(num)d datum gevraagd.", "Deze les is voor %(num)d datums gevraagd.", number
        ),
        "url": url_for("desk.answer_series", match_id=match.id),
    }


def _key(match: Match) -> str:
    return f"{match.id}-{match.version}"


def _date_line(match: Match) -> str:
    """3 maart 2027, 10.00 uur (bij het loket)."""
    when = slots_line(match.need.slots) or gettext("nog geen datum")
    return f"{when} ({str(label(match.state)).lower()})"


def _item(match: Match) -> str:
    return url_for("desk.show_item", match_id=match.id)
