"""After signing in: straight to the page where one's work is."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from matchmaker.vocabulary import Role
from matchmaker.web.account import account
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import acting

FIRST_PAGE = {
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
def start() -> Response:
    membership = acting()
    return redirect(url_for(FIRST_PAGE.get(membership.role, "public.show_home") if membership else "public.show_home"))
