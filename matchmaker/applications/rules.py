"""May they? What one side can do with an application now."""

from matchmaker.applications.models import Application
from matchmaker.applications.states import AT_MUNICIPALITY, Action, State, allows
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import PLACE_KINDS, Refusal, Side

REFUSALS_OF_MUNICIPALITY = frozenset(
    {
        Refusal.NO_CAPACITY, Refusal.NO_SUPERVISOR, Refusal.NOT_OUR_WORK, Refusal.PERIOD, Refusal.LEVEL,
        Refusal.NO_RECOGNITION, Refusal.FOUND_ELSEWHERE, Refusal.OTHER,
    }
)  # fmt: skip
REFUSALS_OF_SCHOOL = frozenset({Refusal.PERIOD, Refusal.LEVEL, Refusal.NO_RECOGNITION, Refusal.OTHER})


def takes_students(listing: Listing) -> bool:
    """Whether a student can answer this posting alone: an open offer of places by an organisation."""
    return listing.side is Side.OFFER and listing.kind in PLACE_KINDS and listing.is_open


def may_invite(application: Application) -> bool:
    """A talk, unless the programme places without one."""
    return allows(application.state, Action.INVITE) and not application.without_talk


def may_offer(application: Application) -> bool:
    return allows(application.state, Action.OFFER)


def may_refuse_as_municipality(application: Application) -> bool:
    return application.state in AT_MUNICIPALITY


def may_decide_as_school(application: Application) -> bool:
    return application.state is State.AWAITING_SCHOOL


def may_withdraw(application: Application) -> bool:
    return allows(application.state, Action.WITHDRAW)
