"""Days or hours at work, where the programme wants them kept."""

from flask import flash
from flask_babel import gettext, ngettext

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotAllowed
from matchmaker.placements import actions
from matchmaker.placements.contacts import minutes_written
from matchmaker.placements.models import Presence
from matchmaker.placements.parts import Part
from matchmaker.placements.rules import CONFIRMS_DAYS
from matchmaker.placements.states import PlacementState
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import DayForm
from matchmaker.words.presence import say_minutes, written_line


@both_doors("/dagen", methods=("GET", "POST"))
def write_day(seat: Seat) -> Answer:
    """What was written; the student adds a day."""
    if seat.placement.presence is Presence.NOTHING or seat.actor.part is Part.PARENT:
        raise NotAllowed(action="write_day", part=seat.actor.part.value)
    form = DayForm(data={"day": today()})
    if form.validate_on_submit():
        try:
            _write(seat, form)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Opgeschreven."), "success")
            return seat.to("write_day")
    return _days(seat, form)


@both_doors("/dagen/bevestig", methods=("POST",))
def confirm_days(seat: Seat) -> Answer:
    """The supervisor says these days are right."""
    number = actions.confirm_days(seat.placement, by=seat.actor)
    db.session.commit()
    flash(ngettext("%(num)d dag is bevestigd.", "%(num)d dagen zijn bevestigd.", number), "success")
    return seat.to("write_day")


def _write(seat: Seat, form: DayForm) -> None:
    actions.write_day(seat.placement, form.day.data, minutes=form.minutes, what=form.what.data or "", by=seat.actor)


def _days(seat: Seat, form: DayForm) -> str:
    placement, running = seat.placement, seat.placement.state is PlacementState.RUNNING
    written = list(reversed(placement.days_worked))
    waiting = [each for each in written if each.confirmed_at is None]
    return page(
        "together/placements/write_day.html",
        seat,
        form=form,
        days=[(each, say_minutes(each.minutes)) for each in written],
        in_hours=placement.presence is Presence.HOURS,
        total=written_line(len(written), minutes_written(written)),
        may_write=running and seat.actor.part is Part.STUDENT,
        may_confirm=bool(waiting) and seat.actor.part in CONFIRMS_DAYS,
    )
