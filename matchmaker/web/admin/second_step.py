"""Someone lost app, passkeys and codes: an administrator takes the second step away, and a letter helps them on."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import NotAllowed
from matchmaker.factors.actions import take_away
from matchmaker.factors.queries import has_second_step
from matchmaker.organisations.administration import person
from matchmaker.organisations.models import Membership
from matchmaker.organisations.queries import active_memberships
from matchmaker.organisations.rules import can_renew_sign_in
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.sign_in_state import me


def may_renew(membership: Membership) -> bool:
    """Whether there is a second step to take away, and this administrator may."""
    account = membership.account
    if not membership.is_active or account.id == me().id or not account.is_active:
        return False
    return has_second_step(account) and can_renew_sign_in(giver(), active_memberships(account))


@admin.post("/mensen/<id:membership_id>/tweede-stap-weghalen")
def take_away_second_step(membership_id: int) -> Response:
    membership = person(giver(), membership_id)
    if not may_renew(membership):
        raise NotAllowed()
    take_away(membership.account, by=me())
    flash(gettext("De tweede stap is weg. Wij hebben een mail gestuurd om opnieuw te beginnen."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_person", membership_id=membership.id))
