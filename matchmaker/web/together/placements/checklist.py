"""What has to be ready before the first day."""

from datetime import date

from flask import flash
from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements import actions
from matchmaker.placements.preparing import is_ready, item_of
from matchmaker.placements.records import CheckKind, ChecklistItem
from matchmaker.placements.rules import CHECKS
from matchmaker.placements.states import ENDED
from matchmaker.web.fields import sent_along
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import ItemForm
from matchmaker.words.errors import sentence_for
from matchmaker.words.placements import placed


@both_doors("/klaarzetten")
def show_checklist(seat: Seat) -> Answer:
    """Every point with where it stands."""
    return _checklist(seat, ItemForm(formdata=None))


@both_doors("/klaarzetten/<id:item_id>", methods=("POST",))
def settle_item(seat: Seat, item_id: int) -> Answer:
    """Done since a day, not needed, or still open."""
    item = item_of(seat.placement, item_id)
    try:
        day = _day(sent_along("done_on")) if sent_along("status") == "done" else None
        actions.settle(item, needed=sent_along("status") != "not_needed", done_on=day, by=seat.actor)
    except InvalidValue as error:
        flash(sentence_for(error), "warning")
        return seat.to("show_checklist")
    db.session.commit()
    flash(gettext("Bewaard."), "success")
    return seat.to("show_checklist")


@both_doors("/klaarzetten/punt", methods=("POST",))
def add_item(seat: Seat) -> Answer:
    """Something more for this placement."""
    form = ItemForm()
    if form.validate_on_submit():
        try:
            actions.add_item(seat.placement, form.title.data or "", by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            return seat.to("show_checklist")
    return _checklist(seat, form)


@both_doors("/begin", methods=("POST",))
def begin(seat: Seat) -> Answer:
    """The student is there: the placement runs."""
    try:
        actions.start(seat.placement, by=seat.actor)
    except InvalidValue as error:
        flash(sentence_for(error), "warning")
        return seat.to()
    db.session.commit()
    flash(gettext("De stage is begonnen. Iedereen krijgt bericht."), "success")
    return seat.to()


def _checklist(seat: Seat, form: ItemForm) -> str:
    if seat.actor.part not in CHECKS:
        raise NotAllowed(action="check", part=seat.actor.part.value)
    if seat.placement.state in ENDED:
        raise InvalidMove(state=seat.placement.state.value, action="check")
    rows = [(each, _title(each)) for each in seat.placement.checklist]
    return page(
        "together/placements/show_checklist.html",
        seat,
        form=form,
        rows=rows,
        ready=is_ready(seat.placement),
        today=today(),
    )


def _title(item: ChecklistItem) -> str:
    return item.title if item.kind is CheckKind.OTHER else placed(item.kind)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("done_on", "not_a_date") from None
