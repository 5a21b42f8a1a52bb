"""Where an application ends and a placement begins."""

from matchmaker.accounts.models import Account
from matchmaker.applications.letters import tell_municipality
from matchmaker.applications.making import new_application
from matchmaker.applications.models import Application
from matchmaker.applications.queries import running_on
from matchmaker.applications.readers import municipal_readers
from matchmaker.applications.states import Action, State
from matchmaker.applications.step import step
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove
from matchmaker.listings.actions import take_place
from matchmaker.listings.models import Listing
from matchmaker.students.models import StudentProfile
from matchmaker.vocabulary import Party


def place_by_lot(profile: StudentProfile, offer: Listing, *, round_name: str) -> Application:
    """A round gave this place: the desk lent it and the student wished it, so both have said yes.

    What the student had running on the same offer becomes it. Raises NoPlaceLeft.
    """
    application = running_on(offer, profile.account) or new_application(profile, offer, by_lot=True)
    take_place(offer)
    if application.sent_at is None:
        application.sent_at = now()
    step(application, Action.PLACE, by=None, as_party=Party.SYSTEM, round=round_name)
    tell_municipality("application_accepted", application, municipal_readers(application))
    return application


def give_up(application: Application, *, by: Account | None, as_party: Party) -> Application:
    """The placement that was made of it was called off: the student is free to wish and apply again.

    Raises InvalidMove when it was not accepted, or was called off already.
    """
    step(application, Action.CALL_OFF, by=by, as_party=as_party)
    return application


def begin_placement(application: Application, *, by: Account | None) -> Application:
    """Note that a placement is made of an accepted application: call it once, in the transaction that makes it.

    The place of the offer is taken already. Raises InvalidMove when it was not accepted, or has a placement.
    """
    if application.state is not State.ACCEPTED or application.placed_at is not None:
        raise InvalidMove(state=application.state.value, action="begin_placement")
    application.placed_at = now()
    db.session.flush()
    record("application.placed", about=application, by=by, organisation=application.institution)
    return application
