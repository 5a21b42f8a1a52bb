"""An answer by mail does what the same words on the page would do, once, and only for the person of the letter."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import _compose, render
from matchmaker.files.models import StoredFile
from matchmaker.files.scanner import use_scanner
from matchmaker.mail.models import Letter
from matchmaker.matches.actions import ask, route
from matchmaker.matches.conversation import write_message
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.receiving import receive, take
from matchmaker.replies import actions
from matchmaker.replies.actions import arrive, forget_old_mail, handle, try_again
from matchmaker.replies.addresses import reply_address
from matchmaker.replies.models import Fate, ReceivedMail
from matchmaker.threads.models import Message
from matchmaker.threads.queries import messages_of
from matchmaker.vocabulary import Party
from tests.factories.dates import Meeting, meeting
from tests.factories.documents import PDF, docx
from tests.factories.mails import answer_to, letter_to
from tests.matches.scenes import scene
from tests.web.together.test_visitor_dates import asked_without_account

pytestmark = pytest.mark.usefixtures("answerable")


def asked() -> tuple[Meeting, Letter]:
    """The lecturer asked something; the officer has the letter."""
    there = meeting()
    write_message(there.match, text="Is er een beamer?", by=there.lecturer, as_party=Party.SCHOOL)
    db.session.flush()
    return there, letter_to(there.officer.email)


def fates() -> list[tuple[Fate, str]]:
    rows = select(ReceivedMail.fate, ReceivedMail.reason).order_by(ReceivedMail.id)
    return [tuple(row) for row in db.session.execute(rows)]


def texts(match: Match) -> list[str]:
    return [message.text for message in messages_of(match.thread_id)]


def refusals() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.template == "reply_refused").order_by(Letter.id)))


def test_an_answer_stands_in_the_conversation_and_the_other_side_hears_it_without_an_address() -> None:
    there, letter = asked()
    receive(answer_to(letter, "Ja, die hangt er.\n\nMet vriendelijke groet,\nYusuf").as_bytes())
    assert texts(there.match) == ["Is er een beamer?", "Ja, die hangt er."]
    last = messages_of(there.match.thread_id)[-1]
    assert (last.author_id, last.party) == (there.officer.id, "municipality")
    heard = render(letter_to(there.lecturer.email))
    assert "Ja, die hangt er." in heard.text
    assert there.officer.email not in heard.text + heard.html
    assert reply_address(letter) not in heard.text + heard.html
    assert fates() == [(Fate.TAKEN, "")]
    assert db.session.scalar(select(ReceivedMail.raw)) is None


def test_the_letter_says_where_an_answer_goes_and_where_to_write() -> None:
    _, letter = asked()
    assert _compose(letter)["Reply-To"] == reply_address(letter)
    assert render(letter).text.startswith("Schrijf uw antwoord boven deze regel.\n")
    assert "Antwoord op deze mail of op de pagina." in render(letter).text


def test_the_same_mail_twice_is_one_answer() -> None:
    there, letter = asked()
    for _ in range(2):
        receive(answer_to(letter, "Ja.").as_bytes())
    assert texts(there.match) == ["Is er een beamer?", "Ja."]
    assert len(fates()) == 1


def test_files_come_along() -> None:
    there, letter = asked()
    mail = answer_to(letter, "Zie de bijlage.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="plattegrond.pdf")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    receive(mail.as_bytes())
    [attachment] = messages_of(there.match.thread_id)[-1].attachments
    assert attachment.file.name == "plattegrond.pdf"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"MZ", "virus.pdf", "file_kind_unknown"),
        (docx(word__vbaProject_bin=b"x"), "cv.docx", "file_with_program"),
    ],
    ids=["a program", "a text with a program in it"],
)
def test_a_file_that_is_refused_refuses_the_answer_and_the_writer_hears_why(
    content: bytes, name: str, reason: str
) -> None:
    there, letter = asked()
    mail = answer_to(letter, "Zie de bijlage.")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    receive(mail.as_bytes())
    assert texts(there.match) == ["Is er een beamer?"]
    assert db.session.query(StoredFile).count() == 0
    assert fates() == [(Fate.REFUSED, reason)]
    [told] = refusals()
    assert told.to_address == there.officer.email
    assert "Uw mail is niet geplaatst." in render(told).text


def test_a_file_that_nobody_could_look_at_waits_with_its_mail_and_is_taken_later(tmp_path: Path) -> None:
    there, letter = asked()
    mail = answer_to(letter, "Zie de bijlage.")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="plattegrond.pdf")
    use_scanner(str(tmp_path / "gone.ctl"))
    try:
        receive(mail.as_bytes())
    finally:
        use_scanner("")
    assert fates() == [(Fate.FAILED, "ScannerAway")]
    [kept] = db.session.scalars(select(ReceivedMail))
    try_again(kept, by=there.officer)
    handle(kept, take=take)
    assert fates() == [(Fate.TAKEN, "")]
    assert [each.file.name for each in messages_of(there.match.thread_id)[-1].attachments] == ["plattegrond.pdf"]


def test_who_is_not_the_person_of_the_letter_is_refused_kindly_and_reads_nothing_of_it() -> None:
    there, letter = asked()
    receive(answer_to(letter, "Ik doe alsof.", sender="vreemd@elders.example").as_bytes())
    assert texts(there.match) == ["Is er een beamer?"]
    assert fates() == [(Fate.REFUSED, "mail_of_another")]
    [told] = refusals()
    said = render(told)
    assert told.to_address == "vreemd@elders.example"
    assert "vanaf een ander adres" in said.text
    for secret in (there.match.need.title, there.officer.email, there.lecturer.display_name, reply_address(letter)):
        assert secret not in said.text + said.html


def test_one_sender_is_not_told_more_than_three_times_a_day() -> None:
    _, letter = asked()
    for number in range(5):
        receive(answer_to(letter, "Nog eens.", sender="vreemd@elders.example", number=str(number)).as_bytes())
    assert len(refusals()) == 3


@pytest.mark.parametrize("change", ["number", "signature", "capitals"])
def test_an_address_is_known_by_its_signature(change: str) -> None:
    there, letter = asked()
    mail = answer_to(letter, "Ja.")
    address = reply_address(letter)
    number, rest = address.split("+")[1].split("-")
    wrong = {
        "number": address.replace(f"+{number}-", f"+{int(number) + 1}-"),
        "signature": address.replace(rest[:3], "aaa" if rest[:3] != "aaa" else "bbb"),
        "capitals": address.upper(),
    }[change]
    mail.replace_header("To", wrong)
    receive(mail.as_bytes())
    good = change == "capitals"
    assert len(texts(there.match)) == (2 if good else 1)
    assert fates() == [(Fate.TAKEN, "") if good else (Fate.IGNORED, "unknown_address")]
    assert refusals() == []


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_submitted"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<lijst.example>"}, "list"),
        ({"Return_Path": "<>"}, "bounce"),
        ({"X_Autoreply": "yes"}, "auto_submitted"),
    ],
)
def test_a_machine_gets_no_answer_and_starts_no_loop(headers: dict[str, str], reason: str) -> None:
    there, letter = asked()
    for sender in (letter.to_address, "mailer@elders.example"):
        receive(answer_to(letter, "Ik ben met vakantie.", sender=sender, number=sender[:3], **headers).as_bytes())
    assert texts(there.match) == ["Is er een beamer?"]
    assert fates() == [(Fate.IGNORED, reason)] * 2
    assert refusals() == []


def test_our_own_letter_that_comes_back_is_ignored() -> None:
    there, letter = asked()
    mail = _compose(letter)
    mail.replace_header("To", reply_address(letter))
    receive(mail.as_bytes())
    assert fates() == [(Fate.IGNORED, "auto_submitted")]
    assert len(texts(there.match)) == 1


def test_sixty_megabytes_are_refused_and_not_kept() -> None:
    there, letter = asked()
    raw = answer_to(letter, "Groot.").as_bytes()
    receive(raw, size=60 * 1024 * 1024)
    assert fates() == [(Fate.REFUSED, "mail_too_large")]
    assert db.session.scalar(select(ReceivedMail.raw)) is None
    assert "hoogstens 45 MB" in render(refusals()[0]).text
    assert len(texts(there.match)) == 1


def test_an_answer_without_words_or_with_too_many_is_refused_in_words() -> None:
    there, letter = asked()
    receive(answer_to(letter, "").as_bytes())
    receive(answer_to(letter, "woord " * 1000, number="2").as_bytes())
    assert fates() == [(Fate.REFUSED, "required"), (Fate.REFUSED, "text_too_long")]
    assert ["Wij vonden geen tekst" in render(each).text for each in refusals()] == [True, False]
    assert len(texts(there.match)) == 1


def test_who_has_no_part_in_it_any_more_is_refused() -> None:
    there, letter = asked()
    there.officer.email = "nieuw@gemeente.example"
    receive(answer_to(letter, "Ja.", sender="nieuw@gemeente.example").as_bytes())
    for membership in there.officer.memberships:
        db.session.delete(membership)
    receive(answer_to(letter, "Nog iets.", number="2").as_bytes())
    assert fates() == [(Fate.TAKEN, ""), (Fate.REFUSED, "mail_not_found")]


def test_an_old_letter_cannot_be_answered() -> None:
    there, letter = asked()
    with time_machine.travel(now() + timedelta(days=actions.ANSWER_DAYS + 1), tick=False):
        receive(answer_to(letter, "Ja.").as_bytes())
    assert fates() == [(Fate.REFUSED, "mail_too_late")]
    assert len(texts(there.match)) == 1


def test_the_answer_to_a_question_of_the_desk_moves_the_match() -> None:
    here = scene()
    match = here.asked()
    ask(match, question="Hoeveel studenten zijn het?", by=here.officer)
    db.session.flush()
    receive(answer_to(letter_to(here.lecturer.email, "match_asked"), "Twintig.").as_bytes())
    assert match.state is State.REQUESTED
    assert match.events[-1].note == "Twintig."
    assert match.thread_id is None


def test_words_of_a_colleague_go_to_the_desk_and_not_to_the_asker() -> None:
    here = scene()
    match = here.asked()
    route(match, to=here.membership, by=here.officer)
    db.session.flush()
    receive(answer_to(letter_to(here.colleague.email, "match_routed"), "Lukt op dinsdag, denk ik.").as_bytes())
    assert match.state is State.ROUTED and match.thread_id is None
    assert "Lukt op dinsdag, denk ik." in render(letter_to(here.officer.email, "colleague_wrote")).text
    assert fates() == [(Fate.TAKEN, "")]


def test_what_goes_wrong_is_kept_and_can_be_tried_again() -> None:
    there, letter = asked()

    def stumble(_answer: object) -> None:
        db.session.add(Message(thread_id=there.match.thread_id, party="school", text="Half"))
        db.session.flush()
        raise RuntimeError("stroom weg")

    found = arrive(answer_to(letter, "Ja.").as_bytes())
    handle(found, take=stumble)
    assert (found.fate, found.reason, found.attempts) == (Fate.FAILED, "RuntimeError", 1)
    assert texts(there.match) == ["Is er een beamer?"]
    try_again(found, by=there.officer)
    handle(found, take=take)
    assert (found.fate, found.raw) == (Fate.TAKEN, None)
    assert texts(there.match) == ["Is er een beamer?", "Ja."]


def test_mail_is_forgotten_after_thirty_days() -> None:
    _, letter = asked()
    receive(answer_to(letter, "Ja.").as_bytes())
    forget_old_mail(now() + timedelta(days=29))
    assert len(fates()) == 1
    forget_old_mail(now() + timedelta(days=31))
    assert fates() == []


def broken(kind: str, letter: Letter) -> bytes:
    head = f"From: <{letter.to_address}>\r\nTo: {reply_address(letter)}\r\nMessage-ID: <{kind}@x>\r\n".encode()
    return {
        "latin": head + b"Content-Type: text/plain; charset=utf-8\r\n\r\nCaf\xe9 om tien uur\r\n",
        "unknown charset": head + b"Content-Type: text/plain; charset=x-wat\r\n\r\nCaf\xc3\xa9 om tien uur\r\n",
        "bad base64": head + b"Content-Transfer-Encoding: base64\r\n\r\nQ2Fmw6kgb20gdGllbiB1dXI\r\n",
        "raw subject": head + b"Subject: =?utf-8?q?Caf=E9?= \xff\xfe\r\n\r\nCaf\xc3\xa9 om tien uur\r\n",
        "broken html": head
        + "Content-Type: text/html; charset=utf-8\r\n\r\n<div>Café om tien uur<p></b><blockquote>Oud".encode(),
        "no boundary": head + "Content-Type: multipart/mixed\r\n\r\nCafé om tien uur\r\n".encode(),
        "nul in the subject": head + "Subject: Re\x00\x07: les\r\n\r\nCafé om tien uur\r\n".encode(),
        "a slow charset": head + "Content-Type: text/plain; charset=punycode\r\n\r\nCafé om tien uur\r\n".encode(),
        "nul": head + "\r\nCaf\x00é om tien uur\r\n".encode(),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        "latin", "unknown charset", "bad base64", "raw subject", "broken html", "no boundary", "nul",
        "nul in the subject", "a slow charset",
    ],
)  # fmt: skip
def test_a_badly_made_mail_still_says_what_it_says(kind: str) -> None:
    there, letter = asked()
    receive(broken(kind, letter))
    assert texts(there.match)[1:] == ["Café om tien uur"]


def test_many_parts_within_parts_do_not_fall_over() -> None:
    _, letter = asked()
    raw = f"From: <{letter.to_address}>\r\nTo: {reply_address(letter)}\r\nMessage-ID: <diep@x>\r\n".encode()
    for number in range(1500):
        raw += f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n'.encode()
    receive(raw)
    assert [fate for fate, _ in fates()] in ([Fate.REFUSED], [Fate.FAILED])


def test_an_empty_mail_is_ignored() -> None:
    receive(b"")
    assert fates() == [(Fate.IGNORED, "unknown_address")]


def test_someone_without_an_account_answers_by_mail_too() -> None:
    match, colleague, _ = asked_without_account()
    write_message(match, text="Waar is de school?", by=colleague, as_party=Party.COLLEAGUE)
    db.session.flush()
    letter = letter_to("fatima@elders.example")
    receive(answer_to(letter, "Aan de Dorpsstraat, naast de kerk.").as_bytes())
    last = messages_of(match.thread_id)[-1]
    assert (last.text, last.party, last.author) == ("Aan de Dorpsstraat, naast de kerk.", "visitor", None)
    heard = render(letter_to(colleague.email))
    assert "fatima@elders.example" not in heard.text + heard.html


def test_who_asked_before_cannot_write_once_it_has_ended() -> None:
    match, colleague, _ = asked_without_account()
    write_message(match, text="Waar is de school?", by=colleague, as_party=Party.COLLEAGUE)
    match.state = State.WITHDRAWN
    db.session.flush()
    receive(answer_to(letter_to("fatima@elders.example"), "Hallo?").as_bytes())
    assert fates() == [(Fate.REFUSED, "mail_invalid_move")]
    assert texts(match) == ["Waar is de school?"]
