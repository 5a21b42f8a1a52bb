"""From a posting someone reads to a step: the school asks its desk, the municipality says it can help."""

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import public_listing
from matchmaker.matches.models import Match
from matchmaker.matches.responding import own_counterparts, respond, to_choose_from
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.vocabulary import Party, Side
from matchmaker.web.fields import options
from matchmaker.web.public.cards import address_of, organisation_name
from matchmaker.web.sign_in_state import me, my_organisation
from matchmaker.web.together import together
from matchmaker.web.together.forms import AskWithOwnForm
from matchmaker.web.together.party import my_party

NONE = "new"


@together.route("/reageer/<reference>", methods=["GET", "POST"])
def ask(reference: str) -> Response | str:
    """Choose the own posting this belongs to, or go without; a region then says for which municipality."""
    listing = _open_listing(reference)
    own = {each.reference: each for each in own_counterparts(listing, my_organisation())}
    form = _form(listing, own)
    if form.validate_on_submit():
        try:
            match = _respond(listing, own.get(form.own.data), form)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            return redirect(url_for("together.show_match", match_id=match.id))
    return render_template(
        "together/asking/ask.html",
        listing=listing,
        form=form,
        school_side=my_party() is Party.SCHOOL,
        where=organisation_name(listing.organisation),
        back=address_of(listing),
    )


def _form(listing: Listing, own: Mapping[str, Listing]) -> AskWithOwnForm:
    """The form with the own postings to choose from, and for a region its municipalities."""
    form = AskWithOwnForm()
    titles = ((key, each.title) for key, each in own.items())
    form.own.choices = options([*titles, (NONE, _without(listing))])
    if not own and not form.own.data:
        form.own.data = NONE
    form.offer_municipalities([(each.code, each.name) for each in to_choose_from(listing, my_organisation())])
    return form


def _respond(listing: Listing, own: Listing | None, form: AskWithOwnForm) -> Match:
    return respond(
        listing,
        own,
        organisation=my_organisation(),
        as_party=my_party(),
        by=me(),
        note=form.note.data or "",
        on_behalf_of=organisation_by_code(form.chosen_municipality),
    )


def _without(listing: Listing) -> str:
    return gettext("Een nieuwe vraag") if listing.side is Side.OFFER else gettext("Zonder eigen aanbod")


def _open_listing(reference: str) -> Listing:
    listing = public_listing(reference)
    if not listing.is_open:
        raise InvalidMove(reference=reference)
    return listing
