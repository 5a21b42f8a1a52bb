"""Candidates of one's own posting, with reasons; asking one of them, or a desk that has posted nothing."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.catalogue.queries import current_weights
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.listings.models import Listing, Need
from matchmaker.matches import actions
from matchmaker.matches.candidates import best_of_each
from matchmaker.matches.models import Match
from matchmaker.matches.own_listings import municipalities_near, own_listing
from matchmaker.matches.queries import candidates_for
from matchmaker.matches.states import ENDED, State
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.reference.holidays import due_moment
from matchmaker.vocabulary import Party
from matchmaker.web.fields import options
from matchmaker.web.guards import MUNICIPALITY, SCHOOL, only
from matchmaker.web.public.cards import KIND_SIGNS, address_of
from matchmaker.web.sign_in_state import acting, me
from matchmaker.web.together import together
from matchmaker.web.together.forms import AskDeskForm, NoteForm
from matchmaker.web.together.party import my_match, my_party
from matchmaker.words.candidates import counterpart_line, counterpart_title, finding, say_km, your_kind
from matchmaker.words.labels import label
from matchmaker.words.listings import facts
from matchmaker.words.proposals import show
from matchmaker.words.reasons import whole_score

FIRST_ANSWER_DAYS = 2
GONE = ENDED - {State.DONE}


@together.get("/voorstellen/<reference>")
def show_candidates(reference: str) -> str:
    """Who fits one's own posting, why, and what would make it fit better."""
    listing = own_listing(reference, acting())
    matches = [match for match in candidates_for(listing) if match.state not in GONE]
    first = next((match for match in matches if match.state is State.PROPOSED), None)
    return render_template(
        "together/candidates/show_candidates.html",
        listing=listing,
        title=finding(listing, matches, reader=my_party()),
        candidates=[_candidate(match, listing, also) for match, also in best_of_each(matches, reader=my_party())],
        answer_by=due_moment(now(), _promise(first)),
        school_side=my_party() is Party.SCHOOL,
        what=your_kind(listing),
        kind=label(listing.kind),
        kind_sign=KIND_SIGNS[listing.kind],
        facts=[(fact.name, fact.value) for fact in facts(listing)],
        listing_url=address_of(listing) if listing.is_open else _own_page(listing),
        weights_version=current_weights().version,
    )


@together.post("/voorstellen/<reference>")
def refresh_candidates(reference: str) -> Response:
    """Look again: new postings may have come."""
    listing = own_listing(reference, acting())
    actions.propose_for(listing, by=me())
    db.session.commit()
    flash(gettext("Wij hebben opnieuw gezocht."), "success")
    return redirect(url_for("together.show_candidates", reference=reference))


@together.post("/<id:match_id>/vraag")
@only(SCHOOL)
def request_match(match_id: int) -> Response | str:
    """Ask the desk of this candidate."""
    match, form = my_match(match_id, lock=True), NoteForm()
    if not form.validate_on_submit():
        return render_template("together/candidates/write_note.html", match=match, form=form)
    actions.request(match, by=me(), note=form.note.data or "")
    db.session.commit()
    flash(gettext("Uw vraag ligt bij het loket."), "success")
    return redirect(url_for("together.show_match", match_id=match.id))


@together.post("/<id:match_id>/hulp")
@only(MUNICIPALITY)
def offer_match(match_id: int) -> Response | str:
    """The municipality says first that it can help."""
    match, form = my_match(match_id, lock=True), NoteForm()
    if not form.validate_on_submit():
        return render_template("together/candidates/write_note.html", match=match, form=form)
    actions.offer(match, by=me(), note=form.note.data or "")
    db.session.commit()
    flash(gettext("De school krijgt nu bericht dat u kunt helpen."), "success")
    return redirect(url_for("together.show_match", match_id=match.id))


@together.route("/voorstellen/<reference>/loket", methods=["GET", "POST"])
@only(SCHOOL)
def ask_desk(reference: str) -> Response | str:
    """Ask a municipality that has posted nothing: its desk looks for someone."""
    need, form = own_listing(reference, acting()), AskDeskForm()
    if not isinstance(need, Need):
        raise NotFound("listing")
    if not need.is_open:
        return redirect(url_for("together.show_candidates", reference=reference))
    search = request.args.get("q", "")[:80]
    near = municipalities_near(need, search=search)
    form.municipality.choices = options((each.code, each.name) for each, _ in near)
    if form.validate_on_submit():
        municipality = organisation_by_code(form.municipality.data)
        match = actions.ask_desk(need, municipality, by=me(), note=form.note.data or "")
        db.session.commit()
        return redirect(url_for("together.show_match", match_id=match.id))
    rows = [(each, say_km(km)) for each, km in near]
    return render_template("together/candidates/ask_desk.html", need=need, form=form, rows=rows, search=search)


def _own_page(listing: Listing) -> str:
    audience = "school" if my_party() is Party.SCHOOL else "municipality"
    return url_for(f"{audience}.show_{listing.side.value}", reference=listing.reference)


def _candidate(match: Match, listing: Listing, also: Sequence[Match]) -> dict[str, object]:
    """One candidate as the component draws it."""
    shown = show(match, reader=my_party())
    other = match.offer if match.need_id == listing.id else match.need
    return {
        "match": match,
        "title": counterpart_title(match, reader=my_party()),
        "line": counterpart_line(match, listing),
        "shown": shown,
        "also": [_other(each, listing) for each in also],
        "open": match.state is State.PROPOSED,
        "state": label(match.state),
        "other_url": address_of(other) if other else "",
        "other_title": other.title if other else "",
    }


def _other(match: Match, listing: Listing) -> tuple[str, int, str]:
    """Another posting of the same municipality: its title, score and page."""
    other = match.offer if match.need_id == listing.id else match.need
    title = other.title if other else listing.title
    return title, whole_score(match.score or 0), url_for("together.show_match", match_id=match.id)


def _promise(match: Match | None) -> int:
    return match.desk.first_answer_days if match and match.desk else FIRST_ANSWER_DAYS
