"""The calendar, one's own and that of everyone here: a month at a time, and the address to subscribe to."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_date, gettext
from werkzeug.wrappers import Response

from matchmaker.accounts.actions import make_feed_link, revoke_feed_link
from matchmaker.appointments.entries import CalendarEntry
from matchmaker.appointments.feeds import feed_token
from matchmaker.appointments.models import Appointment
from matchmaker.calendars.actions import calendar_token, make_calendar_link, revoke_calendar_link
from matchmaker.calendars.entries import DatedEntry
from matchmaker.calendars.queries import Entry, calendar_here, when
from matchmaker.clock import today
from matchmaker.committees.meeting_models import Meeting
from matchmaker.database import db
from matchmaker.organisations.models import Membership
from matchmaker.web.addresses import whole_url_for
from matchmaker.web.sign_in_state import acting, me
from matchmaker.web.together import together
from matchmaker.web.together.entries import coming_up, entries_of
from matchmaker.words.appointments import STATUSES, day_sheet, say_when
from matchmaker.words.calendar import summary
from matchmaker.words.language import language

FIRST_YEAR, LAST_YEAR = 2000, 2100
EVERYONE = "allen"


@together.get("/agenda")
def calendar() -> str:
    """The appointments of one month, or everything with a date of everyone here, with the months around it."""
    first, everyone = _month(), _of_everyone()
    found = _in_month(first, everyone=everyone)
    coming = None if found or everyone else _coming()
    return render_template(
        "together/calendar/calendar.html",
        month=format_date(first, "LLLL y"),
        whose=[_whose(gettext("Van mij"), first, False), _whose(gettext("Van ons allemaal"), first, True)],
        talks=[_row(each) for each in found],
        before=_link(_before(first)),
        after=_link(_next(first)),
        coming={**_row(coming), "month_url": _url(coming.day)} if coming else None,
        everyone=everyone,
        feed_url=_feed_url(everyone),
        subscribe=_feed_forms(everyone),
    )


@together.post("/agenda/abonnement")
def subscribe() -> Response:
    """A new address; an earlier one stops."""
    make_feed_link(me())
    db.session.commit()
    flash(gettext("Uw persoonlijke adres staat klaar."), "success")
    return redirect(url_for("together.calendar", _anchor="abonnement"))


@together.post("/agenda/abonnement/stop")
def unsubscribe() -> Response:
    """The address stops."""
    revoke_feed_link(me())
    db.session.commit()
    flash(gettext("Het adres werkt niet meer."), "success")
    return redirect(url_for("together.calendar", _anchor="abonnement"))


@together.post("/agenda/abonnement/allen")
def subscribe_organisation() -> Response:
    """A new address for the calendar of everyone here; an earlier one stops."""
    make_calendar_link(_acting(), by=me())
    db.session.commit()
    flash(gettext("Het adres staat klaar."), "success")
    return redirect(url_for("together.calendar", van=EVERYONE, _anchor="abonnement"))


@together.post("/agenda/abonnement/allen/stop")
def unsubscribe_organisation() -> Response:
    """That address stops."""
    revoke_calendar_link(_acting(), by=me())
    db.session.commit()
    flash(gettext("Het adres werkt niet meer."), "success")
    return redirect(url_for("together.calendar", van=EVERYONE, _anchor="abonnement"))


def _acting() -> Membership:
    membership = acting()
    assert membership is not None
    return membership


def _feed_url(everyone: bool) -> str:
    token = calendar_token(_acting()) if everyone else feed_token(me())
    feed = "feeds.organisation_feed" if everyone else "feeds.calendar_feed"
    return whole_url_for(feed, token=token) if token else ""


def _feed_forms(everyone: bool) -> dict[str, str]:
    """Where to make the address of this calendar, and where to stop it."""
    ending = "_organisation" if everyone else ""
    return {
        "make": url_for(f"together.subscribe{ending}"),
        "stop": url_for(f"together.unsubscribe{ending}"),
    }


def _in_month(first: date, *, everyone: bool) -> list[Entry]:
    """What stands in one month, in order of time: one's own, or all with a date that the reader may see here."""
    if everyone:
        return calendar_here(_acting(), since=first, until=_next(first))
    return sorted(entries_of(me(), since=first, until=_next(first)), key=when)


def _of_everyone() -> bool:
    return request.args.get("van") == EVERYONE


def _whose(label: str, first: date, everyone: bool) -> dict[str, object]:
    return {"label": label, "url": _url(first, everyone=everyone), "current": everyone is _of_everyone()}


def _coming() -> Entry | None:
    """The first that is still to come."""
    return min(coming_up(me()), key=when, default=None)


def _row(appointment: Entry) -> dict[str, str]:
    where = appointment.location or (gettext("online") if appointment.online_url else "")
    state = "" if appointment.status.value == "agreed" else str(STATUSES[appointment.status])
    return {
        **day_sheet(appointment),
        "title": _title(appointment),
        "note": ", ".join(part for part in (say_when(appointment), where, state) if part),
        "url": _page(appointment),
    }


def _title(entry: Entry) -> str:
    """A meeting with the name of its committee, a presentation as one: as it stands in every calendar."""
    if isinstance(entry, DatedEntry):
        return summary(entry)
    words = {} if isinstance(entry, Appointment) else entry.wording.get(language()) or {}
    return words.get("summary") or entry.title


def _page(entry: Entry) -> str:
    if isinstance(entry, DatedEntry):
        return f"{request.script_root}{entry.path}"
    if isinstance(entry, Meeting):
        return url_for("committees.show_meeting", meeting_id=entry.id)
    if isinstance(entry, CalendarEntry):
        return entry.path
    return url_for("together.show_match", match_id=entry.match_id)


def _month() -> date:
    """The month asked for as 2027-03; this month for anything else."""
    year, _, month = request.args.get("maand", "").partition("-")
    digits = all(part.isascii() and part.isdigit() and len(part) == n for part, n in ((year, 4), (month, 2)))
    if digits and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today().replace(day=1)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _before(first: date) -> date:
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def _url(day: date, *, everyone: bool = False) -> str:
    return url_for("together.calendar", maand=f"{day:%Y-%m}", van=EVERYONE if everyone else None)


def _link(first: date) -> dict[str, str]:
    return {"label": format_date(first, "LLLL y"), "url": _url(first, everyone=_of_everyone())}
