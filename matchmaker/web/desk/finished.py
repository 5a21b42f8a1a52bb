"""What came out of a posting: shown to others by consent, and taken back when that ends."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.consents.models import Purpose
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.joint.queries import posting_of_desk
from matchmaker.library.actions import hide, show
from matchmaker.library.models import FinishedWork
from matchmaker.library.queries import may_be_shown, schools_of, work_from
from matchmaker.listings.models import Listing
from matchmaker.web.desk import desk
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import TITLE_LENGTH, EditForm, at_most, options
from matchmaker.web.sign_in_state import me
from matchmaker.words.consents import asked_now
from matchmaker.words.language import language


class FinishedForm(EditForm):
    title = StringField(_l("Titel"), [InputRequired(_l("Geef het een titel.")), at_most(TITLE_LENGTH)])
    summary = TextAreaField(_l("Wat kwam eruit?"), [InputRequired(_l("Schrijf op wat eruit kwam.")), at_most(2000)])
    school_id = SelectField(_l("Met welke school?"))
    consents = BooleanField(asked_now(Purpose.FINISHED_WORK))

    def offer(self, listing: Listing) -> "FinishedForm":
        schools = [(str(each.id), each.name) for each in schools_of(listing)]
        self.school_id.choices = options([*schools, ("", _l("Noem geen school"))])
        return self


@desk.route("/gedaan/<reference>", methods=["GET", "POST"])
def show_finished(reference: str) -> Response | str:
    """Write down what came out; it is shown from the consent on."""
    listing = posting_of_desk(reference, this_desk())
    if not may_be_shown(listing):
        raise NotFound("listing")
    work = work_from(listing)
    form = FinishedForm(obj=work, title=listing.title).offer(listing)
    current = work is None or form.is_current(work)
    if form.validate_on_submit() and current and _show(form, listing):
        flash(gettext("Anderen vinden dit nu als zij hetzelfde vragen."), "success")
        db.session.commit()
        return redirect(url_for("desk.show_finished", reference=reference))
    return render_template("desk/finished.html", form=form, listing=listing, work=work)


@desk.post("/gedaan/<reference>/weg")
def hide_finished(reference: str) -> Response:
    hide(_work(reference), by=me())
    flash(gettext("Weggehaald. Niemand ziet het nog."), "success")
    db.session.commit()
    return redirect(url_for("desk.show_finished", reference=reference))


def _show(form: FinishedForm, listing: Listing) -> bool:
    try:
        show(
            listing,
            title=form.title.data,
            summary=form.summary.data,
            school_id=int(form.school_id.data) if form.school_id.data else None,
            consents=form.consents.data,
            by=me(),
            language=language(),
        )
    except InvalidValue as refused:
        form.refuse(refused)
        return False
    return True


def _work(reference: str) -> FinishedWork:
    found = work_from(posting_of_desk(reference, this_desk()))
    if found is None:
        raise NotFound("listing")
    return found
