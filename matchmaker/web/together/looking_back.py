"""What the page after a lecture shows, whichever door someone comes in by."""

from flask import render_template, url_for

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import AppointmentKind, AppointmentStatus
from matchmaker.appointments.queries import appointment_of
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.matches.models import Match
from matchmaker.sessions.actions import look_back, side_of
from matchmaker.sessions.models import Session
from matchmaker.sessions.queries import materials_of, session_for
from matchmaker.sessions.rules import is_untold, may_look_back
from matchmaker.vocabulary import SIDES_OF_THE_DESK, Party
from matchmaker.web.together.lesson_forms import LookBackForm
from matchmaker.words.appointments import say_when
from matchmaker.words.sessions import told_line, view_lines


def look_back_form(match: Match, party: Party) -> LookBackForm:
    """The questions for this reader."""
    return LookBackForm().for_reader(side_of(party), session_for(match.id))


def told(match: Match, form: LookBackForm, *, by: Account | None, party: Party) -> bool:
    """Whether it could be taken. What could not stands beside its field, and what a colleague said above them."""
    if form.overtaken:
        return False
    try:
        look_back(match, form.report, by=by, as_party=party)
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True


def look_back_page(match: Match, form: LookBackForm, *, party: Party, token: str = "") -> str:
    """Whether it took place, what both said as far as it can be read, and the form while there is something to say."""
    appointment, session = appointment_of(match.id), session_for(match.id)
    if appointment is None or appointment.kind is not AppointmentKind.SESSION:
        raise NotFound("session")
    side = side_of(party)
    return render_template(
        "together/lessons/look_back.html",
        match=match,
        form=form if may_look_back(session, appointment) else None,
        appointment=appointment,
        cancelled=appointment.status is AppointmentStatus.CANCELLED,
        when=say_when(appointment),
        told="" if is_untold(session, appointment) else told_line(session),
        why_not_note=session.why_not_note if session else "",
        mine=_lines(session, side),
        theirs=_lines(session, _other(side)) if session and session.shows_all else [],
        waits=bool(session and session.view_of(side) and not session.shows_all),
        may_change=bool(session and session.view_of(side)),
        materials=[
            {"name": each.file.name, "url": _material_url(match, each.id, token)} for each in materials_of(session)
        ],
        back_url="" if token else url_for("together.show_match", match_id=match.id),
    )


def _lines(session: Session | None, side: Party) -> list[tuple[str, str]]:
    view = session.view_of(side) if session else None
    return view_lines(view) if view else []


def _other(side: Party) -> Party:
    return next(each for each in SIDES_OF_THE_DESK if each is not side)


def _material_url(match: Match, material_id: int, token: str) -> str:
    if token:
        return url_for("session_links.download_material", token=token, material_id=material_id)
    return url_for("together.download_material", match_id=match.id, material_id=material_id)
