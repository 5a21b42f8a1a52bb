"""The queue, and doing several at once."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from matchmaker.applications.queries import waiting_at
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.matches.actions import assign, refuse, take
from matchmaker.matches.models import Match
from matchmaker.matches.queries import match_of_desk
from matchmaker.matches.queue import items_of
from matchmaker.matches.rules import REFUSALS_OF_MUNICIPALITY
from matchmaker.matches.states import AT_DESK
from matchmaker.organisations.models import Desk
from matchmaker.organisations.queries import desk_officers
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.addresses import MAX_ID
from matchmaker.web.admin.listing import giver
from matchmaker.web.desk import desk
from matchmaker.web.desk.forms import RouteForm
from matchmaker.web.desk.frame import address, queue_context
from matchmaker.web.desk.items import item_values
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.sign_in_state import me
from matchmaker.words.labels import choices


class BulkForm(Form):
    """What to do with the ticked items."""

    officer = SelectField(_l("Geef aan"), [Optional()], choices=[])
    refusal = SelectField(_l("Reden"), [Optional()], choices=[])
    note = StringField(_l("Toelichting"), [at_most(2000)])

    def offer(self, here: Desk) -> "BulkForm":
        """Fill the lists of this desk."""
        people = [(str(each.account_id), each.account.display_name) for each in desk_officers(here)]
        self.officer.choices = options([("", _l("Kies een collega")), *people])
        reasons = choices(Refusal, only=REFUSALS_OF_MUNICIPALITY)
        self.refusal.choices = options([("", _l("Kies een reden")), *reasons])
        return self


@desk.get("/")
def queue() -> str:
    """What is due first, on top and open beside the queue; on a phone the queue alone."""
    return _page(BulkForm().offer(this_desk()))


@desk.post("/samen")
def do_together() -> Response | str:
    """Take, assign or refuse every ticked item; what is no longer at the desk is left alone and counted."""
    form = BulkForm().offer(this_desk())
    ids = _ticked()
    if not form.validate() or not ids:
        return _again(form, nothing_ticked=not ids)
    items = items_of(this_desk(), ids)
    try:
        done = sum(_do(match, form) for match in items)
    except InvalidValue as error:
        form.refuse(error)
        return _again(form)
    _say(done, len(ids) - done)
    db.session.commit()
    return redirect(url_for("desk.queue", **address()))


def _again(form: BulkForm, *, nothing_ticked: bool = False) -> str:
    """The queue with what went wrong; what was ticked stays ticked and stands beside the queue."""
    if nothing_ticked:
        form.form_errors.append(str(_l("Kies eerst een of meer vragen in de lijst.")))
    return _page(form, ticked=_ticked())


def _page(form: BulkForm, *, ticked: list[int] | None = None) -> str:
    around = queue_context(form, ticked=ticked or ())
    first = around["open_id"]
    item = item_values(match_of_desk(first, this_desk()), route=RouteForm()) if first else {}
    chosen = items_of(this_desk(), ticked) if ticked else []
    waiting = waiting_at(giver())
    return render_template("desk/queue.html", item_open=False, chosen=chosen, students=waiting, **around, **item)


def _do(match: Match, form: BulkForm) -> bool:
    what = request.form.get("doe")
    if match.state not in AT_DESK:
        return False
    if what == "pak-op":
        take(match, by=me())
    elif what == "geef":
        officers = {str(each.account_id): each.account for each in desk_officers(this_desk())}
        if form.officer.data not in officers:
            raise InvalidValue("officer", "officer_needed")
        assign(match, to=officers[form.officer.data], by=me())
    elif what == "nee":
        code = Refusal(form.refusal.data) if form.refusal.data else None
        refuse(match, refusal=code, note=form.note.data or "", by=me(), as_party=Party.MUNICIPALITY)
    else:
        return False
    return True


def _ticked() -> list[int]:
    digits = (each for each in request.form.getlist("vraag") if each.isascii() and each.isdigit() and len(each) < 20)
    return [number for number in map(int, digits) if 0 < number <= MAX_ID][:200]


def _say(done: int, left: int) -> None:
    flash(ngettext("%(num)d vraag gedaan.", "%(num)d vragen gedaan.", done), "success")
    if left:
        flash(
            ngettext(
                "%(num)d vraag was al verder. Die hebben wij zo gelaten.",
                "%(num)d vragen waren al verder. Die hebben wij zo gelaten.",
                left,
            ),
            "info",
        )
