"""What an administrator of the platform sees of answers by mail."""

from collections.abc import Callable

import pytest

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.replies.models import Fate, ReceivedMail
from tests.factories.client import Client


def mail(number: int, fate: Fate, **values: object) -> ReceivedMail:
    made = ReceivedMail(
        **{
            "key": f"{number:064}",
            "sender": f"iemand{number}@school.example",
            "subject": f"Re: Bericht {number}",
            "fate": fate,
            "arrived_at": now(),
            **values,
        }
    )
    db.session.add(made)
    db.session.flush()
    return made


def test_without_any_the_page_says_how_to_begin(keeper: Client):
    page = keeper.get("/beheer/antwoorden").text
    assert "Er kwam nog geen antwoord per mail" in page
    assert "REPLY_TO" in page


def test_each_mail_shows_what_became_of_it_and_why(keeper: Client):
    mail(1, Fate.TAKEN)
    mail(2, Fate.REFUSED, reason="file_too_large", details={"n": 10})
    mail(3, Fate.REFUSED, reason="mail_too_large", details={"n": 45})
    mail(4, Fate.IGNORED, reason="auto_submitted")
    page = keeper.get("/beheer/antwoorden").text
    for words in ("Re: Bericht 1", "hoogstens 10 MB", "hoogstens 45 MB", "Automatisch antwoord"):
        assert words in page
    assert "Re: Bericht 1" not in keeper.get("/beheer/antwoorden?status=refused").text


def test_what_failed_can_be_tried_again_and_nothing_else(keeper: Client):
    failed = mail(1, Fate.FAILED, reason="RuntimeError", raw=b"x")
    taken = mail(2, Fate.TAKEN)
    page = keeper.get("/beheer/antwoorden").text
    assert "1 antwoord is mislukt" in page and "RuntimeError" in page
    assert keeper.post(f"/beheer/antwoorden/{failed.id}/opnieuw").status_code == 302
    assert failed.fate is Fate.ARRIVED
    assert keeper.post(f"/beheer/antwoorden/{taken.id}/opnieuw").status_code == 409
    assert keeper.post("/beheer/antwoorden/999/opnieuw").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(keeper: Client, count_queries: Callable, number: int):
    for each in range(number):
        mail(each, Fate.TAKEN)
    db.session.expire_all()
    with count_queries() as queries:
        assert keeper.get("/beheer/antwoorden").status_code == 200
    assert queries.number == 5
