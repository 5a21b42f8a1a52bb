"""After erasure no mark of a person is anywhere, but where the page said; nothing of another changed."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from matchmaker.accounts.addresses import ask_new_address, confirm_address
from matchmaker.accounts.attempts import note_failure
from matchmaker.accounts.models import Account, KnownDevice, SignInAttempt
from matchmaker.agreements.forgetting import forget_agreements
from matchmaker.audit.models import AuditEvent
from matchmaker.audit.verifying import verify
from matchmaker.clock import now, today
from matchmaker.cohorts.actions import forget_wishes
from matchmaker.committees.retention import forget as forget_term
from matchmaker.committees.retention import forget_minutes, terms_to_forget
from matchmaker.database import Base, db
from matchmaker.errors import InvalidMove
from matchmaker.files.actions import forget_unused, keep
from matchmaker.files.models import StoredFile
from matchmaker.holds.actions import lay_hold
from matchmaker.jobs.models import Job
from matchmaker.links.models import Link
from matchmaker.links.models import Purpose as LinkPurpose
from matchmaker.listings.models import Listing
from matchmaker.listings.search.text_index import index_outdated
from matchmaker.mail.models import Letter
from matchmaker.placements.forgetting import forget_placements
from matchmaker.privacy.cleaning import clean
from matchmaker.privacy.erasing import TASK, counted, erase, erase_address, stays
from matchmaker.privacy.obstacles import Way, obstacles
from matchmaker.privacy.unused import erase_unused
from matchmaker.replies.actions import forget_old_mail
from matchmaker.scheduled import HANDLERS
from matchmaker.threads.models import Attachment
from matchmaker.vocabulary import Role
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.erasing import erase_asked
from tests.factories.letters import letter
from tests.factories.marked import Marked, dump

DIGESTS = {"sign_in_attempts.account_key", "sign_in_attempts.address_key", "door_uses.network_key"}


def settled(someone: Marked) -> Marked:
    """Nothing of theirs runs any more."""
    tables = Base.metadata.tables
    ended = {
        "placements": {"ended_at": now()},
        "committees": {"closed_at": now()},
        "applications": {"state": "refused"},
        "listings": {"status": "closed"},
        "memberships": {"status": "ended"},
    }
    for name, values in ended.items():
        table = tables[name]
        db.session.execute(update(table).where(table.c.id.in_(someone.both(name))).values(values))
    db.session.expire_all()
    return someone


def where_marks_are(someone: Marked, held: dict[str, str]) -> dict[str, list[str]]:
    """Each column of which a mark is still in the database, with the columns that hold it."""
    found: dict[str, list[str]] = {}
    for column, marks in someone.marks.items():
        columns = [name for mark in marks for name, text in held.items() if mark in text]
        if columns and column not in DIGESTS:
            found[column] = columns
    return found


@pytest.fixture
def two(app: Flask) -> tuple[Marked, Marked]:
    return settled(Marked("Noor").fill()), settled(Marked("Sem").fill())


def may_stay() -> set[str]:
    return {
        f"{column.table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if stays(column)
    }


def test_no_mark_is_left_but_where_it_was_said_and_another_keeps_all(two: tuple[Marked, Marked]) -> None:
    one, other = two
    before = {column: len(columns) for column, columns in where_marks_are(other, dump()).items()}
    account = db.session.get_one(Account, one.rows["accounts"])
    assert obstacles(account) == []
    erase(account)
    db.session.commit()
    held = dump()
    left = where_marks_are(one, held)
    assert {name for columns in left.values() for name in columns} - may_stay() == set()
    assert one.rows["accounts"] not in db.session.scalars(select(Account.id)).all()
    assert {column: len(columns) for column, columns in where_marks_are(other, held).items()} == before
    assert verify().wrong == []


def test_who_is_not_seen_for_years_leaves_no_mark_either(two: tuple[Marked, Marked]) -> None:
    """Both go in one night, so that what is emptied of one never stands in the way of another."""
    assert erase_unused(now()) == 2
    erase_asked()
    db.session.commit()
    held = dump()
    for someone in two:
        left = where_marks_are(someone, held)
        assert {name for columns in left.values() for name in columns} - may_stay() == set()


def test_an_address_goes_from_every_row_of_two_people_but_their_accounts(two: tuple[Marked, Marked]) -> None:
    one, other = two
    for each in two:
        assert erase_address(each.address) > 0
    held = dump()
    left = {name for name, text in held.items() if one.address in text or other.address in text}
    assert left - may_stay() == {"accounts.email"}


def test_what_the_page_says_stays_is_what_stays(two: tuple[Marked, Marked]) -> None:
    one, _ = two
    account = db.session.get_one(Account, one.rows["accounts"])
    go, stay = counted(account)
    assert {"accounts", "messages", "letters", "audit_events"} <= go.keys()
    assert {keep.name for keep in stay} == {"PLACEMENT", "TERM", "REQUEST", "LOG", "CONSENT", "MINUTES"}


AFTER_ALL_TERMS = (clean, forget_placements, forget_agreements, forget_wishes, forget_old_mail)


def test_after_the_terms_nothing_of_an_erased_person_is_left(two: tuple[Marked, Marked]) -> None:
    """Two years for all but the minutes of a committee, which stay as long as its dossier: seven."""
    one, _ = two
    tables = Base.metadata.tables
    for name in ("matches", "placements"):
        table = tables[name]
        db.session.execute(update(table).where(table.c.id.in_(one.both(name))).values(ended_at=now()))
    matches, terms = tables["matches"], tables["committee_terms"]
    db.session.execute(update(matches).values(thread_id=None))
    db.session.execute(update(tables["agreements"]).values(document_id=None, final_id=None))
    ended = {"state": "ended", "ends_on": today(), "forgotten_at": None}
    db.session.execute(update(terms).where(terms.c.id.in_(one.both("committee_terms"))).values(ended))
    db.session.expire_all()
    erase(db.session.get_one(Account, one.rows["accounts"]))
    db.session.commit()
    later = now() + timedelta(days=731)
    for term in terms_to_forget(later.date()):
        forget_term(term)
    for task in AFTER_ALL_TERMS:
        task(later)
    db.session.commit()
    left = {name for columns in where_marks_are(one, dump()).values() for name in columns}
    assert left == {"committee_meetings.minutes", "committee_meetings.cancelled_because"}
    meetings = tables["committee_meetings"]
    db.session.execute(update(meetings).where(meetings.c.id.in_(one.both("committee_meetings"))).values(ends_at=now()))
    db.session.expire_all()
    forget_minutes(now() + timedelta(days=7 * 366))
    db.session.commit()
    assert {name for columns in where_marks_are(one, dump()).values() for name in columns} == set()


def test_a_name_in_the_words_of_others_goes_and_their_words_stay(app: Flask) -> None:
    gone = people.account(display_name="Wilhelmina Grootveld")
    school = people.institution()
    need = listings.need(school, title="Les over wonen", text="Vraag het Wilhelmina Grootveld. Zij weet alles.")
    db.session.commit()
    index_outdated()
    erase(gone)
    db.session.commit()
    index_outdated()
    text = db.session.get_one(Listing, need.id).text
    assert text == "Vraag het ***. Zij weet alles."
    assert [name for name, held in dump().items() if "grootveld" in held.lower()] == []


def test_a_name_goes_in_small_letters_and_in_capitals_whatever_its_accents(app: Flask) -> None:
    gone, school = people.account(display_name="Élise Öztürk"), people.institution()
    need = listings.need(school, title="Les van Élise Öztürk", text="Vraag het ÉLISE ÖZTÜRK of élise öztürk.")
    told = letter(people.account(), subject="Les van ÉLISE öztürk")
    told.calendar = "SUMMARY:Gesprek met élise ÖZTÜRK\r\n".encode()
    erase(gone)
    assert (need.title, need.text) == ("Les van ***", "Vraag het *** of ***.")
    assert told.values["entries"][0]["subject"] == "Les van ***"
    assert told.calendar == b"SUMMARY:Gesprek met ***\r\n"


def test_two_people_of_one_accented_name_are_not_taken_for_each_other(app: Flask) -> None:
    one, _other = people.account(display_name="Élise Öztürk"), people.account(display_name="élise öztürk")
    need = listings.need(people.institution(), text="Élise Öztürk weet er meer van.")
    erase(one)
    assert need.text == "Élise Öztürk weet er meer van."


def test_what_counted_against_guessing_goes_with_the_person(app: Flask) -> None:
    gone, other = people.account(), people.account()
    note_failure(gone.email, address="192.0.2.1")
    note_failure(other.email, address="192.0.2.1")
    kept = db.session.scalars(select(SignInAttempt.id).order_by(SignInAttempt.id.desc()).limit(1)).one()
    erase(gone)
    assert db.session.scalars(select(SignInAttempt.id)).all() == [kept]


def test_a_longer_name_is_another_name(app: Flask) -> None:
    gone = people.account(display_name="Wil Grootveld")
    need = listings.need(people.institution(), text="Dit is van Wil Grootvelder.")
    erase(gone)
    assert db.session.get_one(Listing, need.id).text == "Dit is van Wil Grootvelder."


def test_two_people_of_one_name_are_not_taken_for_each_other(app: Flask) -> None:
    one, other = people.account(display_name="Jan de Vries"), people.account(display_name="Jan de Vries")
    need = listings.need(people.institution(), text="Jan de Vries weet er meer van.")
    erase(one)
    assert db.session.get_one(Listing, need.id).text == "Jan de Vries weet er meer van."
    assert db.session.get_one(Account, other.id).display_name == "Jan de Vries"


def test_the_files_of_messages_go_with_their_bytes(two: tuple[Marked, Marked]) -> None:
    one, other = two
    files = {}
    for each in two:
        files[each.letters] = keep(b"x", name="a.txt", media_type="text/plain", organisation_id=None, by=None)
        db.session.add(Attachment(message_id=each.rows["messages"], file_id=files[each.letters].id))
    db.session.flush()
    numbers = {name: file.id for name, file in files.items()}
    erase(db.session.get_one(Account, one.rows["accounts"]))
    assert db.session.get(StoredFile, numbers["Noor"]) is None
    assert db.session.get(StoredFile, numbers["Sem"]) is not None
    assert forget_unused(now() + timedelta(days=2)) >= 1


def test_what_stands_in_the_way_is_said_with_a_way_out(app: Flask, client: Client) -> None:
    school = people.institution()
    boss = people.member(Role.ORG_ADMIN, school)
    client.sign_in(boss)
    page = client.get("/account/gegevens/wissen").text
    assert "de enige beheerder" in page and "Ja, wis alles" not in page
    assert client.post("/account/gegevens/wissen", data={"sure": "y", "current": people.PASSWORD}).status_code == 200
    assert db.session.get_one(Account, boss.id).is_active
    people.member(Role.ORG_ADMIN, school)
    assert "Ja, wis alles" in client.get("/account/gegevens/wissen").text


def test_open_work_and_a_hold_stop_it(app: Flask) -> None:
    school = people.institution()
    person = people.member(Role.LECTURER, school)
    listings.need(school, owner_id=person.id)
    lay_hold(person=person, reason="Er loopt een klacht.", ends_on=today(), by=people.account())
    assert [each.way for each in obstacles(person)] == [Way.HELD, Way.WORK]
    with pytest.raises(InvalidMove):
        erase(person)


def test_someone_erases_the_own_account_by_the_page(app: Flask, client: Client) -> None:
    person = people.member(Role.LECTURER, people.institution())
    number, address = person.id, person.email
    for browser in (Client(app, app.response_class), client):
        browser.sign_in(person)
    assert db.session.query(KnownDevice).filter_by(account_id=number).count() == 2
    wrong = client.post("/account/gegevens/wissen", data={"sure": "y", "current": "fout fout fout"})
    assert wrong.status_code == 200 and db.session.get_one(Account, number).is_active
    done = client.post("/account/gegevens/wissen", data={"sure": "y", "current": people.PASSWORD})
    assert done.status_code == 302
    assert client.get("/account").status_code == 302
    job = db.session.query(Job).filter_by(task=TASK).one()
    HANDLERS[TASK](job)
    db.session.commit()
    assert db.session.get(Account, number) is None
    assert [name for name, held in dump().items() if address in held] == []
    assert db.session.query(AuditEvent).filter_by(action="privacy.erased", object_id=number).one().actor_id is None
    HANDLERS[TASK](job)


def test_letters_to_an_address_of_before_go_too(app: Flask) -> None:
    person, other = people.account(), people.account()
    before = person.email
    for each in (person, other):
        ask_new_address(each, f"nieuw-{each.id}@test.example")
        confirm_address(db.session.query(Link).filter_by(account_id=each.id, purpose=LinkPurpose.NEW_ADDRESS).one())
    kept = db.session.query(Letter).filter_by(link_id=None).count()
    erase(person)
    assert before not in "".join(dump().values())
    assert db.session.query(Letter).count() == kept + 3
