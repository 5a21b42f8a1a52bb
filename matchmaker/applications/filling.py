"""When the last place is given: everyone else who waited for it hears at once."""

from datetime import datetime

from sqlalchemy import select

from matchmaker.applications.letters import tell_student
from matchmaker.applications.models import Application
from matchmaker.applications.states import RUNNING, Action
from matchmaker.applications.step import step
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import Party


def lock_offer(application: Application) -> None:
    """Wait for whoever takes a place of this offer, and see the application as it is after that.

    The row of the offer comes first and that of the application after it, always: two who accept cannot each hold what
    the other waits for.
    """
    db.session.flush()
    db.session.execute(select(Listing.id).where(Listing.id == application.offer_id).with_for_update())
    db.session.scalars(
        select(Application)
        .where(Application.id == application.id)
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    ).one()


def fill_taken(_moment: datetime) -> int:
    """End what still runs on offers whose last place went another way, by a match of a school; returns how many."""
    waited_for = select(Application.offer_id).where(Application.state.in_(RUNNING))
    offers = db.session.scalars(
        select(Listing).where(Listing.id.in_(waited_for), Listing.places_left <= 0).order_by(Listing.id)
    ).all()
    return sum(map(fill_others, offers))


def fill_others(offer: Listing) -> int:
    """End what still runs on an offer without a place left, and tell each student; returns how many."""
    if offer.places_left > 0:
        return 0
    waiting = db.session.scalars(
        select(Application)
        .where(Application.offer_id == offer.id, Application.state.in_(RUNNING))
        .order_by(Application.id)
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    ).all()
    for application in waiting:
        step(application, Action.FILL, by=None, as_party=Party.SYSTEM)
        tell_student("application_filled", application)
    return len(waiting)
