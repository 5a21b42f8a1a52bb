"""How a placement ends, and what the student lets happen after it."""

from datetime import date, timedelta

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.placing import give_up
from matchmaker.applications.states import State as ApplicationState
from matchmaker.clock import today
from matchmaker.consents.actions import give, withdraw
from matchmaker.consents.models import Consent, Purpose
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.library.actions import show_work_of_student
from matchmaker.library.models import FinishedWork
from matchmaker.library.queries import may_be_shown, schools_of
from matchmaker.listings.actions import give_back_place
from matchmaker.matches.actions import complete
from matchmaker.matches.queries import match_by_id
from matchmaker.matches.states import State
from matchmaker.placements.actor import Actor
from matchmaker.placements.contacts import contacts_wanting
from matchmaker.placements.evaluating import is_revealed
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import EndReason, Placement
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import EvaluationMoment, FollowOn, Product
from matchmaker.placements.states import PlacementAction, PlacementState
from matchmaker.placements.step import check_step, log, step
from matchmaker.vocabulary import Party

MOST_YEARS_FOLLOWED = 3
LONGEST = 4000
_PARTIES = {
    PlacementSide.STUDENT: Party.STUDENT,
    PlacementSide.SCHOOL: Party.SCHOOL,
    PlacementSide.WORK: Party.MUNICIPALITY,
}
_AT_THE_END = frozenset({PlacementState.RUNNING, PlacementState.FINISHED})


def finish(placement: Placement, *, by: Actor) -> None:
    """It came to its end. Raises InvalidValue at `finish` before the final evaluation, or short of contact moments."""
    check_step(placement, PlacementAction.FINISH, by=by)
    if not is_revealed(placement, EvaluationMoment.FINAL):
        raise InvalidValue("finish", "evaluation_waits")
    if wanting := contacts_wanting(placement):
        raise InvalidValue("finish", "contacts_wanting", n=wanting)
    step(placement, PlacementAction.FINISH, by=by)
    match = match_by_id(placement.match_id) if placement.match_id else None
    if match is not None and match.state is State.AGREED:
        complete(match, by=by.account)
    tell_parts("placement_step", placement, frozenset(Part) - {by.part}, news="finished")


def call_off(placement: Placement, *, because: EndReason, note: str, by: Actor) -> None:
    """Stop before the start or early, with a reason from the list; another reason needs words.

    A place that a student took by applying is free again when nobody had started; one that a school agreed on stays its
    own, for another student. Who applied is free to look for another place, also after a start.
    """
    running = placement.state is PlacementState.RUNNING
    action = PlacementAction.STOP if running else PlacementAction.CANCEL
    check_step(placement, action, by=by)
    note = note.strip()
    if because is EndReason.OTHER and not note:
        raise InvalidValue("note", "required")
    if len(note) > LONGEST:
        raise InvalidValue("note", "text_too_long", n=LONGEST)
    step(placement, action, by=by, because=because.value)
    placement.ended_because, placement.ended_note = because, note
    db.session.flush()
    if placement.application_id is not None:
        _free_student(placement, by=by)
        if not running and placement.offer is not None:
            give_back_place(placement.offer)
    news = "stopped" if running else "cancelled"
    tell_parts("placement_step", placement, frozenset(Part) - {by.part}, news=news, because=because.value)


def _free_student(placement: Placement, *, by: Actor) -> None:
    """The student may apply again; of an application that was forgotten there is nobody to free."""
    application = db.session.get(Application, placement.application_id)
    if application is None or application.student_id is None:
        return
    if application.state is ApplicationState.ACCEPTED:
        give_up(application, by=by.account, as_party=_PARTIES[by.side])


