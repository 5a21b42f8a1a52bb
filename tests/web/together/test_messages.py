"""The thread of a match."""

import pytest

from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter, Topic
from matchmaker.matches.states import State
from matchmaker.threads.models import Message
from tests.factories.client import Client
from tests.factories.dates import meeting

NASTY = '<script>alert(1)</script> <a href="javascript:x">klik</a> {{ 7*7 }}'


def test_the_other_side_reads_the_gist_in_the_first_line_of_a_letter(client: Client):
    there = meeting()
    client.sign_in(there.lecturer).post(
        f"/samen/{there.match.id}/bericht", data={"text": "Is er een beamer?\nGroet, Marit"}
    )
    sent = db.session.query(Letter).filter_by(template="message_posted").order_by(Letter.id).all()
    assert [letter.to_address for letter in sent] == [there.colleague.email, there.officer.email]
    assert {letter.topic for letter in sent} == {Topic.MESSAGES}
    letter = render(sent[0])
    assert letter.text.splitlines()[2] == "Marit Verhoef schrijft: Is er een beamer? Groet, Marit"
    assert there.lecturer.email not in letter.text + letter.html


def test_a_nasty_message_stays_text_everywhere(client: Client):
    there = meeting()
    client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/bericht", data={"text": NASTY})
    page = client.get(f"/samen/{there.match.id}").text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    letter = render(db.session.query(Letter).filter_by(template="message_posted").first())
    assert "<script>" not in letter.html


def test_an_address_in_a_message_does_not_become_a_link(client: Client):
    there = meeting()
    client.sign_in(there.lecturer).post(
        f"/samen/{there.match.id}/bericht", data={"text": "Kijk op https://elders.example/x"}
    )
    assert 'href="https://elders.example' not in client.get(f"/samen/{there.match.id}").text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Schrijf eerst een bericht"),
        ("   \n", "Schrijf eerst een bericht"),
        pytest.param("x" * 4001, "hoogstens 4000 tekens", id="too long"),
        ("a\x00b", "niet kunnen bewaren"),
    ],
)
def test_a_message_that_cannot_be_kept_is_refused_in_words(client: Client, text: str, words: str):
    there = meeting()
    answer = client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/bericht", data={"text": text})
    assert answer.status_code == 200
    assert words in answer.text
    assert db.session.query(Message).count() == 0


def test_a_megabyte_is_refused_without_falling_over(client: Client):
    there = meeting()
    answer = client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/bericht", data={"text": "x" * 1_000_000})
    assert answer.status_code in (200, 413)
    assert db.session.query(Message).count() == 0


def test_a_double_click_posts_once(client: Client):
    there = meeting()
    client.sign_in(there.lecturer)
    for _ in range(2):
        client.post(f"/samen/{there.match.id}/bericht", data={"text": "Hallo", "submission_key": "c" * 32})
    assert db.session.query(Message).count() == 1


def test_what_others_wrote_is_new_until_it_is_read(client: Client):
    there = meeting()
    client.sign_in(there.officer).post(f"/samen/{there.match.id}/bericht", data={"text": "De zaal is gereserveerd."})
    assert "nieuw bericht" not in client.get("/samen/").text
    client.post("/uitloggen")
    client.sign_in(there.lecturer)
    assert "1 nieuw bericht" in client.get("/samen/").text
    client.post(f"/samen/{there.match.id}/gelezen")
    assert "1 nieuw bericht" not in client.get("/samen/").text


def test_nobody_writes_in_a_proposal(client: Client):
    there = meeting(state=State.PROPOSED)
    client.sign_in(there.lecturer).post(f"/samen/{there.match.id}/bericht", data={"text": "Hallo"})
    assert db.session.query(Message).count() == 0
