"""A rule that is asked of one row and of a table says the same both ways, whatever the row holds."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Membership, MembershipStatus
from matchmaker.placements.models import Placement
from matchmaker.vocabulary import Kind, ListingStatus, Role
from tests.factories import listings, matches, people

DAYS = st.none() | st.integers(-3, 3)
EVERY_ROW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told_by_the_database(model: type, rule: str) -> set[int]:
    return set(db.session.scalars(select(model.id).where(getattr(model, rule))))  # type: ignore[attr-defined]


def told_row_by_row(model: type, rule: str) -> set[int]:
    return {each.id for each in db.session.scalars(select(model)) if getattr(each, rule)}


@EVERY_ROW
@given(status=st.sampled_from(ListingStatus), left=st.integers(0, 2), days=DAYS)
@pytest.mark.usefixtures("app")
def test_is_open_reads_the_same_in_python_and_in_sql(status: ListingStatus, left: int, days: int | None) -> None:
    last_day = None if days is None else today() + timedelta(days=days)
    made = listings.offer(status=status, places=2, places_taken=2 - left, respond_before=last_day)
    assert told_by_the_database(Listing, "is_open") == told_row_by_row(Listing, "is_open")
    assert made.is_open == (status is ListingStatus.PUBLISHED and left > 0 and (days is None or days >= 0))
    assert told_by_the_database(Listing, "is_published") == told_row_by_row(Listing, "is_published")


@EVERY_ROW
@given(hours=st.none() | st.integers(-30, 30).filter(bool))
@pytest.mark.usefixtures("app")
def test_is_late_reads_the_same_in_python_and_in_sql(hours: int | None) -> None:
    match = matches.match(listings.need(), listings.offer())
    match.due_at = None if hours is None else now() + timedelta(hours=hours)
    db.session.flush()
    assert told_by_the_database(Match, "is_late") == told_row_by_row(Match, "is_late")
    assert match.is_late == (hours is not None and hours < 0)


@EVERY_ROW
@given(hours=st.none() | st.integers(-30, 30).filter(bool))
@pytest.mark.usefixtures("app")
def test_a_late_placement_is_the_same_in_python_and_in_sql(hours: int | None) -> None:
    school = people.institution()
    made = Placement(
        kind=Kind.WORK,
        programme=people.programme(school),
        institution=school,
        municipality=people.municipality(),
        title="Stage",
        due_at=None if hours is None else now() + timedelta(hours=hours),
    )
    db.session.add(made)
    db.session.flush()
    assert told_by_the_database(Placement, "is_late") == told_row_by_row(Placement, "is_late")
    assert made.is_late == (hours is not None and hours < 0)


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("status", MembershipStatus)
def test_an_active_membership_is_the_same_in_python_and_in_sql(status: MembershipStatus) -> None:
    account = people.member(Role.OFFICER, people.municipality())
    membership = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
    membership.status = status
    db.session.flush()
    assert told_by_the_database(Membership, "is_active") == told_row_by_row(Membership, "is_active")
    assert membership.is_active == (status is MembershipStatus.ACTIVE)
