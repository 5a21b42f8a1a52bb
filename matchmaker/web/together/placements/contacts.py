"""Talks between student, school and municipality, and notes for all or for one side."""

from flask import flash
from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.placements import actions
from matchmaker.placements.contacts import contact_of, contacts_wanting, notes_for
from matchmaker.placements.parts import Part
from matchmaker.placements.rules import PLANS
from matchmaker.placements.states import ENDED
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import ContactForm, HeldForm, NoteForm
from matchmaker.words.talks import talk_wording


@both_doors("/gesprekken", methods=("GET", "POST"))
def plan_contact(seat: Seat) -> Answer:
    """Every talk, held and planned; plan another."""
    form = ContactForm()
    if form.validate_on_submit():
        try:
            actions.plan_contact(
                seat.placement,
                form.planned_on.data,
                at_workplace=form.at_workplace.data,
                about=form.about.data or "",
                wording=talk_wording(seat.placement, form.about.data or ""),
                by=seat.actor,
            )
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Het gesprek is gepland. Iedereen krijgt een uitnodiging voor in de agenda."), "success")
            return seat.to("plan_contact")
    return _talks(seat, form)


@both_doors("/gesprekken/<id:contact_id>", methods=("GET", "POST"))
def note_contact(seat: Seat, contact_id: int) -> Answer:
    """It was held: when, where, and what was said."""
    contact = contact_of(seat.placement, contact_id)
    if contact.held_on is not None or seat.actor.part not in PLANS:
        raise InvalidMove(state="held", action="note_held")
    form = HeldForm(data={"held_on": min(contact.planned_on, today()), "at_workplace": contact.at_workplace})
    if form.validate_on_submit():
        try:
            _note_held(seat, form, contact_id)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Opgeschreven."), "success")
            return seat.to("plan_contact")
    return page("together/placements/note_contact.html", seat, form=form, contact=contact)


@both_doors("/gesprekken/<id:contact_id>/weg", methods=("POST",))
def drop_contact(seat: Seat, contact_id: int) -> Answer:
    """A planned talk does not take place."""
    actions.drop_contact(contact_of(seat.placement, contact_id), by=seat.actor)
    db.session.commit()
    flash(gettext("Dit gesprek gaat niet door."), "success")
    return seat.to("plan_contact")


@both_doors("/notities", methods=("GET", "POST"))
def write_note(seat: Seat) -> Answer:
    """Every note this reader may see, and a new one."""
    form = NoteForm()
    if form.validate_on_submit():
        try:
            actions.write_note(seat.placement, form.text.data or "", shared=form.shared.data == "yes", by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            return seat.to("write_note")
    notes = notes_for(seat.placement, seat.actor.side)
    return page("together/placements/write_note.html", seat, form=form, notes=notes)


def _talks(seat: Seat, form: ContactForm) -> str:
    placement = seat.placement
    return page(
        "together/placements/plan_contact.html",
        seat,
        form=form,
        contacts=placement.contacts,
        wanting=contacts_wanting(placement),
        may_plan=seat.actor.part in PLANS and placement.state not in ENDED,
        parent=seat.actor.part is Part.PARENT,
    )


def _note_held(seat: Seat, form: HeldForm, contact_id: int) -> None:
    actions.note_held(
        contact_of(seat.placement, contact_id),
        form.held_on.data,
        at_workplace=form.at_workplace.data,
        note=form.text.data or "",
        shared=form.shared.data == "yes",
        by=seat.actor,
    )
