"""The files of a lecture from a link: who asked without an account, and the speaker, look at them and add their own."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import Appointment, AppointmentKind, AppointmentStatus
from matchmaker.appointments.queries import appointment_of, attendee_by_id
from matchmaker.database import db
from matchmaker.errors import InvalidValue, LinkUnusable, NotFound
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.matches.models import Match
from matchmaker.matches.queries import match_by_id
from matchmaker.sessions.actions import add_materials, remove_material, side_of
from matchmaker.sessions.queries import material_in, materials_of, session_for
from matchmaker.vocabulary import Party
from matchmaker.web.together.lesson_forms import MaterialsForm
from matchmaker.web.together.lesson_links import session_links
from matchmaker.web.uploads import as_download

ASKER, SPEAKER = "vraag", "afspraak"
_PAGES = "/<any(vraag, afspraak):door>/<token>/materiaal"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever holds a link: the match, the side, and the account if there is one."""

    match: Match
    party: Party
    account: Account | None


@session_links.route(_PAGES, methods=["GET", "POST"])
def edit_materials(door: str, token: str) -> Response | str:
    """Both sides add, each takes away its own."""
    holder, form = _holder(door, token), MaterialsForm()
    if form.validate_on_submit():
        try:
            add_materials(holder.match, form.files.checked(), by=holder.account, as_party=holder.party)
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(gettext("Het staat erbij. De ander ziet het op deze pagina."), "success")
            return _to(door, token)
    return render_template(
        "together/lessons/edit_materials.html", match=holder.match, form=form, files=_files(holder, door, token),
        back_url=_back(door, token),
    )  # fmt: skip


@session_links.get(f"{_PAGES}/<id:material_id>")
def download_before(door: str, token: str, material_id: int) -> Response:
    """One of the files, before the lecture."""
    return as_download(material_in(session_for(_holder(door, token).match.id), material_id).file)


@session_links.post(f"{_PAGES}/<id:material_id>/weg")
def take_away_material(door: str, token: str, material_id: int) -> Response:
    holder = _holder(door, token)
    material = material_in(session_for(holder.match.id), material_id)
    remove_material(material, by=holder.account, as_party=holder.party)
    db.session.commit()
    flash(gettext("Het bestand is weggehaald."), "success")
    return _to(door, token)


def materials_url(door: str, token: str, appointment: Appointment | None) -> str:
    """Where the files of an agreed lecture are for who holds this link; empty when there is nothing to add to."""
    if appointment is None or appointment.kind is not AppointmentKind.SESSION:
        return ""
    if appointment.status is AppointmentStatus.CANCELLED:
        return ""
    return url_for("session_links.edit_materials", door=door, token=token)


def _holder(door: str, token: str) -> Holder:
    """Whose link this is. Raises LinkUnusable, and NotFound while no lecture was agreed or for who only stands by."""
    held = request.method == "POST"
    if door == ASKER:
        match = match_by_id(find_link(token, Purpose.FOLLOW_REQUEST).subject_id, lock=held)
        holder = Holder(match, Party.VISITOR, None)
    else:
        attendee = attendee_by_id(find_link(token, Purpose.CONFIRM_APPOINTMENT).subject_id)
        if attendee is None or (attendee.account is not None and not attendee.account.is_active):
            raise LinkUnusable("revoked")
        if attendee.standby:
            raise NotFound("materials")
        match = match_by_id(attendee.appointment.match_id, lock=held)
        holder = Holder(match, Party(attendee.party), attendee.account)
    if not materials_url(door, token, appointment_of(match.id)):
        raise NotFound("materials")
    return holder


def _files(holder: Holder, door: str, token: str) -> list[dict[str, object]]:
    here = {"door": door, "token": token}
    return [
        {
            "name": each.file.name,
            "url": url_for("session_links.download_before", material_id=each.id, **here),
            "away_url": url_for("session_links.take_away_material", material_id=each.id, **here),
            "mine": each.side is side_of(holder.party),
        }
        for each in materials_of(session_for(holder.match.id))
    ]


def _back(door: str, token: str) -> str:
    endpoint = "public.show_request" if door == ASKER else "appointment_links.show_appointment"
    return url_for(endpoint, token=token)


def _to(door: str, token: str) -> Response:
    return redirect(url_for("session_links.edit_materials", door=door, token=token))
