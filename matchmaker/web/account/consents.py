"""What someone agreed to, with the words they read, and taking it back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.consents.queries import consent_of
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.privacy.consenting import Given, about, given_by, withdraw_own
from matchmaker.web.account import account
from matchmaker.web.guards import ANYONE_SIGNED_IN, may_open, only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.words.consents import AFTERWARDS, TITLES, was_read


@account.get("/account/toestemmingen")
@only(ANYONE_SIGNED_IN)
def list_consents() -> str:
    return render_template("account/consents.html", rows=[_row(each) for each in given_by(me())])


@account.route("/account/toestemmingen/<id:consent_id>/intrekken", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
def withdraw_consent(consent_id: int) -> Response | str:
    """First what happens then. Sending it takes the consent back."""
    return _withdrawn(about(consent_of(me(), consent_id)))


def _withdrawn(given: Given) -> Response | str:
    if given.consent.is_for_an_organisation or not given.consent.stands:
        raise InvalidMove(state="not_to_withdraw", action="withdraw")
    if request.method == "GET":
        return render_template("account/withdraw_consent.html", row=_row(given))
    withdraw_own(given, by=me())
    flash(gettext("Ingetrokken. Het geldt meteen."), "success")
    db.session.commit()
    return redirect(url_for("account.list_consents"))


def _row(given: Given) -> dict[str, object]:
    """One consent as the page shows it, with the address of what it is about for who may open that."""
    consent = given.consent
    return {
        "consent": consent,
        "title": TITLES[consent.purpose],
        "text": was_read(consent),
        "language": consent.language or "nl",
        "about": _title_of(given),
        "url": _address_of(given),
        "afterwards": AFTERWARDS[consent.purpose],
        "own": not consent.is_for_an_organisation,
    }


def _title_of(given: Given) -> str:
    if given.placement is not None:
        return given.placement.title
    return given.work.title if given.work is not None else ""


def _address_of(given: Given) -> str:
    address = ""
    if given.placement is not None:
        address = url_for("placements.show_placement", placement_id=given.placement.id)
    elif given.work is not None:
        address = url_for("desk.show_finished", reference=given.work.listing.reference)
    return address if may_open(address, acting()) else ""
