"""One offer or need as everyone sees it, and saying that a posting is not right."""

from flask import flash, redirect, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.insights.public_figures import answering
from matchmaker.joint.queries import asked_together
from matchmaker.limits.models import Door
from matchmaker.listings import actions, saved
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import public_listing
from matchmaker.listings.search import browse
from matchmaker.vocabulary import Side
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.limits import TOO_MANY, is_too_often
from matchmaker.web.map_projection import project, view_around
from matchmaker.web.public import public
from matchmaker.web.public.cards import KIND_SIGNS, address_of, cards, is_soon, poster, say_remaining
from matchmaker.web.public.map_labels import small
from matchmaker.web.public.responding import ways_to_respond
from matchmaker.web.public.structured_data import as_block, describe
from matchmaker.web.sign_in_state import me
from matchmaker.words.language import joined
from matchmaker.words.listings import all_facts, places_line

GONE = 410
DOT_SIZE = 16


class ReportForm(Form):
    reason = RadioField(
        _l("Wat is er aan de hand?"),
        [InputRequired(_l("Kies wat er aan de hand is."))],
        choices=options(
            [
                ("wrong", _l("Er klopt iets niet")),
                ("out_of_date", _l("Dit is verouderd")),
                ("not_a_learning_place", _l("Dit is gewoon werk, geen plek om te leren")),
                ("discriminates", _l("Dit sluit mensen uit")),
                ("other", _l("Iets anders")),
            ]
        ),
    )
    text = TextAreaField(_l("Wat wilt u erover zeggen?"), [at_most(2000)])
    website = StringField(_l("Laat dit leeg"), [at_most(200)])


@public.get("/aanbod/<reference>")
def show_offer(reference: str) -> str | tuple[str, int]:
    return _page(_found(reference, Side.OFFER))


@public.get("/vragen/<reference>")
def show_need(reference: str) -> str | tuple[str, int]:
    return _page(_found(reference, Side.NEED))


@public.route("/aanbod/<reference>/melden", methods=["GET", "POST"])
def report_offer(reference: str) -> Response | str | tuple[str, int]:
    return _report(_found(reference, Side.OFFER))


@public.route("/vragen/<reference>/melden", methods=["GET", "POST"])
def report_need(reference: str) -> Response | str | tuple[str, int]:
    return _report(_found(reference, Side.NEED))


def _found(reference: str, side: Side) -> Listing:
    listing = public_listing(reference.upper()[:12])
    if listing.side is not side:
        raise NotFound("listing")
    return listing


def _page(listing: Listing) -> str | tuple[str, int]:
    alike = cards(browse.similar(listing))
    if not listing.is_open:
        return render_template("public/listing_gone.html", listing=listing, similar=alike), GONE
    organisation = listing.organisation
    signed_in = current_user.is_authenticated
    return render_template(
        "public/listing.html",
        listing=listing,
        facts=all_facts(listing),
        places=places_line(listing),
        poster=poster(listing),
        together=joined(each.name for each in asked_together(listing)),
        sign=KIND_SIGNS[listing.kind],
        remaining=say_remaining(listing.respond_before),
        soon=is_soon(listing.respond_before),
        ways=ways_to_respond(listing),
        kept=signed_in and listing.id in saved.kept_among(me(), [listing.id]),
        answered=answering(organisation.desk) if organisation and organisation.desk else None,
        spot=_spot(listing),
        similar=alike,
        data=as_block(describe(listing)),
    )


def _spot(listing: Listing) -> dict[str, object] | None:
    """Where it is, on a piece of the map."""
    if listing.latitude is None or listing.longitude is None:
        return None
    x, y = project(listing.latitude, listing.longitude)
    offer = listing.side is Side.OFFER
    shown = DOT_SIZE if offer else 0
    dot = {"name": listing.place, "x": x, "y": y, "supply": shown, "demand": int(not offer), "label": True}
    return {"dots": [dot], "view": small(view_around([(x, y)], least=240.0))}


def _report(listing: Listing) -> Response | str | tuple[str, int]:
    form = ReportForm()
    if not form.validate_on_submit():
        return render_template("public/report.html", form=form, listing=listing, back=address_of(listing))
    who = me() if current_user.is_authenticated else None
    if who is None and is_too_often(Door.REPORT, form):
        return render_template("public/report.html", form=form, listing=listing, back=address_of(listing)), TOO_MANY
    if not form.website.data:
        actions.report(listing, reason=form.reason.data, text=form.text.data or "", by=who)
    flash(gettext("Dank u. Het loket kijkt ernaar en beslist."), "success")
    db.session.commit()
    return redirect(address_of(listing))
