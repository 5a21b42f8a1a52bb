"""Letters leave by a real SMTP server."""

import asyncio
import dataclasses
import email
import email.policy
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import delete

from config import ROOT
from matchmaker import delivery
from matchmaker.accounts.actions import choose_mail
from matchmaker.audit.actions import origin
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import render, send_digests, send_due
from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.events import CANNOT_WAIT, EVENTS
from matchmaker.mail.models import Frequency, Letter, LetterStatus, MailPreference, Topic
from matchmaker.words.letters import EVENTS as EVENT_WORDS
from matchmaker.worker import Worker
from tests.factories import people
from tests.factories.letters import letter


class Postbox:
    """An SMTP server that keeps what it gets, refuses some addresses, and can be out of order."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.broken = False
        self.hangs_up_after = -1
        self.pause = 0.0
        self.reached = threading.Event()
        self.meanwhile: Callable[[], None] = lambda: None

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        if address.startswith("weg@"):
            return "550 no such person"
        if address.startswith("straks@"):
            return "450 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.reached.set()
        await asyncio.sleep(self.pause)
        self.meanwhile()
        if self.broken:
            return "451 try later"
        message = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        if len(self.messages) == self.hangs_up_after:
            server.transport.close()
            return "421 gone"
        self.messages.append(message)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def postbox(committed_app: Flask) -> Iterator[Postbox]:
    box = Postbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    committed_app.extensions["settings"] = dataclasses.replace(
        committed_app.extensions["settings"], smtp_host="127.0.0.1", smtp_port=port
    )
    yield box
    controller.stop()


def test_a_letter_arrives_as_text_and_html_with_its_own_message_id(postbox: Postbox) -> None:
    person = people.account(display_name="Saskia Mulder")
    mark = origin.set("a-request-of-its-own")
    queued = letter(person)
    origin.reset(mark)
    db.session.commit()
    assert send_due() == 1
    [arrived] = postbox.messages
    assert arrived["To"] == person.email
    assert queued.message_id in arrived["Message-ID"]
    assert arrived["X-Request-Id"] == queued.origin == "a-request-of-its-own"
    body = arrived.get_body(("plain",))
    assert body is not None and "Beste Saskia Mulder," in body.get_content()
    assert arrived.get_body(("html",)) is not None
    assert queued.status is LetterStatus.SENT


def test_a_letter_of_a_change_that_was_rolled_back_never_leaves(postbox: Postbox) -> None:
    person = people.account()
    db.session.commit()
    letter(person)
    db.session.rollback()
    assert send_due() == 0
    assert postbox.messages == []


def test_a_server_that_says_later_gets_the_same_message_id_later(postbox: Postbox) -> None:
    postbox.broken = True
    queued = letter(people.account())
    db.session.commit()
    assert send_due() == 0
    postbox.broken = False
    with time_machine.travel(now() + timedelta(minutes=10)):
        assert send_due() == 1
    assert queued.message_id in postbox.messages[0]["Message-ID"]
    assert queued.attempts == 2


def test_a_refused_address_is_kept_for_the_administrator_to_see(postbox: Postbox) -> None:
    queued = letter(people.account(email="weg@test.example"))
    db.session.commit()
    assert send_due() == 0
    assert queued.status is LetterStatus.REFUSED
    assert "no such person" in queued.error


def test_an_address_that_is_refused_for_now_is_tried_later(postbox: Postbox) -> None:
    queued = letter(people.account(email="straks@test.example"))
    db.session.commit()
    assert send_due() == 0
    assert (queued.status, queued.attempts) == (LetterStatus.QUEUED, 1) and "not now" in queued.error


def test_a_server_that_hangs_up_costs_one_letter_an_attempt_and_the_others_none(postbox: Postbox) -> None:
    postbox.hangs_up_after = 2
    queued = [letter(people.account()) for _ in range(6)]
    db.session.commit()
    assert send_due() == 2
    assert [each.attempts for each in queued] == [1, 1, 1, 0, 0, 0]
    postbox.hangs_up_after = -1
    assert send_due() == 3
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert send_due() == 1
    assert sorted(each["To"] for each in postbox.messages) == sorted(each.to_address for each in queued)


def test_a_server_that_is_away_costs_no_attempt(postbox: Postbox, committed_app: Flask) -> None:
    queued = letter(people.account())
    db.session.commit()
    there = committed_app.extensions["settings"]
    committed_app.extensions["settings"] = dataclasses.replace(there, smtp_port=free_port())
    for minutes in range(0, 40, 2):
        with time_machine.travel(now() + timedelta(minutes=minutes)):
            Worker()._send_letters()
    assert (queued.status, queued.attempts) == (LetterStatus.QUEUED, 0)
    committed_app.extensions["settings"] = there
    with time_machine.travel(now() + timedelta(minutes=42)):
        assert send_due() == 1


def test_a_mail_server_that_hangs_keeps_nobody_from_writing(postbox: Postbox, committed_app: Flask) -> None:
    """The worker waits for it; meanwhile someone else writes."""
    postbox.pause = 3
    letter(people.account())
    db.session.commit()
    db.session.remove()

    def work() -> None:
        with committed_app.app_context():
            Worker()._send_letters()
            db.session.remove()

    worker = threading.Thread(target=work)
    worker.start()
    assert postbox.reached.wait(10)
    begun = time.monotonic()
    people.account()
    db.session.commit()
    assert time.monotonic() - begun < 1.5
    worker.join()
    assert len(postbox.messages) == 1


def test_a_mail_server_that_says_nothing_is_left_in_time(committed_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SMTP_SECONDS", 0.5)
    queued = letter(people.account())
    db.session.commit()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        committed_app.extensions["settings"] = dataclasses.replace(
            committed_app.extensions["settings"], smtp_host="127.0.0.1", smtp_port=silent.getsockname()[1]
        )
        begun = time.monotonic()
        assert not Worker()._send_letters()
        assert time.monotonic() - begun < 5
    assert (queued.status, queued.attempts) == (LetterStatus.QUEUED, 0)


def test_a_letter_claimed_by_a_worker_that_died_is_taken_again(postbox: Postbox) -> None:
    queued = letter(people.account())
    queued.next_attempt_at = now() + timedelta(minutes=5)
    queued.attempts = 1
    db.session.commit()
    assert send_due() == 0
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert send_due() == 1


def test_workers_that_die_before_its_turn_cost_a_letter_no_attempt(postbox: Postbox) -> None:
    queued = letter(people.account())
    db.session.commit()
    for minutes in range(0, 60, 6):
        with time_machine.travel(now() + timedelta(minutes=minutes)):
            assert delivery._claim(50) == [queued.id]
    with time_machine.travel(now() + timedelta(hours=2)):
        assert send_due() == 1
    assert (queued.status, queued.attempts) == (LetterStatus.SENT, 1)


def test_a_subject_cannot_smuggle_in_a_header(postbox: Postbox) -> None:
    person = people.account(display_name="Eva\r\nBcc: alle@test.example")
    letter(person, subject="Hallo\r\nBcc: alle@test.example")
    db.session.commit()
    send_due()
    assert postbox.messages[0]["Bcc"] is None


def test_held_letters_become_one_overview(postbox: Postbox) -> None:
    person = people.account()
    db.session.add(MailPreference(account_id=person.id, topic=Topic.REQUESTS, frequency=Frequency.DAILY))
    db.session.flush()
    first, second = letter(person), letter(person, subject="Nog een vraag")
    db.session.commit()
    assert send_due() == 0
    assert send_digests(now()) == 1
    db.session.commit()
    assert send_due() == 1
    assert postbox.messages[0]["Subject"] == "Er zijn 2 berichten voor u"
    assert {first.status, second.status} == {LetterStatus.SENT}


def test_an_overview_names_each_link_and_keeps_the_secret_of_none(postbox: Postbox) -> None:
    person = people.account()
    db.session.add(MailPreference(account_id=person.id, topic=Topic.REQUESTS, frequency=Frequency.DAILY))
    link = make_link(Purpose.COLLEAGUE_ANSWER, subject_id=1, account_id=person.id, days=5)
    for values in ({"link": link}, {"path": "/start"}):
        queue_letter("digest", topic=Topic.REQUESTS, to=person, entries=[], **values)
    db.session.commit()
    assert send_digests(now()) == 1
    db.session.commit()
    overview = db.session.query(Letter).order_by(Letter.id.desc()).first()
    assert overview is not None
    assert token_of(link) not in str(overview.values)
    assert f"http://localhost:5000/l/{token_of(link)}\n" in render(overview).text
    assert "http://localhost:5000/start\n" in render(overview).text


def test_who_wants_no_letters_on_a_topic_gets_none(app: Flask) -> None:
    person = people.account()
    db.session.add(MailPreference(account_id=person.id, topic=Topic.REQUESTS, frequency=Frequency.NEVER))
    db.session.flush()
    assert queue_letter("digest", topic=Topic.REQUESTS, to=person, entries=[]) is None


def test_an_event_by_itself_goes_before_its_topic_in_letters_and_in_the_overview(postbox: Postbox) -> None:
    person = people.account()
    choose_mail(
        person,
        {Topic.REQUESTS: Frequency.DAILY},
        {"handed_over": Frequency.NEVER, "desk_moved": Frequency.WEEKLY, "match_routed": Frequency.NEVER},
    )
    db.session.flush()
    work = {"sender": "Eva", "matches": 1, "listings": 0}
    moved = {"municipality": "Nieuwegein", "desk": "Utrecht", "number": 1}
    assert queue_letter("handed_over", topic=Topic.REQUESTS, to=person, **work) is None
    weekly = queue_letter("desk_moved", topic=Topic.REQUESTS, to=person, **moved)
    daily = letter(person)
    assert weekly is not None and (weekly.status, daily.status) == (LetterStatus.HELD, LetterStatus.HELD)
    db.session.commit()
    assert send_digests(datetime(2026, 9, 8, 9, tzinfo=UTC)) == 1
    assert (weekly.status, daily.status) == (LetterStatus.HELD, LetterStatus.SENT)
    assert send_digests(datetime(2026, 9, 14, 9, tzinfo=UTC)) == 1
    assert weekly.status is LetterStatus.SENT


def test_a_question_to_a_colleague_comes_at_once_whatever_was_chosen(app: Flask) -> None:
    person = people.account()
    choose_mail(person, {Topic.REQUESTS: Frequency.NEVER}, {"match_routed": Frequency.NEVER})
    db.session.flush()
    made = queue_letter("match_routed", topic=Topic.REQUESTS, to=person)
    assert made is not None and made.status is LetterStatus.QUEUED


def test_every_letter_can_be_chosen_or_comes_at_once() -> None:
    always = CANNOT_WAIT | {
        "account_exists", "account_unused", "address_changed", "address_changing", "address_in_use",
        "appointment", "appointment_agreed", "appointment_cancelled", "appointment_changed",
        "data_answered", "data_confirm", "data_has_account", "data_request",
        "assignment_presentation", "assignment_presentation_off",
        "appointment_confirm", "appointment_moved", "appointment_reopened", "confirm_address", "confirm_new_address",
        "digest", "export_ready",
        "identity_tied", "identity_to_tie", "identity_untied", "invitation",
        "invite_municipality", "layout", "meeting_cancelled", "meeting_changed", "meeting_invited", "meeting_soon",
        "new_device", "new_password", "no_account", "password_changed", "recovery_code_used", "reply_refused",
        "rights_review_due", "second_step_added", "second_step_lost", "second_step_removed",
        "session_after", "session_not_held", "sign_up_confirmed", "sign_up_refused", "sign_up_to_confirm",
        "someone_cannot_come", "speaker_changed",
        "standby_asked", "standby_needed", "standby_released", "standby_took_over", "visitor_confirm",
        "visitor_received",
    }  # fmt: skip
    to_choose = {event.name for event in EVENTS}
    written = {path.stem for path in (ROOT / "templates" / "mail").glob("*.txt")}
    assert always | to_choose == written and not always & to_choose
    assert EVENT_WORDS.keys() == to_choose


def test_a_letter_without_an_address_waits_to_be_printed(app: Flask) -> None:
    made = queue_letter("digest", topic=Topic.REQUESTS, entries=[])
    assert made is not None and made.status is LetterStatus.PRINT


def test_an_english_reader_gets_english(app: Flask) -> None:
    person = people.account(language="en", display_name="Ann")
    assert "Dear Ann," in render(letter(person)).text


def test_the_worker_sends_what_is_due(postbox: Postbox) -> None:
    letter(people.account())
    db.session.commit()
    Worker().do_all_due()
    assert len(postbox.messages) == 1
    assert db.session.query(Letter).filter_by(status=LetterStatus.QUEUED).count() == 0


def test_a_letter_to_who_has_no_account_does_not_speak_of_choices_that_need_one(app: Flask) -> None:
    values = {"municipality": "Nieuwegein", "title": "Een vraag", "days": 3}
    visitor = queue_letter("visitor_confirm", topic=Topic.REQUESTS, address="els@school.example", **values)
    member = letter(people.account())
    assert visitor is not None
    assert all("/account/mail" not in body for body in (render(visitor).text, render(visitor).html))
    assert "/account/mail" in render(member).text


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_next(postbox: Postbox) -> None:
    letter(people.account(email="iemand@test.example\r\nBcc: ander@test.example"))
    letter(people.account(email="goed@test.example"))
    db.session.commit()
    assert send_due() == 1
    assert [message["To"] for message in postbox.messages] == ["goed@test.example"]
    assert all(message["Bcc"] is None for message in postbox.messages)


def test_neither_does_one_whose_values_are_not_what_its_template_expects(postbox: Postbox) -> None:
    odd = queue_letter("invitation", topic=Topic.ACCOUNT, address="vreemd@test.example", until=5)
    letter(people.account(email="goed@test.example"))
    db.session.commit()
    assert send_due() == 1
    assert [message["To"] for message in postbox.messages] == ["goed@test.example"]
    assert odd is not None and odd.attempts == 1 and "TypeError" in odd.error


@pytest.mark.parametrize(("erased", "arrived"), [("twee", ["een", "drie"]), ("een", ["een", "twee", "drie"])])
def test_one_that_is_erased_meanwhile_does_not_hold_up_the_next(
    postbox: Postbox, committed_app: Flask, erased: str, arrived: list[str]
) -> None:
    """While it waits for its turn, and while the mail server has it."""
    for name in ("een", "twee", "drie"):
        letter(people.account(email=f"{name}@test.example"))
    db.session.commit()

    def erase() -> None:
        with committed_app.app_context():
            db.session.execute(delete(Letter).where(Letter.to_address == f"{erased}@test.example"))
            db.session.commit()

    postbox.meanwhile = erase
    send_due()
    assert [message["To"] for message in postbox.messages] == [f"{name}@test.example" for name in arrived]
    assert {each.status for each in db.session.query(Letter)} == {LetterStatus.SENT}


class WorkerEnds(BaseException):
    """As when the process is killed: nothing that comes after a failure is done."""


def test_one_at_which_every_worker_dies_is_given_up_and_shown(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    fatal = letter(people.account(email="dodelijk@test.example"))
    db.session.commit()
    number, compose = fatal.id, delivery._compose

    def ending(each: Letter) -> EmailMessage:
        if each.id == number:
            raise WorkerEnds
        return compose(each)

    monkeypatch.setattr(delivery, "_compose", ending)
    moment, ended = now(), 0
    while fatal.status is LetterStatus.QUEUED:
        moment += timedelta(minutes=6)
        with time_machine.travel(moment):
            try:
                send_due()
            except WorkerEnds:
                ended += 1
                db.session.rollback()
    assert (ended, fatal.attempts, fatal.status) == (delivery.MOST_TURNS, delivery.MOST_TURNS, LetterStatus.FAILED)
    assert "worker" in fatal.error
    letter(people.account(email="goed@test.example"))
    db.session.commit()
    assert send_due() == 1
