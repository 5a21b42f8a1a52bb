"""What a municipality keeps for all its placements: recognitions, and what must always be ready."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.organisations.models import Organisation
from matchmaker.placements import municipal as keeping
from matchmaker.web.guards import DESK, only
from matchmaker.web.sign_in_state import me, my_desk
from matchmaker.web.together.placements import placements
from matchmaker.web.together.placements.door import Answer
from matchmaker.web.together.placements.forms import RecognitionForm, StandardCheckForm


@placements.get("/gemeente")
@only(DESK)
def show_municipal() -> str:
    """Recognitions and standard checks of one of the desk's municipalities."""
    return _municipal(_municipality(), RecognitionForm(formdata=None), StandardCheckForm(formdata=None))


@placements.post("/gemeente/erkenning")
@only(DESK)
def keep_recognition() -> Answer:
    """A recognition, or a later end of one."""
    municipality, form = _municipality(), RecognitionForm()
    if form.validate_on_submit():
        try:
            keeping.keep_recognition(
                municipality,
                crebo=form.crebo.data or "",
                company_id=form.company_id.data or "",
                valid_until=form.valid_until.data,
                by=me(),
            )
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("De erkenning is bewaard."), "success")
            return _to(municipality)
    return _municipal(municipality, form, StandardCheckForm(formdata=None))


@placements.post("/gemeente/erkenning/<id:recognition_id>/weg")
@only(DESK)
def drop_recognition(recognition_id: int) -> Answer:
    """Not recognised any more."""
    municipality = _municipality()
    keeping.drop_recognition(municipality, recognition_id, by=me())
    db.session.commit()
    flash(gettext("De erkenning is weg."), "success")
    return _to(municipality)


@placements.post("/gemeente/punt")
@only(DESK)
def add_standard_check() -> Answer:
    """Every new placement gets this on its list."""
    municipality, form = _municipality(), StandardCheckForm()
    if form.validate_on_submit():
        try:
            keeping.add_standard_check(municipality, form.title.data or "", by=me())
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Elke nieuwe stage krijgt dit punt."), "success")
            return _to(municipality)
    return _municipal(municipality, RecognitionForm(formdata=None), form)


@placements.post("/gemeente/punt/<id:check_id>/weg")
@only(DESK)
def drop_standard_check(check_id: int) -> Answer:
    """New placements do not get it any more."""
    municipality = _municipality()
    keeping.drop_standard_check(municipality, check_id, by=me())
    db.session.commit()
    return _to(municipality)


def _municipality() -> Organisation:
    """The municipality in the address, else the first of the desk. Raises NotFound."""
    desk = my_desk()
    served = keeping.served_by(desk) if desk else []
    slug = request.args.get("gemeente", "")
    found = next((each for each in served if not slug or each.slug == slug), None)
    if found is None:
        raise NotFound("municipality")
    return found


def _municipal(municipality: Organisation, recognition: RecognitionForm, check: StandardCheckForm) -> str:
    desk = my_desk()
    return render_template(
        "together/placements/show_municipal.html",
        municipality=municipality,
        others=[each for each in keeping.served_by(desk) if each.id != municipality.id] if desk else [],
        recognitions=keeping.recognitions_of(municipality),
        checks=keeping.standard_checks(municipality),
        form=recognition,
        check_form=check,
    )


def _to(municipality: Organisation) -> Answer:
    return redirect(url_for("placements.show_municipal", gemeente=municipality.slug))
