"""After signing in: straight to the page where one's work is, or to a page of one's own."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.vocabulary import Role
from matchmaker.web.account import account
from matchmaker.web.account.landing import landing_of
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import acting

FIRST_PAGE = {
    Role.STUDENT: "student.find_offers",
    Role.LECTURER: "school.list_needs",
    Role.COORDINATOR: "school.list_needs",
    Role.OFFICER: "desk.queue",
    Role.REGION_COORDINATOR: "desk.queue",
    Role.COLLEAGUE: "municipality.list_offers",
    Role.ORG_ADMIN: "admin.list_people",
    Role.PLATFORM_ADMIN: "admin.list_organisations",
}


@account.get("/start")
@only(ANYONE_SIGNED_IN)
def start() -> Response | str:
    membership = acting()
    if membership is not None and membership.role in FIRST_PAGE:
        return redirect(url_for(FIRST_PAGE[membership.role]))
    return render_template("account/start.html", **landing_of(membership))
