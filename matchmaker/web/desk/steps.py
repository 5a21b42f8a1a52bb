"""What an officer does with one item. Whoever is second sees what the first did, and keeps what was typed."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.matches import actions
from matchmaker.matches.colleagues import colleagues_of
from matchmaker.matches.finding_desks import around
from matchmaker.matches.models import Match
from matchmaker.matches.queries import candidates_here, match_of_desk
from matchmaker.matches.states import AT_DESK, Action, allows
from matchmaker.organisations.queries import desk_officers
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.desk import desk
from matchmaker.web.desk.forms import AskForm, AssignForm, ItemForm, RefuseForm, RouteForm, YesForm
from matchmaker.web.desk.frame import address
from matchmaker.web.desk.items import item_context, item_page
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.sign_in_state import me
from matchmaker.words.proposals import show


@desk.post("/vraag/<id:match_id>/vraag-iemand")
def route_match(match_id: int) -> Response | str:
    """Ask a colleague, or hand it to another municipality."""
    match, form = _item(match_id), RouteForm()
    return _carry_out(match, form, lambda: _send(match, form), lambda: item_page(match, route=form))


@desk.post("/vraag/<id:match_id>/pak-op")
def take_match(match_id: int) -> Response:
    actions.take(_item(match_id), by=me())
    flash(gettext("U bent eigenaar. De vrager krijgt bericht."), "success")
    db.session.commit()
    return redirect(_item_url(match_id))


@desk.route("/vraag/<id:match_id>/meer-vragen", methods=["GET", "POST"])
def ask_asker(match_id: int) -> Response | str:
    """Ask the asker for more."""
    match, form = _item(match_id), AskForm()
    page = _page("desk/ask.html", Action.ASK, match, form)
    if not form.is_submitted():
        return page()
    return _carry_out(match, form, lambda: actions.ask(match, question=form.question.data or "", by=me()), page)


@desk.route("/vraag/<id:match_id>/ja", methods=["GET", "POST"])
def say_yes(match_id: int) -> Response | str:
    """Answer yes oneself, with an own posting or without."""
    match, form = _item(match_id), YesForm()
    offers = {
        str(each.offer_id): each for each in candidates_here(match) if each.municipality_id == match.municipality_id
    }
    shown = [(each, show(each, reader=Party.MUNICIPALITY)) for each in offers.values()]
    page = _page("desk/yes.html", Action.OFFER, match, form, offers=shown)
    if not form.is_submitted():
        return page()
    return _carry_out(match, form, lambda: _offer(match, form, offers), page)


@desk.route("/vraag/<id:match_id>/nee", methods=["GET", "POST"])
def refuse_match(match_id: int) -> Response | str:
    """Say no with a reason."""
    match, form = _item(match_id), RefuseForm()
    page = _page("desk/refuse.html", Action.REFUSE, match, form)
    if not form.is_submitted():
        return page()
    return _carry_out(match, form, lambda: _refuse(match, form), page)


@desk.route("/vraag/<id:match_id>/geef-aan", methods=["GET", "POST"])
def assign_match(match_id: int) -> Response | str:
    """Give the item to another officer."""
    match, form = _item(match_id), AssignForm()
    form.for_item(match)
    page = _page("desk/assign.html", Action.ASSIGN, match, form)
    if not form.is_submitted():
        return page()
    return _carry_out(match, form, lambda: _assign(match, form), page)


def _carry_out(match: Match, form: ItemForm, act: Callable[[], object], page: Callable[[], str]) -> Response | str:
    """Act when the form is right and the item is still as it was shown; else the page again with what was typed."""
    if not form.may_do(match):
        return page()
    try:
        act()
    except InvalidValue as error:
        form.refuse(error)
        return page()
    flash(gettext("Gedaan. Iedereen die het aangaat krijgt bericht."), "success")
    db.session.commit()
    return redirect(_item_url(match.id))


def _page(template: str, action: Action, match: Match, form: ItemForm, **values: Any) -> Callable[[], str]:
    """The page of one action, beside the queue."""

    def page() -> str:
        form.for_item(match)
        return render_template(
            template,
            item_open=True,
            form=form,
            allowed=allows(match.state, action) and match.state in AT_DESK,
            **values,
            **item_context(match),
        )

    return page


def _send(match: Match, form: RouteForm) -> None:
    chosen, note = form.to.data or "", form.text.data or ""
    if chosen.startswith("m"):
        near = (each.municipality for each in around(match.municipality))
        to = next((each for each in near if f"m{each.id}" == chosen), None)
        if to is not None:
            actions.forward(match, to=to, note=note, by=me())
            return
    colleague = next((each for each in colleagues_of(match) if f"c{each.id}" == chosen), None)
    if colleague is None:
        raise InvalidValue("to", "unknown_code")
    actions.route(match, to=colleague, note=note, by=me())


def _offer(match: Match, form: YesForm, offers: dict[str, Match]) -> None:
    proposal = offers.get(form.offer.data or "")
    if form.offer.data and proposal is None:
        raise InvalidValue("offer", "unknown_code")
    chosen = proposal.offer if proposal else None
    actions.offer(match, by=me(), note=form.text.data or "", chosen=chosen)


def _refuse(match: Match, form: RefuseForm) -> None:
    refusal = Refusal(form.refusal.data)
    actions.refuse(match, refusal=refusal, note=form.note.data or "", by=me(), as_party=Party.MUNICIPALITY)


def _assign(match: Match, form: AssignForm) -> None:
    officers = {str(each.account_id): each.account for each in desk_officers(this_desk())}
    if form.officer.data not in officers:
        raise InvalidValue("officer", "unknown_code")
    actions.assign(match, to=officers[form.officer.data], by=me())


def _item(match_id: int) -> Match:
    """The item; on a change a second officer waits here until the first is done."""
    return match_of_desk(match_id, this_desk(), lock=request.method == "POST")


def _item_url(match_id: int) -> str:
    return url_for("desk.show_item", match_id=match_id, **address())
