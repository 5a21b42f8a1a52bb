"""The same question at other municipalities: doing it together, and stepping out again."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.engine.likeness import ALIKE_FROM
from matchmaker.errors import InvalidValue
from matchmaker.joint import actions
from matchmaker.joint.alike import Alike, alike_of, shared_questions
from matchmaker.joint.queries import (
    joint_of_desk,
    partner_of_desk,
    posting_of_desk,
    postings_asked,
    postings_taken,
    running_at,
    waiting_for,
)
from matchmaker.listings.models import Listing
from matchmaker.web.desk import desk
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import CheckboxesField, Form, at_most, options
from matchmaker.web.public.cards import address_of
from matchmaker.web.sign_in_state import me
from matchmaker.words.language import joined


class TogetherForm(Form):
    others = CheckboxesField(_l("Met welke gemeenten?"))
    note = TextAreaField(_l("Wat wilt u erbij zeggen?"), [at_most(1000)])

    def offer(self, alike: list[Alike]) -> "TogetherForm":
        taken = postings_taken([each.listing for each in alike])
        free = [each.listing for each in alike if each.listing.id not in taken]
        self.others.choices = options((each.reference, f"{_name(each)}: {each.title}") for each in free)
        return self


class JoinForm(Form):
    answer = RadioField(
        _l("Doet u mee?"),
        [InputRequired(_l("Kies ja of nee."))],
        choices=options([("yes", _l("Ja, wij doen mee")), ("no", _l("Nee, wij doen dit zelf"))]),
    )
    note = TextAreaField(_l("Wat wilt u erbij zeggen?"), [at_most(1000)])


@desk.get("/samen")
def list_joint() -> str:
    here = this_desk()
    waiting = waiting_for(here)
    asked = {each.listing_id for each in waiting}
    shared = [
        {"listing": each.listing, "others": [alike_card(other) for other in each.others]}
        for each in shared_questions(here)
        if each.listing.id not in asked
    ]
    return render_template(
        "desk/joint.html",
        waiting=waiting,
        running=running_at(here),
        shared=shared,
        desk_id=here.id,
        threshold=ALIKE_FROM,
        address_of=address_of,
    )


@desk.route("/samen/<reference>", methods=["GET", "POST"])
def propose_joint(reference: str) -> Response | str:
    """Choose with whom; their desks get a letter."""
    listing = posting_of_desk(reference, this_desk())
    if postings_asked([listing]):
        return redirect(url_for("desk.list_joint"))
    alike = alike_of(listing)
    form = TogetherForm().offer(alike)
    if form.validate_on_submit():
        chosen = [each.listing for each in alike if each.listing.reference in (form.others.data or ())]
        try:
            actions.propose(listing, to=chosen, note=form.note.data or "", by=me())
            flash(gettext("Gevraagd. De andere loketten krijgen bericht."), "success")
            db.session.commit()
            return redirect(url_for("desk.list_joint"))
        except InvalidValue as refused:
            form.refuse(refused)
    return render_template(
        "desk/propose_joint.html", form=form, listing=listing, others=[alike_card(each) for each in alike]
    )


@desk.route("/samen/gevraagd/<id:partner_id>", methods=["GET", "POST"])
def answer_joint(partner_id: int) -> Response | str:
    """Say yes or no to another municipality."""
    partner, form = partner_of_desk(partner_id, this_desk()), JoinForm()
    if not form.validate_on_submit():
        return render_template("desk/answer_joint.html", form=form, partner=partner, address_of=address_of)
    actions.answer(partner, yes=form.answer.data == "yes", note=form.note.data or "", by=me())
    flash(gettext("Uw antwoord is gestuurd."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_joint"))


@desk.post("/samen/meedoen/<id:partner_id>/stop")
def leave_joint(partner_id: int) -> Response:
    actions.leave(partner_of_desk(partner_id, this_desk()), by=me())
    flash(gettext("U doet niet meer mee. Uw eigen tekst staat weer online als de laatste dag nog komt."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_joint"))


@desk.post("/samen/opdracht/<id:joint_id>/stop")
def end_joint(joint_id: int) -> Response:
    actions.end(joint_of_desk(joint_id, this_desk()), by=me())
    flash(gettext("Gestopt. De andere loketten krijgen bericht."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_joint"))


def alike_card(alike: Alike) -> dict[str, Any]:
    """What a page shows of a posting that is alike: who asks it, and why we think it is the same."""
    return {
        "listing": alike.listing,
        "name": _name(alike.listing),
        "url": address_of(alike.listing),
        "words": joined(f"“{word}”" for word in alike.likeness.words),
        "points": alike.likeness.points,
    }


def _name(listing: Listing) -> str:
    return listing.organisation.name if listing.organisation else ""
