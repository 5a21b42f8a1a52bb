"""A coordinator's students: where each stands, what waits for a yes, and who is invited."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Programme
from matchmaker.placements.models import Placement
from matchmaker.placements.standing import Line, Standing, students_of
from matchmaker.students.inviting import MOST_AT_ONCE, NotInvited, invite_students, read_addresses
from matchmaker.students.queries import programmes_in_care
from matchmaker.web.addresses import here_with
from matchmaker.web.admin.listing import SIZE, asked_code, asked_text, giver, pages, window
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.guards import COORDINATOR, only
from matchmaker.web.school import school
from matchmaker.words.applications import STANDINGS
from matchmaker.words.errors import sentence_for

LONGEST_LIST = 60_000


class InviteStudentsForm(Form):
    programme = SelectField(_l("Voor welke opleiding?"), [InputRequired(_l("Kies een opleiding."))])
    addresses = TextAreaField(
        _l("E-mailadressen"), [InputRequired(_l("Vul ten minste één adres in.")), at_most(LONGEST_LIST)]
    )


@school.get("/studenten")
@only(COORDINATOR)
def list_students() -> str:
    """By name; what waits for a yes has a part of its own."""
    standing, programmes = asked_code("stand", Standing), programmes_in_care(giver())
    programme = next((each for each in programmes if str(each.id) == request.args.get("opleiding")), None)
    number = programme.id if programme else None
    found = students_of(giver(), standing=standing, programme_id=number, search=asked_text(), **window())
    return render_template(
        "school/students/list.html",
        rows=[_row(each) for each in found.lines],
        total=sum(found.counts.values()),
        waiting=found.counts[Standing.APPROVE],
        parts=_parts(found.counts, standing),
        pages=pages(found.total) if found.total > SIZE else None,
        programmes=programmes,
        programme=programme,
        search=asked_text(),
        filtered=bool(standing or programme or asked_text()),
    )


@school.route("/studenten/uitnodigen", methods=["GET", "POST"])
@only(COORDINATOR)
def invite_cohort() -> Response | str:
    """One address or a whole list; each gets a letter, and what went wrong is named by address."""
    programmes = {str(each.id): each for each in programmes_in_care(giver())}
    form = InviteStudentsForm()
    form.programme.choices = options(
        [("", _l("Kies een opleiding")), *((key, _name(each)) for key, each in programmes.items())]
    )
    left_out: list[NotInvited] = []
    if form.validate_on_submit():
        try:
            invited, left_out = invite_students(
                read_addresses(form.addresses.data), programmes[form.programme.data], by=giver()
            )
        except InvalidValue as error:
            form.refuse(error)
        else:
            return _invited(form, len(invited), left_out)
    return _invite_page(form, left_out)


def _invited(form: InviteStudentsForm, number: int, left_out: list[NotInvited]) -> Response | str:
    if number:
        flash(
            ngettext("%(num)d student krijgt nu een mail.", "%(num)d studenten krijgen nu een mail.", number), "success"
        )
    db.session.commit()
    if not left_out:
        return redirect(url_for("school.list_students", stand=Standing.INVITED.value))
    form.addresses.data = "\n".join(each.address for each in left_out)
    return _invite_page(form, left_out)


def _invite_page(form: InviteStudentsForm, left_out: list[NotInvited]) -> str:
    problems = [(each.address, sentence_for(each.problem)) for each in left_out]
    return render_template("school/students/invite.html", form=form, problems=problems, most=MOST_AT_ONCE)


def _row(line: Line) -> dict[str, object]:
    where, url = _led_by(line)
    return {
        "name": line.profile.account.display_name,
        "programme": line.profile.programme.name if line.profile.programme else "",
        "standing": STANDINGS[line.standing],
        "waits": line.standing is Standing.APPROVE,
        "where": where,
        "url": url,
        "late": bool(line.application and line.application.is_late),
    }


def _led_by(line: Line) -> tuple[str, str]:
    """What says where a student stands, in words, and its address: the placement of who is placed, else the
    application."""
    found = line.placement if line.standing is Standing.PLACED and line.placement else line.application
    if found is None:
        return "", ""
    if isinstance(found, Placement):
        title, url = found.title, url_for("placements.show_placement", placement_id=found.id)
    else:
        title, url = found.offer.title, url_for("school.show_application", application_id=found.id)
    return gettext("%(title)s, gemeente %(name)s", title=title, name=found.municipality.name), url


def _parts(counts: dict[Standing, int], chosen: Standing | None) -> list[dict[str, object]]:
    every = {"label": gettext("Alle studenten"), "count": sum(counts.values()), "current": chosen is None}
    return [
        {**every, "url": here_with(stand=None, pagina=None)},
        *(
            {
                "label": STANDINGS[each],
                "count": counts[each],
                "url": here_with(stand=each.value, pagina=None),
                "current": each is chosen,
            }
            for each in Standing
            if counts[each] or each is chosen
        ),
    ]


def _name(programme: Programme) -> str:
    return f"{programme.name} ({programme.faculty.name})"
