"""The student: apply, accept, decline, withdraw."""

from collections.abc import Sequence

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.applications.filling import fill_others, lock_offer
from matchmaker.applications.letters import tell_municipality, tell_school, tell_student
from matchmaker.applications.models import Application, ApplicationFile
from matchmaker.applications.readers import coordinators_of, municipal_readers
from matchmaker.applications.rules import takes_students
from matchmaker.applications.states import Action, State
from matchmaker.applications.step import step
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NoPlaceLeft
from matchmaker.files.uploads import Upload, keep_upload
from matchmaker.listings.actions import take_place
from matchmaker.listings.models import Listing
from matchmaker.students.models import ProgrammeRules, StudentProfile
from matchmaker.students.queries import rules_of
from matchmaker.vocabulary import Party

MOST_RUNNING = 10
"""Who answers everything gives nobody a real chance."""

SHORTEST_MOTIVATION = 40
LONGEST_MOTIVATION = 3000


def apply(
    profile: StudentProfile,
    offer: Listing,
    *,
    motivation: str,
    share_needs: bool = False,
    files: Sequence[Upload] = (),
) -> Application:
    """Answer an offer: before the school first when the programme wants that, else at the municipality.

    Period and hours come from the profile; needs at the workplace only when the student shares them here. Raises
    InvalidMove for an offer that is not open, InvalidValue at `profile`, `offer`, `motivation` or `files`.
    """
    if not takes_students(offer):
        raise InvalidMove(reference=offer.reference)
    if not profile.is_complete:
        raise InvalidValue("profile", "profile_first")
    motivation = motivation.strip()
    if len(motivation) < SHORTEST_MOTIVATION:
        raise InvalidValue("motivation", "text_too_short", n=SHORTEST_MOTIVATION)
    if files and _rules(profile).no_cv:
        raise InvalidValue("files", "no_cv_here")
    _check_running(profile.account, offer)
    application = _new(profile, offer, motivation=motivation[:LONGEST_MOTIVATION], share_needs=share_needs)
    application.files = [
        ApplicationFile(file=keep_upload(each, organisation_id=None, by=profile.account)) for each in files
    ]
    step(application, Action.APPLY, by=profile.account, as_party=Party.STUDENT)
    if application.state is State.AWAITING_SCHOOL:
        tell_school("application_to_approve", application, coordinators_of(application))
    else:
        tell_municipality("application_received", application, municipal_readers(application))
    return application


def accept(application: Application, *, by: Account) -> Application:
    """Take the place that was offered; the others who waited for it hear when it was the last.

    Of two who take the last place one wins. For the other it ends here as `filled`: the answer says so, the letter
    names what else fits. Raises InvalidMove.
    """
    lock_offer(application)
    if application.state is State.FILLED:
        return application
    if application.state is not State.OFFERED:
        raise InvalidMove(state=application.state.value, action=Action.ACCEPT.value)
    try:
        take_place(application.offer)
    except NoPlaceLeft:
        step(application, Action.FILL, by=None, as_party=Party.SYSTEM)
        tell_student("application_filled", application)
        return application
    step(application, Action.ACCEPT, by=by, as_party=Party.STUDENT)
    tell_municipality("application_accepted", application, municipal_readers(application))
    tell_school("application_accepted", application, coordinators_of(application))
    fill_others(application.offer)
    return application


def decline(application: Application, *, note: str = "", by: Account) -> Application:
    """No, thank you. Raises InvalidMove."""
    step(application, Action.DECLINE, by=by, as_party=Party.STUDENT, note=note)
    tell_municipality("application_withdrawn", application, municipal_readers(application), note=note)
    return application


def withdraw(application: Application, *, note: str = "", by: Account) -> Application:
    """Take it back. Raises InvalidMove. Who had not heard of it yet does not hear of this either."""
    at_school = application.state is State.AWAITING_SCHOOL
    step(application, Action.WITHDRAW, by=by, as_party=Party.STUDENT, note=note)
    if not at_school:
        tell_municipality("application_withdrawn", application, municipal_readers(application), note=note)
    return application


def _check_running(student: Account, offer: Listing) -> None:
    own = db.session.execute(
        select(Application.offer_id).where(Application.student_id == student.id, Application.ended_at.is_(None))
    )
    running = [number for (number,) in own]
    if offer.id in running:
        raise InvalidValue("offer", "already_applied")
    if len(running) >= MOST_RUNNING:
        raise InvalidValue("offer", "too_many_running", n=MOST_RUNNING)


def _rules(profile: StudentProfile) -> ProgrammeRules:
    assert profile.programme is not None
    return rules_of(profile.programme)


def _new(profile: StudentProfile, offer: Listing, *, motivation: str, share_needs: bool) -> Application:
    assert profile.programme is not None and profile.level is not None and offer.organisation is not None
    rules, desk, first = _rules(profile), offer.organisation.desk, State.SENT
    if rules.school_approves:
        first = State.AWAITING_SCHOOL
    application = Application(
        offer=offer,
        student=profile.account,
        programme=profile.programme,
        institution=profile.institution,
        municipality=offer.organisation,
        state=first,
        level=profile.level,
        motivation=motivation,
        workplace_needs=profile.workplace_needs if share_needs else "",
        starts_on=profile.starts_on,
        ends_on=profile.ends_on,
        hours_min=profile.hours_min,
        hours_max=profile.hours_max,
        blind=rules.blind_until_talk or bool(desk and desk.blind_until_talk),
        without_talk=rules.no_talk,
        sent_at=now() if first is State.SENT else None,
    )
    db.session.add(application)
    return application
