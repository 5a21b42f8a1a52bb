"""How it ends: finished, called off, and what the student lets happen after it."""

from flask import flash
from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.documents.certificate import certificate
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements import actions
from matchmaker.placements.models import EndReason
from matchmaker.placements.parts import Part
from matchmaker.placements.rules import may
from matchmaker.placements.states import PlacementAction, PlacementState
from matchmaker.web.files import as_file
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.together.placements.forms import CallOffForm, FollowForm, ProductForm
from matchmaker.words.errors import sentence_for
from matchmaker.words.language import language


@both_doors("/afronden", methods=("POST",))
def finish(seat: Seat) -> Answer:
    """It came to its end."""
    try:
        actions.finish(seat.placement, by=seat.actor)
    except InvalidValue as error:
        flash(sentence_for(error), "warning")
        return seat.to()
    db.session.commit()
    flash(gettext("De stage is afgerond."), "success")
    return seat.to()


@both_doors("/stoppen", methods=("GET", "POST"))
def call_off(seat: Seat) -> Answer:
    """Stop before the start or early, with a reason."""
    placement, form = seat.placement, CallOffForm()
    running = placement.state is PlacementState.RUNNING
    if not may(seat.actor.part, placement, PlacementAction.STOP if running else PlacementAction.CANCEL):
        raise InvalidMove(state=placement.state.value, action="call_off")
    if form.validate_on_submit():
        try:
            because = EndReason(form.because.data)
            actions.call_off(placement, because=because, note=form.note.data or "", by=seat.actor)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Dit is gestopt. De anderen krijgen bericht."), "success")
            return seat.to()
    return page("together/placements/call_off.html", seat, form=form, running=running)


@both_doors("/daarna")
def show_after(seat: Seat) -> Answer:
    """What the student wants after it: stay in view, show the work."""
    return _after(seat, FollowForm(formdata=None), _product_form(seat))


@both_doors("/daarna/volgen", methods=("POST",))
def follow(seat: Seat) -> Answer:
    """Stay in view until a day."""
    form = FollowForm()
    if form.validate_on_submit():
        try:
            actions.let_follow(
                seat.placement, form.until.data, consents=form.consents.data, by=seat.actor, language=language()
            )
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Genoteerd. Je kunt dit altijd weer intrekken."), "success")
            return seat.to("show_after")
    return _after(seat, form, _product_form(seat))


@both_doors("/daarna/niet-volgen", methods=("POST",))
def unfollow(seat: Seat) -> Answer:
    """Take it back."""
    actions.stop_follow(seat.placement, by=seat.actor)
    db.session.commit()
    flash(gettext("Je bent niet meer in beeld."), "success")
    return seat.to("show_after")


@both_doors("/daarna/werk", methods=("POST",))
def describe_product(seat: Seat) -> Answer:
    """Say what was made, for others to find."""
    form = ProductForm()
    if form.validate_on_submit():
        try:
            actions.describe_product(
                seat.placement,
                title=form.title.data or "",
                summary=form.summary.data or "",
                may_show=form.may_show.data,
                by=seat.actor,
                language=language(),
            )
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("De gemeente kan het nu in de bibliotheek zetten."), "success")
            return seat.to("show_after")
    return _after(seat, FollowForm(formdata=None), form)


@both_doors("/daarna/werk-weg", methods=("POST",))
def withdraw_product(seat: Seat) -> Answer:
    """Take it back."""
    actions.withdraw_product(seat.placement, by=seat.actor)
    db.session.commit()
    flash(gettext("Ingetrokken. Niemand vindt je werk meer."), "success")
    return seat.to("show_after")


@both_doors("/daarna/tonen", methods=("POST",))
def show_product(seat: Seat) -> Answer:
    """The desk puts it in the library."""
    if seat.actor.account is None:
        raise NotAllowed(action="show_product", part=seat.actor.part.value)
    actions.show_product(seat.placement, by=seat.actor, account=seat.actor.account)
    db.session.commit()
    flash(gettext("Het werk staat in de bibliotheek."), "success")
    return seat.to()


@both_doors("/bewijs.pdf")
def download_certificate(seat: Seat) -> Answer:
    """The certificate of a placement that was completed, in the language of the page."""
    return as_file(certificate(seat.placement, language=language()), f"bewijs-stage-{seat.placement.id}", "pdf")


def _product_form(seat: Seat) -> ProductForm:
    return ProductForm(formdata=None, obj=seat.placement.product)


def _after(seat: Seat, follow_form: FollowForm, product_form: ProductForm) -> str:
    if seat.actor.part is not Part.STUDENT:
        raise NotAllowed(action="after", part=seat.actor.part.value)
    if seat.placement.state not in {PlacementState.RUNNING, PlacementState.FINISHED}:
        raise InvalidMove(state=seat.placement.state.value, action="after")
    followed, product = seat.placement.follow_on, seat.placement.product
    return page(
        "together/placements/show_after.html",
        seat,
        follow_form=follow_form,
        product_form=product_form,
        followed=followed if followed is not None and followed.stands_on(today()) else None,
        product=product if product is not None and product.may_be_found else None,
    )
