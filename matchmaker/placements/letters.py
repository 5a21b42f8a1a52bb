"""Letters about a placement. Who has an account gets the page, who has none a link that acts for them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.appointments.entries import CalendarGuest
from matchmaker.appointments.ical import invitation
from matchmaker.clock import today
from matchmaker.links.actions import make_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.queries import desk_officers, members_with_role
from matchmaker.placements.models import Placement, PlacementPerson
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Role

FEWEST_LINK_DAYS = 60
AFTER_THE_END = timedelta(days=60)


def tell_parts(template: str, placement: Placement, parts: Iterable[Part], **values: Any) -> None:
    """The same letter to everyone with one of these parts; where nobody is named, or who is named has left, to the
    office of that side. With `entry` and `method` each gets a calendar file of their own."""
    wanted, written = set(parts), set[str]()
    for person in placement.people:
        if person.part in wanted:
            _write(template, placement, person, written, **values)
    for part in (Part.COORDINATOR, Part.OFFICER):
        named = placement.person(part)
        if part in wanted and (named is None or (named.account is not None and not named.account.is_active)):
            for account in office_of(placement, part):
                _write_account(template, placement, account, written, **values)


def tell_office(template: str, placement: Placement, part: Part, **values: Any) -> None:
    """A letter to every coordinator of the school, or every officer of the desk."""
    written = set[str]()
    for account in office_of(placement, part):
        _write_account(template, placement, account, written, **values)


def office_of(placement: Placement, part: Part) -> list[Account]:
    """Who stands behind a part that nobody is named in: coordinators of the school, officers of the desk."""
    if part is Part.COORDINATOR:
        return [each.account for each in members_with_role(placement.institution, Role.COORDINATOR)]
    desk = placement.municipality.desk
    return [each.account for each in desk_officers(desk)] if desk else []


def link_for(person: PlacementPerson) -> Link:
    """A link with which someone without an account acts, until two months after the last day."""
    last = person.placement.last_day
    days = (last + AFTER_THE_END - today()).days if last else FEWEST_LINK_DAYS
    return make_link(Purpose.PLACEMENT, subject_id=person.id, days=max(days, FEWEST_LINK_DAYS))


def facts(placement: Placement) -> dict[str, Any]:
    """What a letter says of a placement, as plain JSON values."""
    return {
        "title": placement.title,
        "kind": placement.kind.value,
        "student": placement.student.display_name,
        "municipality": placement.municipality.name,
        "school": placement.institution.name,
        "first_day": placement.first_day.isoformat() if placement.first_day else "",
        "due": placement.due_at.isoformat() if placement.due_at else "",
        "path": f"/plaatsingen/{placement.id}",
    }


def _write(template: str, placement: Placement, person: PlacementPerson, written: set[str], **values: Any) -> None:
    if person.account is not None:
        _write_account(template, placement, person.account, written, **values)
    elif person.address and person.address not in written:
        written.add(person.address)
        told = _with_file({**facts(placement), "part": person.part.value, **values}, person, person.language)
        queue_letter(
            template,
            address=person.address,
            name=person.name,
            language=person.language,
            link=link_for(person),
            **{"topic": _topic(template), **told},
        )


def _write_account(template: str, placement: Placement, account: Account, written: set[str], **values: Any) -> None:
    if account.is_active and account.email not in written:
        written.add(account.email)
        told = _with_file({**facts(placement), "part": "", **values}, account, account.language)
        queue_letter(template, to=account, **{"topic": _topic(template), **told})


def _with_file(values: dict[str, Any], person: Account | PlacementPerson, language: str) -> dict[str, Any]:
    """The values of a letter; `entry` and `method` among them become the calendar file of this person."""
    entry, method = values.pop("entry", None), values.pop("method", None)
    if entry is None or method is None:
        return values
    guest = CalendarGuest(display_name=person.display_name, email=person.email, reads=language)
    file = {"calendar": invitation(entry, method, attendee=guest), "calendar_method": method.value}
    return {**values, **file, "topic": Topic.DATES}


def _topic(template: str) -> Topic:
    return Topic.MESSAGES if template == "message_posted" else Topic.REQUESTS
