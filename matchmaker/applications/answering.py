"""The school looks first where it wants to; the municipality answers."""

from matchmaker.accounts.models import Account
from matchmaker.applications.letters import tell_municipality, tell_school, tell_student
from matchmaker.applications.models import Application
from matchmaker.applications.readers import coordinators_of, municipal_readers
from matchmaker.applications.rules import REFUSALS_OF_MUNICIPALITY, REFUSALS_OF_SCHOOL, may_invite
from matchmaker.applications.states import Action, State
from matchmaker.applications.step import step
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.vocabulary import Party, Refusal


def approve(application: Application, *, note: str = "", by: Account) -> Application:
    """The school says yes: from now the municipality has it. Raises InvalidMove."""
    step(application, Action.APPROVE, by=by, as_party=Party.SCHOOL, note=note)
    application.sent_at = now()
    db.session.flush()
    tell_municipality("application_received", application, municipal_readers(application))
    tell_student("application_approved", application, note=note)
    return application


def invite(application: Application, *, note: str, by: Account) -> Application:
    """Ask the student for a first talk; what is proposed stands in the note. Raises InvalidMove, InvalidValue."""
    if not may_invite(application):
        raise InvalidMove(state=application.state.value, action=Action.INVITE.value)
    if not note.strip():
        raise InvalidValue("note", "required")
    step(application, Action.INVITE, by=by, as_party=Party.MUNICIPALITY, note=note)
    tell_student("application_invited", application, note=note)
    return application


def offer(application: Application, *, note: str = "", by: Account) -> Application:
    """Offer the student a place; it is taken when the student says yes. Raises InvalidMove."""
    if application.state in (State.SENT, State.TALK) and application.offer.places_left < 1:
        raise InvalidMove(state=application.state.value, action=Action.OFFER.value)
    step(application, Action.OFFER, by=by, as_party=Party.MUNICIPALITY, note=note)
    tell_student("application_offered", application, note=note)
    return application


def refuse(
    application: Application, *, refusal: Refusal | None, note: str = "", by: Account, as_party: Party
) -> Application:
    """Say no, always with a coded reason; `other` needs words as well. Raises InvalidMove, InvalidValue."""
    at_school = application.state is State.AWAITING_SCHOOL
    if at_school is not (as_party is Party.SCHOOL):
        raise InvalidMove(state=application.state.value, action=Action.REFUSE.value)
    fitting = REFUSALS_OF_SCHOOL if at_school else REFUSALS_OF_MUNICIPALITY
    if refusal is None or refusal not in fitting:
        raise InvalidValue("refusal", "required")
    if refusal is Refusal.OTHER and not note.strip():
        raise InvalidValue("note", "required")
    application.refusal, application.refusal_note = refusal, note
    step(application, Action.REFUSE, by=by, as_party=as_party, note=note, refusal=refusal.value)
    tell_student("application_refused", application, refusal=refusal.value, note=note, by_school=at_school)
    if not at_school:
        tell_school("application_refused_told", application, coordinators_of(application), refusal=refusal.value)
    return application
