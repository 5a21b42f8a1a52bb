"""An application as it begins: what it shares of the profile, and the rules of the day."""

from matchmaker.applications.models import Application
from matchmaker.applications.states import State
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.students.models import ProgrammeRules, StudentProfile
from matchmaker.students.queries import rules_of


def programme_rules(profile: StudentProfile) -> ProgrammeRules:
    """What the programme of a complete profile asks."""
    assert profile.programme is not None
    return rules_of(profile.programme)


def new_application(
    profile: StudentProfile, offer: Listing, *, motivation: str = "", share_needs: bool = False, by_lot: bool = False
) -> Application:
    """Before the school first when the programme wants that, else at the municipality; a place by lot was agreed."""
    assert profile.programme is not None and profile.level is not None and offer.organisation is not None
    rules, desk = programme_rules(profile), offer.organisation.desk
    first = State.AWAITING_SCHOOL if rules.school_approves and not by_lot else State.SENT
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
