"""What the page of a match shows of a lecture or visit beside its date."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from matchmaker.appointments.models import Appointment, AppointmentKind, AppointmentStatus
from matchmaker.appointments.spans import appointment_kind
from matchmaker.matches.models import Match
from matchmaker.sessions.actions import side_of
from matchmaker.sessions.models import Session
from matchmaker.sessions.queries import in_series_with, materials_of, session_for
from matchmaker.sessions.series import may_repeat
from matchmaker.vocabulary import Party, Role
from matchmaker.web.sign_in_state import has_role
from matchmaker.web.together.party import my_party
from matchmaker.words.appointments import say_when
from matchmaker.words.sessions import told_line


def lesson_of(match: Match, appointment: Appointment | None) -> dict[str, Any] | None:
    """Files, the other dates of the series and what came of it; None for a kind that has no moment."""
    if appointment_kind(match.kind) is not AppointmentKind.SESSION:
        return None
    session = session_for(match.id)
    goes_on = appointment is not None and appointment.status is not AppointmentStatus.CANCELLED
    return {
        "files": files_of(match, session),
        "series": [_in_series(each, date, here=match) for each, date in in_series_with(session)],
        "told": told_line(session),
        "may_add": goes_on,
        "may_repeat": my_party() is Party.SCHOOL and may_repeat(match),
        "has_begun": goes_on and appointment is not None and appointment.has_begun,
    }


def files_of(match: Match, session: Session | None) -> list[dict[str, object]]:
    """The materials, with which of them this side may take away."""
    return [
        {
            "id": each.id,
            "name": each.file.name,
            "url": url_for("together.download_material", match_id=match.id, material_id=each.id),
            "away_url": url_for("together.take_away_material", match_id=match.id, material_id=each.id),
            "mine": each.side is side_of(my_party()),
        }
        for each in materials_of(session)
    ]


def _in_series(match: Match, appointment: Appointment | None, *, here: Match) -> dict[str, object]:
    """One date of a series. A colleague has a part in some of them only, so there is no way to the others."""
    linked = match.id != here.id and not has_role(Role.COLLEAGUE)
    return {
        "when": say_when(appointment) if appointment else gettext("nog geen datum"),
        "here": match.id == here.id,
        "url": url_for("together.show_match", match_id=match.id) if linked else "",
    }
