"""The menu of each role. An entry names an endpoint; who may open it is the guard's business."""

from functools import lru_cache

from flask import request, url_for
from flask_login import current_user

from matchmaker.committees.queries import sits_somewhere
from matchmaker.matches.queue import open_items
from matchmaker.vocabulary import Role
from matchmaker.web.sign_in_state import acting, me, my_desk
from matchmaker.words.language import lazy_gettext as _l

Entry = tuple[object, str]

PUBLIC: tuple[Entry, ...] = (
    (_l("Aanbod"), "public.browse_offers"),
    (_l("Vragen"), "public.browse_needs"),
    (_l("Gemeenten"), "public.list_municipalities"),
    (_l("Hulp"), "public.show_help"),
)
COMMITTEES: Entry = (_l("Commissies"), "committees.list_committees")
SITS = frozenset({Role.OFFICER, Role.REGION_COORDINATOR, Role.HR_PLANNER, Role.BOARD})
"""Roles that find committees in their menu once they sit in one."""
READER: tuple[Entry, ...] = ((_l("Begin"), "account.start"), *PUBLIC)
SCHOOL: tuple[Entry, ...] = (
    (_l("Onze vragen"), "school.list_needs"),
    (_l("Wat loopt er"), "together.list_matches"),
    (_l("Stages"), "placements.list_placements"),
    (_l("Aanbod"), "public.browse_offers"),
    COMMITTEES,
    (_l("Agenda"), "together.calendar"),
)
COORDINATOR: tuple[Entry, ...] = (*SCHOOL, (_l("Studenten"), "school.list_students"))
STUDENT: tuple[Entry, ...] = (
    (_l("Past bij mij"), "student.find_offers"),
    (_l("Mijn reacties"), "student.list_applications"),
    (_l("Mijn stage"), "placements.list_placements"),
    (_l("Mijn wensen"), "student.edit_wishes"),
    (_l("Alle plekken"), "public.browse_offers"),
    (_l("Bewaard"), "account.list_saved"),
)
DESK: tuple[Entry, ...] = (
    (_l("Wachtrij"), "desk.queue"),
    (_l("Studenten"), "municipality.list_applicants"),
    (_l("Ons aanbod"), "municipality.list_offers"),
    (_l("Vragen"), "public.browse_needs"),
    (_l("Wat loopt er"), "together.list_matches"),
    (_l("Stages"), "placements.list_placements"),
    (_l("Agenda"), "together.calendar"),
)
COLLEAGUE: tuple[Entry, ...] = (
    (_l("Ons aanbod"), "municipality.list_offers"),
    (_l("Studenten"), "municipality.list_applicants"),
    (_l("Wat loopt er"), "together.list_matches"),
    (_l("Stages"), "placements.list_placements"),
    (_l("Vragen"), "public.browse_needs"),
    COMMITTEES,
    (_l("Agenda"), "together.calendar"),
)
OVERVIEW: tuple[Entry, ...] = (
    (_l("Begin"), "account.start"),
    (_l("Gezocht"), "insights.show_unmet"),
    (_l("Gelijke kansen"), "insights.show_equal_chances"),
    *PUBLIC,
)
ORGANISATION_ADMIN: tuple[Entry, ...] = (
    (_l("Mensen"), "admin.list_people"),
    (_l("Organisatie"), "admin.edit_organisation"),
    COMMITTEES,
    (_l("Gezocht"), "insights.show_unmet"),
    (_l("Gelijke kansen"), "insights.show_equal_chances"),
    (_l("Aanbod"), "public.browse_offers"),
)
PLATFORM_ADMIN: tuple[Entry, ...] = (
    (_l("Organisaties"), "admin.list_organisations"),
    (_l("Mensen"), "admin.list_people"),
    (_l("Weging"), "admin.show_weights"),
    (_l("Rondes"), "admin.list_rounds"),
    (_l("Brieven"), "admin.list_letters"),
    (_l("Antwoorden"), "admin.list_replies"),
    (_l("Taken"), "admin.list_jobs"),
    (_l("Logboek"), "admin.list_events"),
    (_l("Privacy"), "admin.show_columns"),
)
ACCOUNT: tuple[Entry, ...] = (
    (_l("Mijn gegevens"), "account.show_profile"),
    (_l("Mail en berichten"), "account.edit_mail"),
    (_l("Bewaard"), "account.list_saved"),
    (_l("Wat wij bewaren"), "account.show_my_data"),
)
FOOTER: tuple[Entry, ...] = (
    (_l("Zo werkt de match"), "public.show_matching"),
    (_l("Privacy"), "public.show_privacy"),
    (_l("Toegankelijkheid"), "public.show_accessibility"),
    (_l("Hulp"), "public.show_help"),
    (_l("Controleer een document"), "public.check_document"),
    (_l("Contact"), "public.show_contact"),
)
UNDER = {
    "insights.show_unmet": "desk.queue",
    "insights.show_equal_chances": "school.list_students",
    "admin.show_crosswalk": "admin.show_weights",
    "admin.edit_link": "admin.show_weights",
    "admin.decide_link": "admin.show_weights",
    "admin.lay_hold": "admin.show_columns",
    "admin.list_cleanings": "admin.show_columns",
    "admin.list_data_requests": "admin.show_columns",
    "admin.answer_data_request": "admin.show_columns",
}
"""Pages that are a tab beside an entry of the menu, under an address of their own."""
BY_ROLE: dict[Role, tuple[Entry, ...]] = {
    Role.LECTURER: SCHOOL,
    Role.COORDINATOR: COORDINATOR,
    Role.STUDENT: STUDENT,
    Role.OFFICER: DESK,
    Role.REGION_COORDINATOR: DESK,
    Role.COLLEAGUE: COLLEAGUE,
    Role.HR_PLANNER: OVERVIEW,
    Role.BOARD: OVERVIEW,
    Role.ORG_ADMIN: ORGANISATION_ADMIN,
    Role.PLATFORM_ADMIN: PLATFORM_ADMIN,
}


