"""Postings the desk looks at before they go online, and postings someone reported."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.actions import approve, decide_report, return_to_owner
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import awaiting_check, listing_in_check
from matchmaker.listings.reports import report_at_desk, reports_at_desk
from matchmaker.listings.values import InvalidListing
from matchmaker.matches.actions import propose_for
from matchmaker.web.desk import desk
from matchmaker.web.desk.staff import this_desk
from matchmaker.web.fields import EditForm, Form, at_most, options
from matchmaker.web.sign_in_state import me
from matchmaker.words.listings import all_facts


class ReturnForm(EditForm):
    because = TextAreaField(
        _l("Wat moet er anders?"), [InputRequired(_l("Schrijf op wat er anders moet.")), at_most(2000)]
    )


class DecideForm(Form):
    decision = RadioField(
        _l("Wat besluit u?"),
        [InputRequired(_l("Kies wat u besluit."))],
        choices=options([("keep", _l("Het bericht blijft staan")), ("remove", _l("Het bericht gaat van de site"))]),
    )
    reason = TextAreaField(_l("Waarom?"), [InputRequired(_l("Schrijf op waarom.")), at_most(2000)])


@desk.get("/controle")
def list_checks() -> str:
    """What waits for a look, oldest first."""
    here = this_desk()
    return render_template("desk/checks.html", listings=awaiting_check(here), reports=reports_at_desk(here))


@desk.route("/controle/<reference>", methods=["GET", "POST"])
def check_listing(reference: str) -> Response | str:
    """One posting: read it, approve it, or send it back with a reason."""
    listing, form = listing_in_check(reference, this_desk()), ReturnForm()
    current = form.is_current(listing, also=_text_of(listing))
    if form.validate_on_submit() and current:
        return_to_owner(listing, because=form.because.data or "", by=me())
        flash(gettext("Teruggestuurd. De eigenaar krijgt bericht."), "success")
        db.session.commit()
        return redirect(url_for("desk.list_checks"))
    return _check_page(listing, form)


@desk.post("/controle/<reference>/akkoord")
def approve_listing(reference: str) -> Response | str:
    """Put what was read online, and look for counterparts."""
    listing, form = listing_in_check(reference, this_desk()), ReturnForm()
    if not form.is_current(listing, also=_text_of(listing)):
        return _check_page(listing, form)
    try:
        approve(listing, by=me())
    except InvalidListing as error:
        form.form_errors.append(gettext("Dit bericht is nog niet compleet. Stuur het terug met een uitleg."))
        form.refuse(error)
        return _check_page(listing, form)
    propose_for(listing, by=me())
    flash(gettext("Het staat online. De eigenaar krijgt bericht."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_checks"))


@desk.get("/meldingen")
def list_reports() -> Response:
    """Reported postings stand beside the checks."""
    return redirect(url_for("desk.list_checks"))


@desk.route("/meldingen/<id:report_id>", methods=["GET", "POST"])
def decide(report_id: int) -> Response | str:
    """Keep a reported posting or take it offline, with a reason."""
    made, form = report_at_desk(report_id, this_desk()), DecideForm()
    if not form.validate_on_submit():
        return render_template("desk/report.html", form=form, report=made, facts=all_facts(made.listing))
    try:
        decide_report(made, decision=form.decision.data, reason=form.reason.data or "", by=me())
    except InvalidValue as error:
        form.refuse(error)
        return render_template("desk/report.html", form=form, report=made, facts=all_facts(made.listing))
    flash(gettext("Besloten. Wie het aangaat krijgt bericht."), "success")
    db.session.commit()
    return redirect(url_for("desk.list_checks"))


def _text_of(listing: Listing) -> list[tuple[str, str]]:
    return [(gettext("Titel"), listing.title), (gettext("Tekst"), listing.text)]


def _check_page(listing: Listing, form: ReturnForm) -> str:
    if not form.version.data:
        form.version.data = str(listing.version)
    return render_template("desk/check.html", listing=listing, form=form, facts=all_facts(listing))
