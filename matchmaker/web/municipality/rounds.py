"""Schools that give places by a round, and ask whether ours are among them."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Optional

from matchmaker.cohorts import actions
from matchmaker.cohorts.models import CohortPlace
from matchmaker.cohorts.queries import place_asked, places_asked
from matchmaker.cohorts.states import Answer
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import EditForm, WholeNumberField, at_most, options
from matchmaker.web.municipality import municipality
from matchmaker.web.sign_in_state import me
from matchmaker.words.cohorts import ANSWERS


class LendForm(EditForm):
    answer = RadioField(
        _l("Doet deze plek mee?"),
        [InputRequired(_l("Kies ja of nee."))],
        choices=options([("yes", _l("Ja")), ("no", _l("Nee"))]),
    )
    places = WholeNumberField(_l("Hoeveel plekken?"), [Optional()])
    note = StringField(_l("Wilt u er iets bij schrijven?"), [at_most(300)])


@municipality.get("/rondes")
def list_rounds() -> str:
    """What waits for an answer first."""
    rows = [{"place": each, "answer": ANSWERS[each.answer], "waits": each.answer is Answer.ASKED}
            for each in places_asked(giver())]  # fmt: skip
    return render_template("applicants/rounds/list.html", rows=rows)


@municipality.route("/rondes/<id:place_id>", methods=["GET", "POST"])
def answer_round(place_id: int) -> Response | str:
    """Yes with a number, or no; it can be changed until the places are given."""
    place = place_asked(place_id, giver())
    form = LendForm(data=_known(place))
    current = form.is_current_as({**_known(place), "version": place.version})
    if form.validate_on_submit() and current and _answered(form, place):
        flash(gettext("Dank u. De school ziet uw antwoord."), "success")
        db.session.commit()
        return redirect(url_for("municipality.list_rounds"))
    return render_template("applicants/rounds/answer.html", place=place, form=form)


def _answered(form: LendForm, place: CohortPlace) -> bool:
    """Whether the domain took the answer; else the form says what is wrong."""
    try:
        if form.answer.data == "yes":
            actions.lend(place, places=form.places.data or 0, by=me())
        else:
            actions.refuse(place, note=form.note.data or "", by=me())
    except InvalidValue as error:
        form.refuse(error)
        return False
    return True


def _known(place: CohortPlace) -> dict[str, object]:
    said = {Answer.LENT: "yes", Answer.REFUSED: "no"}.get(place.answer)
    return {"answer": said, "places": place.places or place.offer.places_left, "note": place.note}
