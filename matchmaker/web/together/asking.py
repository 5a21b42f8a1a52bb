"""From an offer someone reads to a question at its desk: with one of their own needs, or with a new one."""

from flask import redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidMove, NotFound
from matchmaker.listings.models import Listing, Offer
from matchmaker.listings.queries import public_listing
from matchmaker.matches import quick_asking
from matchmaker.matches.own_listings import open_needs_of
from matchmaker.web.guards import SCHOOL, only
from matchmaker.web.public.cards import organisation_name
from matchmaker.web.sign_in_state import me, my_organisation
from matchmaker.web.together import together
from matchmaker.web.together.forms import AskWithNeedForm

NEW = "new"


@together.route("/aanbod/<reference>/vraag", methods=["GET", "POST"])
@only(SCHOOL)
def ask(reference: str) -> Response | str:
    """Ask about an offer: choose the own need it belongs to, or let one be made from the offer."""
    offer, form = _open_offer(reference), AskWithNeedForm()
    needs = {each.reference: each for each in open_needs_of(my_organisation(), offer.kind)}
    form.need.choices = [*((key, each.title) for key, each in needs.items()), (NEW, gettext("Een nieuwe vraag"))]
    if not needs and not form.need.data:
        form.need.data = NEW
    if not form.validate_on_submit():
        where = organisation_name(offer.organisation)
        return render_template("together/asking/ask.html", offer=offer, form=form, has_needs=bool(needs), where=where)
    need = needs.get(form.need.data) or quick_asking.need_from(offer, organisation=my_organisation(), by=me())
    match = quick_asking.ask_about(offer, need, by=me(), note=form.note.data or "")
    db.session.commit()
    return redirect(url_for("together.show_match", match_id=match.id))


def _open_offer(reference: str) -> Offer:
    listing: Listing = public_listing(reference)
    if not isinstance(listing, Offer):
        raise NotFound("offer")
    if not listing.is_open:
        raise InvalidMove(reference=reference)
    return listing
