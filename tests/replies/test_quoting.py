"""What is left of an answer: the words of the writer, all of them and no others."""

import time

import pytest

from matchmaker.replies.html_text import words_of
from matchmaker.replies.quoting import written

OUR = "Matchmaker <loket@x.example>"
ANSWERS = {
    "Gmail in Dutch": f"Ja, dat kan.\n\nOp ma 30 nov 2026 om 10:00 schreef {OUR}:\n> Is er een beamer?",
    "Gmail over two lines": "Ja, dat kan.\n\nOp ma 30 nov 2026 om 10:00 schreef Ons Loket <\nl@x.example>:\n\n> Is er",
    "Apple in Dutch": "Ja, dat kan.\n\nVerstuurd vanaf mijn iPhone\n\n> Op 30 nov 2026 heeft X geschreven:\n> Oud",
    "Outlook in Dutch": f"Ja, dat kan.\n\nVan: {OUR}\nVerzonden: maandag\nAan: Y\nOnderwerp: Re\n\nOud",
    "Outlook with a line": "Ja, dat kan.\n________________________________\nVan: X\nOud",
    "Outlook in English": "Ja, dat kan.\n\nFrom: Matchmaker\nSent: Monday\nTo: Y\nSubject: Re\n\nOld",
    "Gmail in English": "Ja, dat kan.\n\nOn Mon, Nov 30, 2026 at 10:00 AM Matchmaker <l@x.example> wrote:\n> Old",
    "old Outlook": "Ja, dat kan.\n\n-----Oorspronkelijk bericht-----\nVan: X\nOud",
    "Gmail in German": f"Ja, dat kan.\n\nAm Mo., 30. Nov. 2026 um 10:00 Uhr schrieb {OUR}:\n> Alt",
    "Gmail in German on two lines": "Ja, dat kan.\n\nAm Mo., 30. Nov. um 10:00 schrieb Loket <\nl@x.example>:\n\n> A",
    "Outlook in German": f"Ja, dat kan.\n\nVon: {OUR}\nGesendet: Montag\nAn: Y\nBetreff: Re\n\nAlt",
    "old Outlook in German": "Ja, dat kan.\n\n-----Ursprüngliche Nachricht-----\nVon: X\nAlt",
    "Apple in German": "Ja, dat kan.\n\nVon meinem iPhone gesendet",
    "a German greeting": "Ja, dat kan.\n\nMit freundlichen Grüßen\nJan Beck\nj.beck@x.example",
    "an English greeting": "Ja, dat kan.\n\nYours sincerely,\nJan Beck\nj.beck@x.example",
    "our own line": "Ja, dat kan.\n\n> Schrijf uw antwoord boven deze regel.\n> Beste lezer",
    "a greeting": "Ja, dat kan.\n\nMet vriendelijke groet,\n\nYusuf Bakker\nGemeente Utrecht\n030-1234567",
    "a short greeting": "Ja, dat kan.\n\nGroet, Marit",
    "a signature": "Ja, dat kan.\n-- \nMarit Verhoef\nHogeschool Vechtland",
    "a quote above": "> Is er een beamer?\n\nJa, dat kan.",
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_a_mail_program_adds_is_cut(kind: str) -> None:
    assert written(ANSWERS[kind]) == "Ja, dat kan."


@pytest.mark.parametrize(
    "text",
    [
        "Hallo,\nBedankt, ik kom dinsdag om tien uur.\nTot dan!",
        "Wat wij nodig hebben:\n- een beamer\n- een scherm",
        "Op dinsdag schreef ik al dat het kan.\nDat blijft zo.",
        "Groeten doen wij niet: het kan.",
        "Van: ik\nvoor: jou",
        "On time as always.",
        "Wir kommen mit vielen Grüßen aus Bonn.",
    ],
)
def test_what_the_writer_says_stays(text: str) -> None:
    assert written(text) == text


def test_a_mail_of_only_a_quote_says_nothing() -> None:
    assert written("Op ma 30 nov 2026 om 10:00 schreef Matchmaker <l@x.example>:\n> Oud") == ""


@pytest.mark.parametrize("text", ["Op " * 400_000, "Op x\n" * 200_000, ">" * 1_000_000, " \n" * 500_000])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    started = time.thread_time()
    written(text)
    assert time.thread_time() - started < 2


def test_the_words_of_html_are_those_a_reader_sees() -> None:
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body>"
        "<p>Ja,<br>dat &amp; meer kan.</p><ul><li>een</li></ul>"
        "<script>alert(1)</script><div class='gmail_quote'><blockquote>Oud</blockquote></div><p>Oud</p></body></html>"
    )
    assert words_of(page) == "Ja,\ndat & meer kan.\n\neen"
