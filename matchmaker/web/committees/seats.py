"""Seats: added, changed, taken away, posted as a need, and filled by asking someone."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.clock import today
from matchmaker.committees import actions, filling
from matchmaker.committees.filling import Person
from matchmaker.committees.models import Committee, Seat
from matchmaker.committees.queries import KEEPERS, kept_committee, kept_seat, kept_term
from matchmaker.committees.states import SeatAction, allows
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.web.committees import committees
from matchmaker.web.committees.forms import InviteForm, SeatForm
from matchmaker.web.guards import SCHOOL, only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.committees import posting_text, posting_title, profile_line


@committees.route("/<id:committee_id>/plek", methods=["GET", "POST"])
@only(KEEPERS)
def add_seat(committee_id: int) -> Response | str:
    committee = kept_committee(committee_id, acting(), lock=request.method == "POST")
    form = _seat_form(None)
    if form.validate_on_submit() and _saved(None, committee, form):
        db.session.commit()
        return _to(committee)
    return render_template("committees/seat.html", form=form, committee=committee, seat=None)


@committees.route("/plek/<id:seat_id>", methods=["GET", "POST"])
@only(KEEPERS)
def edit_seat(seat_id: int) -> Response | str:
    seat = _seat(seat_id)
    form = _seat_form(seat)
    current = form.is_current_as(_shown(seat))
    if form.validate_on_submit() and current and _saved(seat, seat.committee, form):
        db.session.commit()
        return _to(seat.committee)
    return render_template("committees/seat.html", form=form, committee=seat.committee, seat=seat)


@committees.post("/plek/<id:seat_id>/weg")
@only(KEEPERS)
def remove_seat(seat_id: int) -> Response:
    seat = _seat(seat_id)
    actions.remove_seat(seat, by=me())
    db.session.commit()
    return _to(seat.committee)


@committees.post("/plek/<id:seat_id>/plaats")
@only(SCHOOL)
def post_seat(seat_id: int) -> Response:
    """A need for this seat, filled in, in the wizard of postings."""
    seat = _seat(seat_id)
    listing = filling.post(seat, title=posting_title(seat), text=posting_text(seat), by=me())
    db.session.commit()
    if listing.is_published:
        return redirect(url_for("school.show_need", reference=listing.reference))
    return redirect(url_for("school.edit_need", reference=listing.reference, step="wat"))


@committees.route("/plek/<id:seat_id>/vraag", methods=["GET", "POST"])
@only(KEEPERS)
def invite_member(seat_id: int) -> Response | str:
    """Ask someone by mail, or write down who sits there already."""
    seat = _seat(seat_id)
    if not allows("seat", seat.state, SeatAction.INVITE):
        raise InvalidMove(state=seat.state.value)
    form = _invite_form(seat)
    if form.validate_on_submit() and _invited(seat, form):
        db.session.commit()
        return _to(seat.committee)
    return render_template("committees/invite.html", form=form, seat=seat, profile=profile_line(seat))


@committees.post("/lid/<id:term_id>/trek-in")
@only(KEEPERS)
def withdraw_invitation(term_id: int) -> Response:
    term = kept_term(term_id, acting())
    filling.withdraw(term, by=me())
    db.session.commit()
    flash(gettext("De uitnodiging is ingetrokken. De link werkt niet meer."), "success")
    return _to(term.committee)


def _seat(seat_id: int) -> Seat:
    """A seat one keeps, held while a form is handled: of two who fill it at once the second waits."""
    return kept_seat(seat_id, acting(), lock=request.method == "POST")


def _seat_form(seat: Seat | None) -> SeatForm:
    form = SeatForm(data=_shown(seat) if seat else {})
    form.offer_profile()
    form.offer_levels()
    return form


def _shown(seat: Seat) -> dict[str, str]:
    """A seat as its form shows it."""
    return {
        "name": seat.name,
        "work_field": seat.work_field,
        "size": seat.size.value if seat.size else "",
        "level": seat.level.value if seat.level else "",
        "profile": seat.profile,
        "version": str(seat.version),
    }


def _saved(seat: Seat | None, committee: Committee, form: SeatForm) -> bool:
    try:
        actions.save_seat(
            seat,
            committee=committee,
            name=form.name.data or "",
            work_field=form.work_field.data or "",
            size=form.chosen_size,
            level=form.chosen_level,
            profile=form.profile.data or "",
            by=me(),
        )
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True


def _invite_form(seat: Seat) -> InviteForm:
    known = {"work_field": seat.work_field, "size": seat.size.value if seat.size else "", "starts_on": today()}
    form = InviteForm(data=known)
    form.offer_profile()
    return form


def _invited(seat: Seat, form: InviteForm) -> bool:
    person = Person(
        name=form.name.data or "",
        email=form.email.data or "",
        organisation_name=form.organisation_name.data or "",
        job_title=form.job_title.data or "",
        work_field=form.work_field.data or "",
        size=form.chosen_size,
    )
    first, last = form.starts_on.data, form.ends_on.data
    try:
        if form.already.data:
            filling.seat_member(seat, person, starts_on=first, ends_on=last, by=me())
            flash(gettext("%(name)s zit nu in de commissie.", name=person.name), "success")
        else:
            filling.invite(seat, person, starts_on=first, ends_on=last, note=form.note.data or "", by=me())
            flash(gettext("%(name)s krijgt nu een mail met een link.", name=person.name), "success")
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True


def _to(committee: Committee) -> Response:
    return redirect(url_for("committees.show_committee", committee_id=committee.id))
