"""By the clock: what is past its term goes, what is not stays, and what is held stays."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.accounts.actions import close_account, reopen_account
from matchmaker.accounts.models import Account, AccountStatus
from matchmaker.audit.verifying import verify
from matchmaker.clock import now, today
from matchmaker.database import Base, db
from matchmaker.holds.actions import lay_hold, lift_hold
from matchmaker.holds.models import Hold
from matchmaker.jobs.models import Job
from matchmaker.jobs.queries import stumbled_jobs
from matchmaker.mail.models import Letter, LetterStatus
from matchmaker.privacy import erasing
from matchmaker.privacy.cleaning import clean
from matchmaker.privacy.models import Cleaning, UnusedWarning
from matchmaker.privacy.unused import AHEAD, CLOSED_FOR, UNUSED, erase_closed, erase_unused, warn_unused
from matchmaker.vocabulary import OrganisationKind, Role
from matchmaker.worker import Worker
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.erasing import erase_asked
from tests.factories.marked import Marked, dump

TEXTS = ("matches.note", "matches.refusal_note", "messages.text", "attendees.name", "attendees.answer_note",
         "appointments.arrangements", "assignments.result", "milestones.title", "session_views.note")  # fmt: skip


@pytest.fixture
def two(app: Flask) -> tuple[Marked, Marked]:
    """Two people; the match of each ended two years ago."""
    made = Marked("Noor").fill(), Marked("Sem").fill()
    matches = Base.metadata.tables["matches"]
    for each in made:
        for rows in (each.rows, each.second):
            values = {"ended_at": now() - timedelta(days=730), "thread_id": rows["threads"]}
            db.session.execute(update(matches).where(matches.c.id == rows["matches"]).values(values))
    db.session.expire_all()
    return made


def letters_to(address: str) -> list[str]:
    return [each.template for each in db.session.query(Letter).filter_by(to_address=address).order_by(Letter.id)]


def left(someone: Marked) -> list[str]:
    held = dump()
    return [column for column in TEXTS if any(mark in held[column] for mark in someone.marks[column])]


def test_the_words_around_a_match_go_a_year_after_it_ended(two: tuple[Marked, Marked]) -> None:
    one, other = two
    boss = people.account()
    hold = lay_hold(
        person=db.session.get_one(Account, one.rows["accounts"]), reason="Klacht.", ends_on=today(), by=boss
    )
    assert left(one) == left(other) == list(TEXTS)
    clean(now())
    assert (left(one), left(other)) == (list(TEXTS), [])
    lift_hold(hold, by=boss)
    clean(now())
    assert left(one) == []
    assert verify().wrong == []


def test_who_took_a_step_goes_from_each_history_but_for_who_is_held(two: tuple[Marked, Marked]) -> None:
    held, _other = two
    person = db.session.get_one(Account, held.rows["accounts"])
    lay_hold(person=person, reason="Klacht.", ends_on=today(), by=people.account())
    histories = [each for each in Base.metadata.sorted_tables if each.name.endswith("_events")]
    histories.remove(Base.metadata.tables["audit_events"])
    for each in histories:
        db.session.execute(update(each).values(at=now() - timedelta(days=366)))
    clean(now())
    actors = {each.name: set(db.session.scalars(select(each.c.actor_id))) for each in histories}
    assert actors == {each.name: {held.rows["accounts"], None} for each in histories}


def test_a_match_of_less_than_a_year_keeps_its_words(two: tuple[Marked, Marked]) -> None:
    one, other = two
    matches = Base.metadata.tables["matches"]
    recent = now() - timedelta(days=364)
    db.session.execute(update(matches).where(matches.c.id.in_(one.both("matches"))).values(ended_at=recent))
    clean(now())
    assert (left(one), left(other)) == (list(TEXTS), [])


def test_letters_go_after_thirty_days_and_one_that_can_be_answered_keeps_what_it_is_about(app: Flask) -> None:
    person = people.account()
    old, fresh = now() - timedelta(days=31), now() - timedelta(days=29)
    about = {"noun": "match", "id": 3}
    kinds = (
        (old, {"title": "Oud"}),
        (old, {"title": "Nog te beantwoorden", "answers": about}),
        (fresh, {"title": "Vers"}),
    )
    for number, (at, values) in enumerate(kinds):
        db.session.add(Letter(template="match_taken", topic="requests", account_id=person.id, to_address=person.email,
                              to_name="Noor", values=values, message_id=str(number), status=LetterStatus.SENT,
                              created_at=at))  # fmt: skip
    db.session.flush()
    clean(now())
    rows = db.session.query(Letter).filter_by(account_id=person.id).order_by(Letter.id).all()
    assert [(each.values, each.to_name) for each in rows] == [({"answers": about}, ""), ({"title": "Vers"}, "Noor")]


def test_a_night_is_logged_in_numbers_and_shown(app: Flask, client: Client) -> None:
    clean(now())
    assert set(db.session.query(Cleaning).one().numbers) >= {"log", "letters", "requests"}
    client.sign_in(people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM)))
    assert "Opgeruimd" in client.get("/beheer/privacy/opgeruimd").text


def test_who_does_not_come_is_warned_a_month_ahead_and_then_erased(app: Flask) -> None:
    gone, came, regular = people.account(), people.account(), people.account(last_seen_on=today())
    long_ago = today() - UNUSED + AHEAD - timedelta(days=1)
    gone.last_seen_on = came.last_seen_on = long_ago
    db.session.flush()
    number = gone.id
    assert (warn_unused(now()), warn_unused(now())) == (2, 0)
    assert letters_to(gone.email) == ["account_unused"] and letters_to(regular.email) == []
    assert erase_unused(now()) == 0
    came.last_seen_on = today()
    db.session.flush()
    assert (erase_unused(now() + AHEAD), erase_unused(now() + AHEAD)) == (1, 0)
    assert gone.status is AccountStatus.DISABLED
    erase_asked()
    assert db.session.get(Account, number) is None
    assert db.session.get(Account, came.id) is not None
    assert db.session.query(UnusedWarning).count() == 0


def test_an_administrator_lays_and_lifts_a_hold(app: Flask, client: Client) -> None:
    client.sign_in(people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM)))
    person = people.account(display_name="Wil Grootveld")
    form = {"email": person.email, "reason": "Er loopt een klacht.", "ends_on": today().isoformat()}
    far = (today() + timedelta(days=4100)).isoformat()
    for wrong, said in (
        ({"email": "niemand@test.example"}, "Dit adres heeft geen account"),
        ({"email": ""}, "Vul een mailadres in, of kies een soort en een nummer"),
        ({"kind": "Match", "number": "9"}, "Kies een mens of een ding, niet allebei"),
        ({"email": "", "kind": "Match", "number": "9"}, "Dit nummer bestaat niet bij deze soort"),
        ({"ends_on": far}, "meer dan 10 jaar vooruit"),
    ):
        assert said in client.post("/beheer/privacy/uitstel", data={**form, **wrong}).text
    assert db.session.query(Hold).count() == 0
    assert (
        client.post("/beheer/privacy/uitstel", data={"kind": "Match", "number": "9", **form, "email": ""}).status_code
        == 200
    )
    assert client.post("/beheer/privacy/uitstel", data=form).status_code == 302
    assert "Wil Grootveld" in client.get("/beheer/privacy/uitstel").text
    lifting = f"/beheer/privacy/uitstel/{db.session.query(Hold.id).scalar()}/opheffen"
    assert client.post(lifting).status_code == 302
    assert "Wil Grootveld" not in client.get("/beheer/privacy/uitstel").text
    assert client.post(lifting).status_code == 404


def test_a_closed_account_is_erased_after_a_year_but_not_while_it_is_held_or_was_opened_again(app: Flask) -> None:
    boss = people.account()
    gone, held, opened, late = people.account(), people.account(), people.account(), people.account()
    for each in (gone, held, opened, late):
        close_account(each, by=boss)
    late.closed_at = now() + timedelta(days=2)
    reopen_account(opened, by=boss)
    lay_hold(person=held, reason="Klacht.", ends_on=today() + timedelta(days=800), by=boss)
    numbers = {name: each.id for name, each in (("gone", gone), ("held", held), ("opened", opened), ("late", late))}
    assert erase_closed(now() + CLOSED_FOR - timedelta(hours=1)) == 0
    assert erase_closed(now() + CLOSED_FOR + timedelta(hours=1)) == 1
    erase_asked()
    left = {name for name, number in numbers.items() if db.session.get(Account, number) is not None}
    assert left == {"held", "opened", "late"}


def test_a_closed_account_that_still_holds_work_stays_until_that_is_handed_over(app: Flask) -> None:
    school = people.institution()
    person = people.member(Role.LECTURER, school)
    need = listings.need(school, owner_id=person.id)
    close_account(person, by=people.account())
    later = now() + CLOSED_FOR + timedelta(days=1)
    assert erase_closed(later) == 0
    need.owner_id = people.member(Role.LECTURER, school).id
    db.session.flush()
    assert erase_closed(later) == 1


def test_one_of_whom_it_fails_holds_up_nobody_else(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the data of one person: the others go in the same night, and the administrator sees that one."""
    stuck, other = people.account(), people.account()
    for each in (stuck, other):
        close_account(each, by=None)
        each.closed_at = now() - CLOSED_FOR - timedelta(days=1)
    db.session.flush()
    numbers, erased = (stuck.id, other.id), erasing.erase
    db.session.commit()

    def failing(account: Account) -> int:
        if account.id == numbers[0]:
            raise ValueError("as if a row stood in the way")
        return erased(account)

    monkeypatch.setattr(erasing, "erase", failing)
    assert erase_closed(now()) == 2
    db.session.commit()
    for _ in numbers:
        Worker()._run_job()
    assert db.session.scalars(select(Account.id).where(Account.id.in_(numbers))).all() == [numbers[0]]
    (left,) = stumbled_jobs()
    assert db.session.get_one(Job, left).error.startswith("ValueError in ")
    assert erase_closed(now()) == 0
