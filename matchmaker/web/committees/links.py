"""Without an account, from a letter: yes or no to a seat, and whether a member comes. GET shows, POST acts."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.committees import filling
from matchmaker.committees.meeting_models import Invitee
from matchmaker.committees.meeting_queries import invitee_by_id
from matchmaker.committees.meetings import answer
from matchmaker.committees.models import Term
from matchmaker.committees.queries import term_by_id
from matchmaker.committees.states import TermState
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link, use_link
from matchmaker.links.models import Purpose
from matchmaker.web.committees.forms import ComingForm, SeatAnswerForm
from matchmaker.web.committees.meetings import meeting_page
from matchmaker.words.committees import profile_line, term_days, terms_of_committee

committee_links = Blueprint("committee_links", __name__)


@committee_links.get("/stoel/<token>")
def show_seat(token: str) -> str:
    """Which committee, which seat, how long; opening the link changes nothing."""
    return _seat_page(_asked(token), SeatAnswerForm())


@committee_links.post("/stoel/<token>")
def answer_seat(token: str) -> Response | str:
    """Yes or no, once."""
    term, form = _asked(token, lock=True), SeatAnswerForm()
    if not form.validate_on_submit():
        return _seat_page(term, form)
    use_link(find_link(token, Purpose.SEAT))
    answer_it = filling.accept if form.answer.data == "yes" else filling.decline
    answer_it(term, note=form.note.data or "", by=term.account)
    db.session.commit()
    return redirect(url_for("committee_links.seat_answered", answer=form.answer.data))


@committee_links.get("/stoel/antwoord-ontvangen/<any(yes, no):answer>")
def seat_answered(answer: str) -> str:
    """What happens now."""
    return render_template("committees/seat_answered.html", answer=answer)


@committee_links.get("/vergadering/<token>")
def show_meeting(token: str) -> str:
    """The meeting with its agenda, and the question whether this member comes."""
    invitee = _invited(token)
    return meeting_page(invitee.meeting, keeps=False, mine=invitee, form=ComingForm(), token=token)


@committee_links.post("/vergadering/<token>")
def answer_meeting(token: str) -> Response | str:
    """Yes or no; the link stays good until the day after, so that an answer can change."""
    invitee, form = _invited(token), ComingForm()
    if not form.validate_on_submit():
        return meeting_page(invitee.meeting, keeps=False, mine=invitee, form=form, token=token)
    answer(invitee, coming=form.coming.data == "yes", note=form.note.data or "", by=invitee.account)
    db.session.commit()
    flash(gettext("Dank u. De school ziet uw antwoord."), "success")
    return redirect(url_for("committee_links.show_meeting", token=token))


def _asked(token: str, *, lock: bool = False) -> Term:
    """Who the link was sent to; raises LinkUnusable, also when the question was taken back."""
    term = term_by_id(find_link(token, Purpose.SEAT).subject_id, lock=lock)
    if term is None or term.state is not TermState.PROPOSED:
        raise LinkUnusable("revoked")
    return term


def _invited(token: str) -> Invitee:
    invitee = invitee_by_id(find_link(token, Purpose.MEETING).subject_id)
    if invitee is None:
        raise LinkUnusable("revoked")
    return invitee


def _seat_page(term: Term, form: SeatAnswerForm) -> str:
    return render_template(
        "committees/answer_seat.html",
        term=term,
        form=form,
        profile=profile_line(term.seat),
        days=term_days(term.starts_on, term.ends_on),
        terms=terms_of_committee(term.committee),
    )
