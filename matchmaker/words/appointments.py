"""Dates and appointments in words."""

from collections.abc import Sequence

from matchmaker.appointments.days_to_mind import DayToMind, Mind
from matchmaker.appointments.models import Answer, Appointment, AppointmentKind, AppointmentStatus, Attendee
from matchmaker.appointments.spans import Span
from matchmaker.calendars.queries import Entry
from matchmaker.reference import Break, Holiday, SchoolRegion
from matchmaker.words.dates import say_date, say_month, say_span
from matchmaker.words.language import gettext
from matchmaker.words.language import lazy_gettext as _l

HOLIDAYS = {
    Holiday.NEW_YEAR: _l("nieuwjaarsdag"),
    Holiday.GOOD_FRIDAY: _l("Goede Vrijdag"),
    Holiday.EASTER_SUNDAY: _l("eerste paasdag"),
    Holiday.EASTER_MONDAY: _l("tweede paasdag"),
    Holiday.KINGS_DAY: _l("Koningsdag"),
    Holiday.LIBERATION_DAY: _l("Bevrijdingsdag"),
    Holiday.ASCENSION_DAY: _l("Hemelvaartsdag"),
    Holiday.WHIT_SUNDAY: _l("eerste pinksterdag"),
    Holiday.WHIT_MONDAY: _l("tweede pinksterdag"),
    Holiday.CHRISTMAS_DAY: _l("eerste kerstdag"),
    Holiday.SECOND_CHRISTMAS_DAY: _l("tweede kerstdag"),
}
BREAKS = {
    Break.AUTUMN: _l("herfstvakantie"),
    Break.CHRISTMAS: _l("kerstvakantie"),
    Break.SPRING: _l("voorjaarsvakantie"),
    Break.MAY: _l("meivakantie"),
    Break.SUMMER: _l("zomervakantie"),
}
REGIONS = {SchoolRegion.NORTH: _l("noord"), SchoolRegion.MIDDLE: _l("midden"), SchoolRegion.SOUTH: _l("zuid")}
ANSWERS = {Answer.COMING: _l("komt"), Answer.NOT_COMING: _l("kan niet komen")}
ANSWERS_ON_A_START = {Answer.COMING: _l("het klopt"), Answer.NOT_COMING: _l("er klopt iets niet")}
STATUSES = {
    AppointmentStatus.AGREED: _l("Afgesproken"),
    AppointmentStatus.MOVING: _l("Er komt een nieuwe datum"),
    AppointmentStatus.CANCELLED: _l("Gaat niet door"),
    AppointmentStatus.DONE: _l("Geweest"),
}


def say_mind(days: Sequence[DayToMind]) -> str:
    """Let op: tweede paasdag, meivakantie (regio midden). Empty when there is nothing to mind."""
    words = [_mind(each) for each in days]
    return gettext("Let op: %(what)s.", what=", ".join(words)) if words else ""


def _mind(day: DayToMind) -> str:
    if day.mind is Mind.PUBLIC_HOLIDAY:
        return str(HOLIDAYS[Holiday(day.name)])
    if day.mind is Mind.WEEKEND:
        return gettext("dit is in het weekend")
    return gettext(
        "%(holiday)s (regio %(region)s)", holiday=BREAKS[Break(day.name)], region=REGIONS[SchoolRegion(day.region)]
    )


def say_proposed(span: Span, kind: AppointmentKind) -> str:
    """dinsdag 3 maart, 10.00 tot 12.00 uur; of a period its first and last day."""
    if kind is AppointmentKind.SESSION:
        return say_span(span.starts_at, span.ends_at)
    return gettext(
        "%(first)s tot en met %(last)s",
        first=say_date(span.first_day, with_year=True),
        last=say_date(span.last_day, with_year=True),
    )


def say_when(appointment: Entry) -> str:
    """The moment or the period of an appointment; of anything else in a calendar its moment or day."""
    if appointment.starts_at is not None and appointment.ends_at is not None:
        return say_span(appointment.starts_at, appointment.ends_at)
    if not isinstance(appointment, Appointment) or appointment.last_day is None:
        return say_date(appointment.day)
    return gettext(
        "%(first)s tot en met %(last)s",
        first=say_date(appointment.day, with_year=True),
        last=say_date(appointment.last_day, with_year=True),
    )


def day_sheet(appointment: Entry) -> dict[str, str]:
    """The day as a small sheet of a calendar."""
    day = appointment.day
    return {"number": str(day.day), "month": say_month(day), "whole": say_date(day)}


def say_answer(attendee: Attendee) -> str:
    """komt, kan niet komen, reserve; of a place or a seat whether it is right, and what is not.

    Empty while nothing was said.
    """
    if attendee.standby:
        return gettext("reserve: valt in als het nodig is")
    if attendee.answer is None:
        return ""
    if attendee.appointment.kind is AppointmentKind.SESSION:
        return str(ANSWERS[attendee.answer])
    words = str(ANSWERS_ON_A_START[attendee.answer])
    return f"{words}: {attendee.answer_note}" if attendee.answer_note else words


def confirmed_line(appointment: Appointment) -> str:
    """Where the asking two days ahead stands: bevestigd, 1 van 2 bevestigd. Empty while nobody answered."""
    answers = [each.answer for each in appointment.expected]
    if Answer.NOT_COMING in answers:
        session = appointment.kind is AppointmentKind.SESSION
        return gettext("iemand kan niet komen") if session else gettext("er klopt iets niet")
    confirmed = answers.count(Answer.COMING)
    if not confirmed:
        return ""
    if confirmed == len(answers):
        return gettext("bevestigd")
    return gettext("%(some)s van %(all)s bevestigd", some=confirmed, all=len(answers))