def let_follow(placement: Placement, until: date, *, consents: bool, by: Actor, language: str = "nl") -> FollowOn:
    """The student stays in view of the municipality until a day they choose. `language`: in which they read the words
    they agree to. Raises InvalidValue."""
    if by.part is not Part.STUDENT:
        raise NotAllowed(action="let_follow", part=by.part.value)
    if placement.state not in _AT_THE_END:
        raise InvalidMove(state=placement.state.value, action="let_follow")
    if not consents:
        raise InvalidValue("consents", "consent_needed")
    if until <= today():
        raise InvalidValue("until", "past")
    if until > today() + timedelta(days=365 * MOST_YEARS_FOLLOWED):
        raise InvalidValue("until", "followed_too_long", n=MOST_YEARS_FOLLOWED)
    consent = _agreed(Purpose.FOLLOW, "consents", language, before=placement.follow_on, by=by)
    row = placement.follow_on or FollowOn(placement=placement)
    row.until, row.consent = until, consent
    db.session.add(row)
    log(placement, "let_follow", by=by, until=until.isoformat())
    return row


def stop_follow(placement: Placement, *, by: Actor) -> None:
    """The student takes it back; nobody follows them any more."""
    followed = placement.follow_on
    if by.part is not Part.STUDENT or followed is None or followed.consent is None:
        raise InvalidMove(state=placement.state.value, action="stop_follow")
    withdraw(followed.consent, by=by.account)
    log(placement, "stop_follow", by=by)


def describe_product(
    placement: Placement, *, title: str, summary: str, may_show: bool, by: Actor, language: str = "nl"
) -> Product:
    """What the student made and lets others find, without their name; what was shown before is no longer found until
    the desk shows this. Raises InvalidValue."""
    if by.part is not Part.STUDENT:
        raise NotAllowed(action="describe_product", part=by.part.value)
    if placement.state not in _AT_THE_END:
        raise InvalidMove(state=placement.state.value, action="describe_product")
    if not may_show:
        raise InvalidValue("may_show", "consent_needed")
    for name, value, most in (("title", title, 160), ("summary", summary, LONGEST)):
        if not value.strip():
            raise InvalidValue(name, "required")
        if len(value) > most:
            raise InvalidValue(name, "text_too_long", n=most)
    consent = _agreed(Purpose.PRODUCT, "may_show", language, before=placement.product, by=by)
    row = placement.product or Product(placement=placement)
    row.title, row.summary, row.shown_by_id, row.consent = title.strip(), summary.strip(), None, consent
    db.session.add(row)
    log(placement, "describe_product", by=by)
    tell_parts("placement_step", placement, {Part.OFFICER}, news="product")
    return row


def withdraw_product(placement: Placement, *, by: Actor) -> None:
    """The student takes it back; nobody finds it any more."""
    product = placement.product
    if by.part is not Part.STUDENT or product is None or product.consent is None:
        raise InvalidMove(state=placement.state.value, action="withdraw_product")
    withdraw(product.consent, by=by.account)
    product.shown_by_id = None
    log(placement, "withdraw_product", by=by)


def _agreed(purpose: Purpose, field: str, language: str, *, before: FollowOn | Product | None, by: Actor) -> Consent:
    """The consent of the student, with an account or from a link, instead of what was agreed to before."""
    address, earlier = by.person.address if by.person else "", before.consent if before else None
    return give(
        purpose, ticked=True, field=field, language=language, by=by.account, address=address, instead_of=earlier
    )


def may_show_product(placement: Placement, part: Part) -> bool:
    """Whether the desk can put the product in the library now."""
    product, offer = placement.product, placement.offer
    ready = product is not None and product.may_be_found and product.shown_by_id is None
    return part is Part.OFFICER and ready and offer is not None and may_be_shown(offer)


def show_product(placement: Placement, *, by: Actor, account: Account) -> FinishedWork:
    """The desk puts it in the library, as the student described it. Raises InvalidMove while the posting runs."""
    if by.side is not PlacementSide.WORK or not may_show_product(placement, by.part):
        raise InvalidMove(state=placement.state.value, action="show_product")
    product, here = placement.product, {each.id for each in schools_of(placement.offer)}
    work = show_work_of_student(
        placement.offer,
        title=product.title,
        summary=product.summary,
        school_id=placement.institution_id if placement.institution_id in here else None,
        consent=product.consent,
        by=account,
    )
    product.shown_by_id = account.id
    log(placement, "show_product", by=by)
    return work
