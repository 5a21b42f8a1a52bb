"""A municipality with a desk joins that of a region, or takes its own up again: first what moves, then the move."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.matches.moving_desks import Move, carry_out, joining, leaving
from matchmaker.organisations.administration import organisation_for
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.errors import sentence_for


@admin.route("/organisaties/<id:organisation_id>/gemeenten/<code>/erbij", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def join_region(organisation_id: int, code: str) -> Response | str:
    """Give up the own desk for that of the region."""
    return _move(organisation_id, code, joining, goes_in=True)


@admin.route("/organisaties/<id:organisation_id>/gemeenten/<code>/eruit", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def leave_region(organisation_id: int, code: str) -> Response | str:
    """Take the own desk up again."""
    return _move(organisation_id, code, leaving, goes_in=False)


def _move(
    organisation_id: int, code: str, plan: Callable[[Organisation, Organisation], Move], *, goes_in: bool
) -> Response | str:
    region, municipality = organisation_for(giver(), organisation_id), organisation_by_code(code)
    if municipality is None:
        raise NotFound()
    back = url_for("admin.edit_region", organisation_id=region.id)
    try:
        move = plan(municipality, region)
    except InvalidValue as wrong:
        flash(sentence_for(wrong), "error")
        return redirect(back)
    form = Form()
    if not form.validate_on_submit():
        return render_template(
            "admin/organisation/move_desk.html", move=move, region=region, goes_in=goes_in, form=form, back=back
        )
    moved = carry_out(move, by=me())
    flash(ngettext("Verhuisd, met %(num)d vraag.", "Verhuisd, met %(num)d vragen.", moved), "success")
    db.session.commit()
    return redirect(back)
