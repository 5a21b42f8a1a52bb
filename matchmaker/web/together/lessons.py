"""A lecture or visit beside its date: files, more dates, and how it went."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from matchmaker.appointments.models import Appointment, AppointmentStatus
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.matches.models import Match
from matchmaker.sessions.actions import add_materials, remove_material
from matchmaker.sessions.models import Session
from matchmaker.sessions.queries import figures, material_in, session_for, sessions_page
from matchmaker.sessions.series import MOST_REPEATS, may_repeat, repeat
from matchmaker.vocabulary import Party
from matchmaker.web.guards import SCHOOL, only
from matchmaker.web.sign_in_state import acting, me
from matchmaker.web.together import together
from matchmaker.web.together.dates import spans_of, usual_moments
from matchmaker.web.together.lesson_cards import files_of
from matchmaker.web.together.lesson_forms import MaterialsForm
from matchmaker.web.together.looking_back import look_back_form, look_back_page, told
from matchmaker.web.together.party import my_match, my_party
from matchmaker.web.uploads import as_download
from matchmaker.words.appointments import say_when
from matchmaker.words.sessions import told_line

PAGE_SIZE = 25
LAST_PAGE = 10_000


@together.get("/lessen")
def list_lessons() -> str:
    """Every lecture and visit of one's own, latest first, with what came of them this year."""
    membership, page = acting(), _page()
    assert membership is not None
    rows, total = sessions_page(membership, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    day = today()
    return render_template(
        "together/lessons/list_lessons.html",
        rows=[_row(*each) for each in rows],
        total=total,
        year=day.year,
        figures=figures(membership, first=day.replace(month=1, day=1), last=day),
        previous_url=url_for("together.list_lessons", pagina=page - 1) if page > 1 else "",
        next_url=url_for("together.list_lessons", pagina=page + 1) if page * PAGE_SIZE < total else "",
    )


@together.route("/<id:match_id>/na-afloop", methods=["GET", "POST"])
def look_back(match_id: int) -> Response | str:
    """Did it take place, how many came, and two questions."""
    match = my_match(match_id, lock=request.method == "POST")
    form = look_back_form(match, my_party())
    if not form.validate_on_submit() or not told(match, form, by=me(), party=my_party()):
        return look_back_page(match, form, party=my_party())
    db.session.commit()
    flash(gettext("Dank u. Het staat erbij."), "success")
    return redirect(url_for("together.look_back", match_id=match.id))


@together.route("/<id:match_id>/materiaal", methods=["GET", "POST"])
def edit_materials(match_id: int) -> Response | str:
    """The files that go with a lecture: both sides add, each takes away its own."""
    match, form = my_match(match_id, lock=request.method == "POST"), MaterialsForm()
    if form.validate_on_submit():
        try:
            add_materials(match, form.files.checked(), by=me(), as_party=my_party())
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(gettext("Het staat erbij. De ander ziet het op deze pagina."), "success")
            return redirect(url_for("together.edit_materials", match_id=match.id))
    return render_template(
        "together/lessons/edit_materials.html", match=match, form=form, files=files_of(match, session_for(match.id)),
        back_url=url_for("together.show_match", match_id=match.id),
    )  # fmt: skip


@together.get("/<id:match_id>/materiaal/<id:material_id>")
def download_material(match_id: int, material_id: int) -> Response:
    return as_download(material_in(session_for(my_match(match_id).id), material_id).file)


@together.post("/<id:match_id>/materiaal/<id:material_id>/weg")
def take_away_material(match_id: int, material_id: int) -> Response:
    match = my_match(match_id)
    remove_material(material_in(session_for(match.id), material_id), by=me(), as_party=my_party())
    db.session.commit()
    flash(gettext("Het bestand is weggehaald."), "success")
    return redirect(url_for("together.edit_materials", match_id=match.id))


@together.route("/<id:match_id>/herhaal", methods=["GET", "POST"])
@only(SCHOOL)
def repeat_lesson(match_id: int) -> Response | str:
    """Ask for the same on more dates: a question of its own for each."""
    match = my_match(match_id, lock=request.method == "POST")
    if not may_repeat(match):
        raise InvalidMove(state=match.state.value, action="repeat")
    form = usual_moments(match)
    if form.validate_on_submit() and (spans := spans_of(form)):
        try:
            asked = repeat(match, spans, note=form.note.data or "", by=me())
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            flash(_asked(len(asked)), "success")
            return redirect(url_for("together.show_match", match_id=match.id, _anchor="reeks"))
    return render_template("together/lessons/repeat.html", match=match, form=form, most=MOST_REPEATS)


def _asked(number: int) -> str:
    return ngettext("%(num)d datum ligt nu bij het loket.", "%(num)d datums liggen nu bij het loket.", number)


def _row(match: Match, appointment: Appointment, session: Session | None) -> dict[str, str]:
    return {
        "title": match.need.title,
        "when": say_when(appointment),
        "who": match.municipality.name if my_party() is Party.SCHOOL or not match.school else match.school.name,
        "told": told_line(session) or _untold(appointment),
        "url": url_for("together.look_back", match_id=match.id),
    }


def _untold(appointment: Appointment) -> str:
    if appointment.status is AppointmentStatus.CANCELLED:
        return gettext("Afgezegd.")
    return gettext("Nog niet verteld.") if appointment.has_begun else gettext("Moet nog komen.")


def _page() -> int:
    typed = request.args.get("pagina", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 1
    return min(max(number, 1), LAST_PAGE)
