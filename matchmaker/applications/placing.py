"""Where an application ends and a placement begins."""

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove


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
