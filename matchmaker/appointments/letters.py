"""Letters about an appointment to those who are invited, with the calendar file each of them gets."""

from collections.abc import Iterable
from typing import Any

from matchmaker.appointments.ical import Method, invitation
from matchmaker.appointments.models import Appointment, Attendee
from matchmaker.links.models import Link
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.answers import about
from matchmaker.mail.models import Topic


def send_invitations(
    template: str,
    appointment: Appointment,
    *,
    method: Method = Method.REQUEST,
    to: Iterable[Attendee] | None = None,
    **values: Any,
) -> None:
    """The same letter with a calendar file of their own to everyone invited, or to some of them."""
    for attendee in appointment.people if to is None else to:
        write(template, appointment, attendee, method=method, **values)


def write(
    template: str,
    appointment: Appointment,
    attendee: Attendee,
    *,
    method: Method | None = None,
    link: Link | None = None,
    **values: Any,
) -> None:
    """One letter; with `method` a calendar file goes with it."""
    queue_letter(
        template,
        topic=Topic.DATES,
        to=attendee.account,
        address=attendee.address,
        name=attendee.name,
        language=attendee.reads,
        link=link,
        calendar=invitation(appointment, method, attendee=attendee) if method else None,
        calendar_method=method.value if method else "",
        **{**facts(appointment, attendee), **values},
    )


def facts(appointment: Appointment, attendee: Attendee) -> dict[str, Any]:
    """What a letter says of an appointment, as plain JSON values."""
    words = appointment.wording.get(attendee.reads) or appointment.wording.get("nl") or {}
    return {
        **appointment.facts,
        "title": appointment.title,
        "appointment_kind": appointment.kind.value,
        "starts_at": appointment.starts_at.isoformat() if appointment.starts_at else "",
        "ends_at": appointment.ends_at.isoformat() if appointment.ends_at else "",
        "first_day": appointment.first_day.isoformat() if appointment.first_day else "",
        "last_day": appointment.last_day.isoformat() if appointment.last_day else "",
        "location": appointment.location,
        "online_url": appointment.online_url,
        "brief": words.get("description", ""),
        "standby": attendee.standby,
        "path": appointment.path if attendee.account and not attendee.standby else "",
        "answers": {} if attendee.standby else about("match", appointment.match_id),
    }
