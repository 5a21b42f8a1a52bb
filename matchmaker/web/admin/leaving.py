"""Someone leaves: one act hands over everything and ends their roles here."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.matches.handing_over import hand_over as hand_over_work
from matchmaker.matches.handing_over import listings_held, matches_held, successors
from matchmaker.organisations.administration import person
from matchmaker.organisations.leaving import covers_held, leave_organisation, roles_here
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, options
from matchmaker.web.sign_in_state import me


class HandOverForm(Form):
    successor = RadioField(_l("Wie neemt het over?"), validate_choice=False)


@admin.route("/mensen/<id:membership_id>/overdragen", methods=["GET", "POST"])
def hand_over(membership_id: int) -> Response | str:
    """Shows what moves before it moves."""
    leaving = _leaving(membership_id)
    colleagues = successors(leaving)
    form = HandOverForm()
    form.successor.choices = options((str(each.id), each.display_name) for each in colleagues)
    page = {"leaving": leaving, "form": form, "held": _held(leaving), "roles": roles_here(leaving)}
    if not form.validate_on_submit():
        return render_template("admin/people/hand_over.html", **page)
    try:
        _leave(leaving, _chosen(form, colleagues, any(page["held"].values())))
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/people/hand_over.html", **page)
    flash(
        gettext("Alles is overgedragen. %(name)s kan nergens meer bij.", name=leaving.account.display_name), "success"
    )
    db.session.commit()
    return redirect(url_for("admin.list_people"))


def _leaving(membership_id: int) -> Membership:
    """Who leaves. Someone who was never let in has nothing to hand over; someone already gone was shown out before."""
    leaving = person(giver(), membership_id)
    if leaving.status in (MembershipStatus.ASKED, MembershipStatus.INVITED):
        raise NotFound()
    if not leaving.is_active:
        raise InvalidMove(state=leaving.status.value, action="hand_over")
    return leaving


def _held(leaving: Membership) -> dict[str, int]:
    return {
        "matches": len(matches_held(leaving.account, leaving.organisation)),
        "listings": len(listings_held(leaving.account, leaving.organisation)),
        "covers": covers_held(leaving),
    }


def _chosen(form: HandOverForm, colleagues: Sequence[Account], needed: bool) -> Account | None:
    """The colleague who takes over; may be left out when nothing moves."""
    chosen = next((each for each in colleagues if str(each.id) == form.successor.data), None)
    if chosen is None and (needed or form.successor.data):
        raise InvalidValue("successor", "successor_needed")
    return chosen


def _leave(leaving: Membership, successor: Account | None) -> None:
    leave_organisation(leaving, successor=successor, by=giver())
    if successor is not None:
        hand_over_work(leaving.account, successor, leaving.organisation, by=me())
