"""A round for one's programme: say what one wants, see what came of it, and check it."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import Optional

from matchmaker.applications.finding import which_fit
from matchmaker.cohorts import actions
from matchmaker.cohorts.actions import MOST_WISHES
from matchmaker.cohorts.models import CohortRound, CohortStudent
from matchmaker.cohorts.queries import is_placed, participant, round_of_student
from matchmaker.cohorts.states import Answer, State
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.models import Listing
from matchmaker.students.models import StudentProfile
from matchmaker.web.fields import EditForm, options
from matchmaker.web.public.cards import address_of, organisation_name
from matchmaker.web.school.rounds import certificate_answer
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.own import my_profile
from matchmaker.words.cohorts import standing


class WishForm(EditForm):
    """Ten wishes, the first wanted most; what is left empty in between closes up."""

    wishes = SelectField(_l("Je keuze"), validate_choice=False, validators=[Optional()])

    def fit(self, choices: list[tuple[str, str]], chosen: list[str]) -> None:
        self.wishes.choices = options([("", gettext("Kies een plek")), *choices])
        self.chosen = chosen

    chosen: list[str] = []


@student.route("/rondes/<id:round_id>", methods=["GET", "POST"])
def show_round(round_id: int) -> Response | str:
    profile = my_profile()
    cohort = round_of_student(round_id, profile, lock=request.method == "POST")
    mine, lent = participant(cohort, me()), _lent(cohort, profile)
    form = WishForm()
    form.fit([(key, _name(each)) for key, each in lent.items()], _chosen(mine))
    current = form.is_current_as({"wishes": [str(each.offer_id) for each in mine.wishes] if mine else []})
    if not (form.validate_on_submit() and current):
        return _page(cohort, form, mine, lent)
    try:
        actions.wish(cohort, profile, [lent[each] for each in form.chosen if each in lent])
    except InvalidValue as error:
        form.refuse(error)
        return _page(cohort, form, mine, lent)
    flash(gettext("Bewaard. Je kunt je keuze nog veranderen tot en met de laatste dag."), "success")
    db.session.commit()
    return redirect(url_for("student.show_round", round_id=cohort.id))


@student.get("/rondes/<id:round_id>/bewijs.json")
def download_certificate(round_id: int) -> FlaskResponse:
    """Everyone's wishes and places under references, to check that it was fair."""
    return certificate_answer(round_of_student(round_id, my_profile()))


def _page(cohort: CohortRound, form: WishForm, mine: CohortStudent | None, lent: dict[str, Listing]) -> str:
    placed = is_placed(me().id, cohort.kind)
    return render_template(
        "student/round.html",
        round=cohort,
        form=form,
        standing=standing(cohort),
        mine=mine,
        lent=[(_name(each), address_of(each)) for each in lent.values()],
        most=min(MOST_WISHES, len(lent)),
        may_wish=cohort.takes_wishes and not placed,
        placed=placed,
        published=cohort.state is State.PUBLISHED,
    )


def _chosen(mine: CohortStudent | None) -> list[str]:
    """What was sent now, else what was wished before; the lines that are filled in, in order."""
    if request.method == "POST":
        return [each for each in request.form.getlist("wishes") if each.isascii() and each.isdigit()][:MOST_WISHES]
    return [str(each.offer_id) for each in mine.wishes] if mine else []


def _lent(cohort: CohortRound, profile: StudentProfile) -> dict[str, Listing]:
    """The lent places that meet what is hard: level, language, and how far this student goes."""
    offers = {each.offer_id: each.offer for each in cohort.places if each.answer is Answer.LENT}
    fitting = which_fit(profile, cohort.kind, offers)
    return {str(number): offer for number, offer in offers.items() if number in fitting}


def _name(offer: Listing) -> str:
    return f"{offer.title}, {organisation_name(offer.organisation)}"