def navigation() -> list[dict[str, object]]:
    """The menu for whoever looks."""
    membership = acting() if current_user.is_authenticated else None
    entries = BY_ROLE.get(membership.role, READER) if membership else PUBLIC
    at_desk = entries is DESK
    if membership and membership.role in SITS and sits_somewhere(me()):
        entries = (*entries, COMMITTEES)
    items = [_item(label, endpoint) for label, endpoint in entries]
    _mark_section(items, [endpoint for _, endpoint in entries])
    desk = my_desk() if at_desk else None
    if desk is not None:
        items[0]["count"] = open_items(desk)
    return items


def account_menu() -> list[dict[str, object]]:
    """What stands under someone's name; for a visitor the door."""
    if not current_user.is_authenticated:
        return [_item(_l("Inloggen"), "account.sign_in")]
    return [
        *(_item(label, endpoint) for label, endpoint in ACCOUNT),
        {"label": _l("Uitloggen"), "url": url_for("account.sign_out"), "post": True},
    ]


def footer_links() -> list[dict[str, object]]:
    """What every page links to at its foot."""
    return [_item(label, endpoint) for label, endpoint in FOOTER]


def _mark_section(items: list[dict[str, object]], endpoints: list[str]) -> None:
    """On a page without an entry of its own, mark the entry it is a tab of, else the one whose address it lies under;
    the longest one wins."""
    if any(item["current"] for item in items):
        return
    beside = UNDER.get(request.endpoint or "")
    if beside in endpoints:
        items[endpoints.index(beside)]["current"] = "section"
        return
    above = [item for item in items if request.path.startswith(f"{str(item['url']).rstrip('/')}/")]
    if above:
        max(above, key=lambda item: len(str(item["url"])))["current"] = "section"


def _item(label: object, endpoint: str) -> dict[str, object]:
    return {"label": label, "url": _address(request.script_root, endpoint), "current": request.endpoint == endpoint}


@lru_cache(maxsize=256)
def _address(_root: str, endpoint: str) -> str:
    """Every page asks the same fifteen; where the site stands is part of what is asked."""
    return url_for(endpoint)
