"""The demo, loaded for real on a Tuesday afternoon: a living region in which every page has something to show."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import ConfigurationError
from matchmaker import create_app
from matchmaker.accounts.models import Account
from matchmaker.accounts.passwords import verify_password
from matchmaker.appointments.models import Appointment, AppointmentStatus, SlotProposal
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import local, pretending
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.demo import content
from matchmaker.demo.accounts import DEMO_PASSWORD, write_accounts
from matchmaker.demo.load import load_demo
from matchmaker.listings.models import Listing, ListingReport, SavedListing, SavedSearch, VisitorRequest
from matchmaker.mail.models import Letter, LetterStatus, MailPreference
from matchmaker.matches.models import Match, MatchEvent
from matchmaker.matches.states import State
from matchmaker.organisations.models import Leave, Membership, MembershipStatus, Organisation
from matchmaker.threads.models import Message, ThreadRead
from matchmaker.vocabulary import Kind, ListingStatus, Refusal, Role, Side
from tests.conftest import settings_for

NOW = datetime.fromisoformat("2026-11-24T14:00:00+01:00")
COUNTED = (
    Account, Appointment, AuditEvent, Leave, Letter, Listing, ListingReport, MailPreference, Match, MatchEvent,
    Membership, Message, Organisation, SavedListing, SavedSearch, SlotProposal, ThreadRead, VisitorRequest,
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(migrated_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    settings = settings_for(migrated_database(), tmp_path_factory.mktemp("files"))
    app = create_app(dataclasses.replace(settings, demo=True))
    with app.app_context():
        with pretending(NOW):
            assert load_demo(say=lambda _line: None) is True
            yield app
        db.session.remove()
        db.engine.dispose()


def found(column: Any, *conditions: Any) -> set[Any]:
    return set(db.session.scalars(select(column).where(*conditions)))


def count(model: Any, *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def test_loading_again_changes_nothing(demo: Flask) -> None:
    before = {model: count(model) for model in COUNTED}
    assert load_demo(say=lambda _line: None) is False
    assert {model: count(model) for model in COUNTED} == before


def test_every_model_of_daily_life_has_rows(demo: Flask) -> None:
    assert [model.__name__ for model in COUNTED if count(model) == 0] == []


def test_all_that_was_written_is_there(demo: Flask) -> None:
    for side, rows in ((Side.OFFER, content.offers()), (Side.NEED, content.needs())):
        titles = found(Listing.title, Listing.side == side, Listing.organisation_id.is_not(None))
        read_in = {each["titel"] for row in content.daily_life()["imports"] for each in row["listings"]}
        assert titles == {row["title"] for row in rows} | (read_in if side is Side.OFFER else set())
    assert found(Account.email) >= {row["email"] for row in content.people()}


def test_a_listing_has_the_status_the_content_gives_it(demo: Flask) -> None:
    statuses = dict(db.session.execute(select(Listing.title, Listing.status)).all())
    written = [*content.offers(), *content.needs()]
    assert [row["key"] for row in written if statuses[row["title"]] != row["status"]] == []


def test_every_role_has_an_account_with_the_password_that_is_printed(demo: Flask, tmp_path: Path) -> None:
    accounts = write_accounts(tmp_path)
    assert [row["role"] for row in accounts] == [role.value for role in Role]
    hashes = found(Account.password_hash, Account.email.in_([row["email"] for row in accounts]))
    assert all(verify_password(each, DEMO_PASSWORD) for each in hashes)


def test_matches_stand_in_every_state_the_product_brings_about(demo: Flask) -> None:
    assert found(Match.state) == set(State)


def test_stories_end_where_the_content_says(demo: Flask) -> None:
    """A question to a municipality without a desk lies with the neighbour that took it."""
    expected = {State.LAPSED: {State.WITHDRAWN}, State.FORWARDED: {State.FORWARDED, State.REQUESTED}}
    titles = {row["key"]: row["title"] for row in [*content.offers(), *content.needs()]}
    rows = db.session.scalars(select(Match).where(Match.state != State.PROPOSED)).all()
    states: dict[tuple[str, str], set[State]] = {}
    for match in rows:
        offer = match.offer.title if match.offer else ""
        states.setdefault((match.need.title, offer), set()).add(match.state)
    for story in content.stories():
        state = State(story["state"])
        if state is not State.PROPOSED and story["key"] != "glu-game-grp--wrd":
            pair = titles[story["need"]], titles[story["offer"]] if story["offer"] else ""
            assert states[pair] & expected.get(state, {state}), story["key"]


def test_every_no_has_a_reason_and_every_reason_occurs(demo: Flask) -> None:
    said = found(Match.refusal, Match.state == State.REFUSED)
    assert said == set(Refusal) - {Refusal.FOUND_ELSEWHERE}


@pytest.mark.parametrize("side", Side)
def test_every_kind_can_be_found_on_both_sides(demo: Flask, side: Side) -> None:
    assert found(Listing.kind, Listing.side == side, Listing.status == ListingStatus.PUBLISHED) == set(Kind)


def test_the_queue_of_the_printed_officer_has_late_today_and_later(demo: Flask, tmp_path: Path) -> None:
    email = next(row["email"] for row in write_accounts(tmp_path) if row["role"] == Role.OFFICER)
    member = db.session.scalars(select(Membership).join(Membership.account).where(Account.email == email)).one()
    due = found(Match.due_at, Match.desk_id == member.organisation.desk_id, Match.due_at.is_not(None))
    days = {(local(each).date() - local(NOW).date()).days for each in due}
    assert (min(days) < 0, 0 in days, max(days) > 0) == (True, True, True)


def test_what_is_late_was_escalated_and_nothing_else(demo: Flask) -> None:
    late = found(Match.id, Match.due_at < NOW)
    assert late and found(Match.id, Match.escalated_at.is_not(None), Match.due_at.is_not(None)) == late


def test_nothing_happened_in_the_future_and_ids_follow_time(demo: Flask) -> None:
    moments = db.session.scalars(select(AuditEvent.at).order_by(AuditEvent.id)).all()
    assert moments == sorted(moments) and moments[-1] <= NOW
    assert db.session.scalar(select(func.max(MatchEvent.at))) <= NOW


def test_letters_of_the_past_were_sent_and_a_few_still_wait(demo: Flask) -> None:
    assert 0 < count(Letter, Letter.status == LetterStatus.QUEUED) <= 12
    newest_sent = db.session.scalar(select(func.max(Letter.sent_at)))
    assert newest_sent is not None and newest_sent <= NOW
    assert count(Letter, Letter.status == LetterStatus.FAILED) == 0


def test_every_kind_of_letter_in_the_demo_can_be_read(demo: Flask) -> None:
    one_of_each = select(func.max(Letter.id)).group_by(Letter.template)
    for letter in db.session.scalars(select(Letter).where(Letter.id.in_(one_of_each))):
        rendered = render(letter)
        assert rendered.subject and rendered.text, letter.template


def test_appointments_lie_ahead_and_behind(demo: Flask) -> None:
    assert found(Appointment.status) == {AppointmentStatus.AGREED, AppointmentStatus.DONE}
    assert count(Appointment, Appointment.confirmation_asked_at.is_not(None), Appointment.starts_at > NOW) == 1


def test_administrators_have_people_waiting_at_the_door(demo: Flask) -> None:
    waiting = select(Organisation.code).join(Membership, Membership.organisation_id == Organisation.id)
    codes = list(db.session.scalars(waiting.where(Membership.status == MembershipStatus.ASKED)))
    assert sorted(codes) == ["GM0344", "GM0344", "hogeschool-utrecht", "platform"]


@pytest.mark.parametrize("changes", [{"demo": False}, {"demo": True, "production": True}])
def test_it_is_refused_outside_a_demo(demo: Flask, changes: dict[str, bool]) -> None:
    settings = demo.extensions["settings"]
    demo.extensions["settings"] = dataclasses.replace(settings, **changes)
    try:
        with pytest.raises(ConfigurationError):
            load_demo(say=lambda _line: None)
    finally:
        demo.extensions["settings"] = settings
