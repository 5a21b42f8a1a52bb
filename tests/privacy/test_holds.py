"""What is held stays whole: neither cleaning, nor its own people, nor a mail address without an account erases it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from matchmaker.accounts.models import Account
from matchmaker.applications.models import Application
from matchmaker.clock import now, today
from matchmaker.cohorts.actions import forget_wishes
from matchmaker.committees.models import Committee
from matchmaker.database import Base, db
from matchmaker.errors import InvalidMove
from matchmaker.holds.actions import lay_hold
from matchmaker.matches.models import Match
from matchmaker.placements.forgetting import forget_placements
from matchmaker.placements.models import Placement
from matchmaker.privacy.cleaning import clean
from matchmaker.privacy.erasing import erase
from matchmaker.privacy.holding import hold_around
from matchmaker.privacy.obstacles import Way, obstacles
from matchmaker.privacy.owners import NOBODY, Person
from matchmaker.replies.actions import forget_old_mail
from tests.factories import people
from tests.factories.client import Client
from tests.factories.marked import Marked, dump
from tests.privacy.test_erasing import settled
from tests.privacy.test_requests import ask, link

LONG_AGO = now() - timedelta(days=3000)
SUBJECTS = {"matches": Match, "placements": Placement, "applications": Application, "committees": Committee}
TABLES = Base.metadata.tables


def held(someone: Marked, table: str) -> None:
    """Lay a hold on both things of this kind that someone is part of."""
    for number in someone.both(table):
        subject = db.session.get_one(SUBJECTS[table], number)
        lay_hold(subject=subject, reason="Klacht.", ends_on=today() + timedelta(days=9), by=people.account())


def left(someone: Marked, *columns: str) -> list[str]:
    values = dump()
    return [each for each in columns if any(mark in values[each] for mark in someone.marks[each])]


@pytest.mark.parametrize("table", SUBJECTS)
def test_who_is_part_of_what_is_held_cannot_be_erased(app: Flask, table: str) -> None:
    one, other = settled(Marked("Noor").fill()), settled(Marked("Sem").fill())
    held(one, table)
    accounts = [db.session.get_one(Account, each.rows["accounts"]) for each in (one, other)]
    assert [[each.way for each in obstacles(account)] for account in accounts] == [[Way.HELD], []]
    with pytest.raises(InvalidMove):
        erase(accounts[0])


def test_who_only_wrote_in_the_conversation_of_a_held_match_is_part_of_it(app: Flask) -> None:
    one, writer = settled(Marked("Noor").fill()), people.account()
    matches, thread = TABLES["matches"], one.rows["threads"]
    db.session.execute(update(matches).where(matches.c.id == one.rows["matches"]).values(thread_id=thread))
    said = {"thread_id": thread, "author_id": writer.id, "party": "school", "text": "Dag"}
    db.session.execute(insert(TABLES["messages"]).values(said))
    held(one, "matches")
    assert [each.way for each in obstacles(writer)] == [Way.HELD]


def test_a_visitor_whose_question_became_a_held_match_reads_why_nothing_is_erased(app: Flask, client: Client) -> None:
    one, address = settled(Marked("Noor").fill()), "bezoeker@thuis.example"
    visitors, matches = TABLES["visitor_requests"].c, TABLES["matches"]
    need = one.rows["listings"]
    db.session.execute(update(matches).where(matches.c.id == one.rows["matches"]).values(need_id=need))
    db.session.execute(
        update(visitors.id.table)
        .where(visitors.id == one.rows["visitor_requests"])
        .values(need_id=need, email=address, confirmed_at=LONG_AGO)
    )
    held(one, "matches")
    assert hold_around(Person(NOBODY, address)) is not None
    assert hold_around(Person(NOBODY, "ander@thuis.example")) is None
    clean(now())
    ask(client, "erasure", email=address)
    page = link()
    text = client.get(page).text
    assert "niet worden gewist" in text and "Ja, wis alles" not in text
    assert client.post(page).status_code == 409
    assert db.session.scalar(select(visitors.email).where(visitors.id == one.rows["visitor_requests"])) == address


def test_cleaning_leaves_the_history_of_a_held_subject_alone(app: Flask) -> None:
    one, other = settled(Marked("Noor").fill()), settled(Marked("Sem").fill())
    for table in SUBJECTS:
        held(one, table)
    names = ("match_events", "placement_events", "application_events", "committee_events", "agreement_events",
             "assignment_events", "session_events")  # fmt: skip
    clean(now())
    for name in names:
        events = TABLES[name].c
        actors = dict(db.session.execute(select(events.id, events.actor_id)).all())
        assert [actors[each] for each in one.both(name)] == [one.rows["accounts"]] * len(one.both(name)), name
        assert [actors[each] for each in other.both(name)] == [None] * len(other.both(name)), name


def test_being_in_view_after_a_held_placement_stays(app: Flask) -> None:
    one = settled(Marked("Noor").fill())
    settled(Marked("Sem").fill())
    held(one, "placements")
    forget_placements(now())
    assert set(db.session.scalars(select(TABLES["follow_ons"].c.id))) == set(one.both("follow_ons"))


def test_wishes_mails_and_requests_of_a_held_person_stay(app: Flask) -> None:
    one, other = settled(Marked("Noor").fill()), settled(Marked("Sem").fill())
    account = db.session.get_one(Account, one.rows["accounts"])
    lay_hold(person=account, reason="Klacht.", ends_on=today(), by=people.account())
    db.session.execute(update(TABLES["cohort_rounds"]).values(published_at=LONG_AGO))
    for task in (forget_wishes, forget_old_mail, clean):
        task(now())
    for name in ("cohort_wishes", "received_mails", "data_requests"):
        keys = next(iter(TABLES[name].primary_key.columns))
        kept = set(db.session.scalars(select(keys)))
        assert (kept >= set(one.both(name)), kept & set(other.both(name))) == (True, set()), name
