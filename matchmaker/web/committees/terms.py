"""A member stays another term, or stops early."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.committees import terms
from matchmaker.committees.models import Term
from matchmaker.committees.queries import KEEPERS, kept_term
from matchmaker.committees.states import TermAction, allows
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.vocabulary import TermEnd
from matchmaker.web.committees import committees
from matchmaker.web.committees.forms import StopForm
from matchmaker.web.guards import only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.committees import term_line
from matchmaker.words.dates import say_date


@committees.post("/lid/<id:term_id>/verleng")
@only(KEEPERS)
def renew_term(term_id: int) -> Response:
    """One more term, once the member has said yes to it."""
    term = kept_term(term_id, acting())
    terms.renew(term, by=me())
    db.session.commit()
    flash(gettext("Verlengd tot en met %(day)s.", day=say_date(term.ends_on, with_year=True)), "success")
    return _to(term)


@committees.route("/lid/<id:term_id>/stop", methods=["GET", "POST"])
@only(KEEPERS)
def cut_term_short(term_id: int) -> Response | str:
    term = kept_term(term_id, acting())
    if not allows("term", term.state, TermAction.STOP):
        raise InvalidMove(state=term.state.value)
    form = StopForm()
    if form.validate_on_submit():
        terms.stop(term, because=TermEnd(form.because.data), by=me())
        db.session.commit()
        flash(gettext("De plek is weer vrij."), "success")
        return _to(term)
    return render_template("committees/stop.html", form=form, term=term, days=term_line(term))


def _to(term: Term) -> Response:
    return redirect(url_for("committees.show_committee", committee_id=term.committee.id))
