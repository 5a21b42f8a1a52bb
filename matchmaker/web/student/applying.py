"""Answering an offer."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.applications import actions
from matchmaker.applications.applying import LONGEST_MOTIVATION
from matchmaker.applications.finding import why_it_fits
from matchmaker.applications.models import Application
from matchmaker.applications.queries import running_on
from matchmaker.applications.rules import takes_students
from matchmaker.applications.states import State
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.listings.models import Listing
from matchmaker.listings.queries import public_listing
from matchmaker.students.models import StudentProfile
from matchmaker.students.queries import rules_of
from matchmaker.vocabulary import PLACE_KINDS, Side
from matchmaker.web.fields import Form, at_most
from matchmaker.web.public.cards import address_of, organisation_name
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.own import my_profile
from matchmaker.web.uploads import UploadsField
from matchmaker.words.student_reasons import in_short


class ApplyForm(Form):
    motivation = TextAreaField(
        _l("Waarom wil je deze plek?"),
        [InputRequired(_l("Schrijf waarom je deze plek wilt.")), at_most(LONGEST_MOTIVATION)],
    )
    files = UploadsField(_l("Wil je bestanden meesturen?"))
    share_needs = BooleanField(_l("Deel met de gemeente wat ik nodig heb op de werkplek"))

    def fit(self, profile: StudentProfile) -> None:
        """Keep the fields this student can fill in."""
        assert profile.programme is not None
        if not profile.workplace_needs:
            del self.share_needs
        if rules_of(profile.programme).no_cv:
            del self.files


@student.route("/plek/<reference>/reageren", methods=["GET", "POST"])
def apply(reference: str) -> Response | str:
    """What is sent stands on the page: nothing else of the profile is."""
    profile, offer = my_profile(), _offer(reference)
    running = running_on(offer, me())
    if running is not None:
        return redirect(url_for("student.show_application", application_id=running.id))
    if not takes_students(offer):
        return redirect(address_of(offer))
    form = ApplyForm()
    form.fit(profile)
    made = _applied(form, profile, offer) if form.validate_on_submit() else None
    if made is None:
        return _page(form, profile, offer)
    flash(_said(made), "success")
    db.session.commit()
    return redirect(url_for("student.show_application", application_id=made.id))


def _applied(form: ApplyForm, profile: StudentProfile, offer: Listing) -> Application | None:
    """The application; None when the domain refuses it, which the form then says."""
    shares = bool(form.share_needs and form.share_needs.data)
    try:
        files = form.files.checked() if form.files else []
        return actions.apply(profile, offer, motivation=form.motivation.data, share_needs=shares, files=files)
    except InvalidValue as error:
        form.refuse(error)
        return None


def _page(form: ApplyForm, profile: StudentProfile, offer: Listing) -> str:
    fits = why_it_fits(profile, offer)
    assert profile.programme is not None
    return render_template(
        "student/apply.html",
        form=form,
        profile=profile,
        offer=offer,
        url=address_of(offer),
        organisation=organisation_name(offer.organisation),
        reasons=in_short(fits, offer.kind) if fits else [],
        fits=fits is not None,
        rules=rules_of(profile.programme),
        blind=bool(offer.organisation and offer.organisation.desk and offer.organisation.desk.blind_until_talk),
        longest=LONGEST_MOTIVATION,
    )


def _offer(reference: str) -> Listing:
    offer = public_listing(reference.upper()[:12])
    if offer.side is not Side.OFFER or offer.kind not in PLACE_KINDS:
        raise NotFound("listing")
    return offer


def _said(application: Application) -> str:
    if application.state is State.AWAITING_SCHOOL:
        return gettext("Je reactie ligt nu bij je school. Na een ja gaat hij naar de gemeente.")
    return gettext("Je reactie is verstuurd. De gemeente antwoordt je hier en per mail.")
