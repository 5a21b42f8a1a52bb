"""Letters, jobs, the log, weights and the crosswalk."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from matchmaker.accounts.actions import ask_new_password
from matchmaker.audit.models import AuditEvent
from matchmaker.catalogue.models import CatalogueVersion, Subject
from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.profiles import KindGroup
from matchmaker.jobs.actions import claim_job, enqueue, fail_job, finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.jobs.periods import FIRST_PAUSE, claim_period, fail_period
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Letter, LetterStatus, Topic
from matchmaker.vocabulary import Role
from matchmaker.web.security import SHUT_IN
from matchmaker.words.dates import say_moment
from tests.conftest import QueryCount
from tests.factories import people
from tests.factories.client import Client


def letter(**values: object) -> Letter:
    made = queue_letter("sign_up_refused", topic=Topic.ACCOUNT, to=people.account(), organisation="Houten", **values)
    assert made is not None
    db.session.commit()
    return made


def test_a_letter_is_read_as_its_receiver_sees_it(keeper: Client) -> None:
    made = letter(because="<img src=x onerror=alert(1)>")
    page = keeper.get(f"/beheer/brieven/{made.id}").text
    assert "Uw aanmelding is niet doorgegaan" in page
    assert "<img src=x" not in page and "&lt;img src=x" in page


def test_the_html_of_a_letter_is_shut_in(keeper: Client) -> None:
    made = letter(because="<script>alert(1)</script>")
    plain = FlaskClient(keeper.application)
    administrator = people.member(Role.PLATFORM_ADMIN, people.role_home(Role.PLATFORM_ADMIN))
    plain.post("/inloggen", data={"email": administrator.email, "password": people.PASSWORD})
    answer = plain.get(f"/beheer/brieven/{made.id}/html")
    assert answer.headers["Content-Security-Policy"] == SHUT_IN
    assert "<script>" not in answer.text


def test_reading_a_letter_is_no_right_to_its_link(keeper: Client) -> None:
    person = people.account()
    ask_new_password(person.email, language="nl")
    db.session.commit()
    made, link = db.session.scalars(select(Letter)).one(), db.session.scalars(select(Link)).one()
    plain = FlaskClient(keeper.application)
    administrator = people.member(Role.PLATFORM_ADMIN, people.role_home(Role.PLATFORM_ADMIN))
    plain.post("/inloggen", data={"email": administrator.email, "password": people.PASSWORD})
    for path in ("", "/html"):
        page = plain.get(f"/beheer/brieven/{made.id}{path}").text
        assert "/wachtwoord/…" in page and token_of(link) not in page


def test_only_what_failed_can_be_sent_again(keeper: Client) -> None:
    made = letter(because="x")
    assert keeper.post(f"/beheer/brieven/{made.id}/opnieuw").status_code == 409
    made.status, made.attempts, made.error = LetterStatus.REFUSED, 8, "550 no such user"
    db.session.commit()
    assert "1 brief kwam niet aan" in keeper.get("/beheer/brieven").text
    assert "550 no such user" in keeper.get(f"/beheer/brieven/{made.id}").text
    assert keeper.post(f"/beheer/brieven/{made.id}/opnieuw").status_code == 302
    assert (made.status, made.attempts) == (LetterStatus.QUEUED, 0)


def test_letters_are_filtered_and_asked_for_as_often_with_three_as_with_one(
    keeper: Client, count_queries: Callable[[], QueryCount]
) -> None:
    numbers = []
    for amount in (1, 2):
        for _ in range(amount):
            made = letter(because="x")
        db.session.expire_all()
        with count_queries() as queries:
            assert keeper.get("/beheer/brieven").status_code == 200
        numbers.append(queries.number)
    assert numbers[0] == numbers[1] <= 20
    assert "Geen brieven gevonden" in keeper.get("/beheer/brieven?status=failed").text
    assert made.to_address not in keeper.get("/beheer/brieven?q=niemand").text


def test_a_failed_job_is_done_again(keeper: Client) -> None:
    job = enqueue("listings.import", by=None, total=10)
    job.state, job.error, job.attempts = JobState.FAILED, "ValueError: <b>rij 3</b>", 3
    db.session.commit()
    page = keeper.get("/beheer/taken").text
    assert "1 taak is niet gelukt" in page and "&lt;b&gt;rij 3" in page and "0 van 10" in page
    keeper.post(f"/beheer/taken/{job.id}/opnieuw")
    assert (job.state, job.attempts, job.error) == (JobState.WAITING, 0, "")
    db.session.commit()
    assert keeper.post(f"/beheer/taken/{job.id}/opnieuw").status_code == 409
    assert db.session.scalars(select(Job)).all() == [job]


def test_work_that_waits_for_another_try_does_not_go_well(keeper: Client) -> None:
    job = enqueue("listings.import", by=None, total=10)
    db.session.commit()
    assert "Al het werk op de achtergrond gaat goed" in keeper.get("/beheer/taken").text
    assert claim_job() is job
    fail_job(job, "ValueError: rij 3")
    db.session.commit()
    page = keeper.get("/beheer/taken").text
    assert "Niet al het werk op de achtergrond gaat goed" in page
    assert "wordt weer geprobeerd" in page and "ValueError: rij 3" in page
    finish_job(job)
    db.session.commit()
    page = keeper.get("/beheer/taken").text
    assert "Al het werk op de achtergrond gaat goed" in page and "ValueError" not in page


def test_periodic_work_that_fails_is_shown_until_it_goes_well(keeper: Client) -> None:
    failed = now() - timedelta(hours=1)
    with time_machine.travel(failed, tick=False):
        fail_period("erase_unused", "2026-11-24", claimed=failed, error="ValueError in privacy/erasing.py:208")
        db.session.commit()
    page = keeper.get("/beheer/taken").text
    assert "Niet al het werk op de achtergrond gaat goed" in page
    assert "erase_unused" in page and "ValueError in privacy/erasing.py:208" in page
    assert say_moment(failed) in page and say_moment(failed + FIRST_PAUSE) in page
    assert claim_period("erase_unused", "2026-11-24") is not None
    db.session.commit()
    assert "Al het werk op de achtergrond gaat goed" in keeper.get("/beheer/taken").text


def test_the_log_is_filtered_and_read_back_page_by_page(keeper: Client) -> None:
    actor = people.account(display_name="Zoekbaar Iemand")
    db.session.add_all(
        AuditEvent(action=f"proef_{number % 2}", object_kind="Proef", object_id=number, actor_id=actor.id)
        for number in range(1, 71)
    )
    db.session.commit()
    first = keeper.get("/beheer/logboek?soort=Proef").text
    assert "Proef 70<" in first and "Proef 21<" in first and "Proef 20<" not in first
    number = re.search(r"voor=(\d+)", first)
    assert number is not None
    second = keeper.get(f"/beheer/logboek?soort=Proef&voor={number[1]}").text
    assert "Proef 20<" in second and "Proef 1<" in second and "Proef 21<" not in second
    odd = keeper.get("/beheer/logboek?soort=Proef&actie=proef_1").text
    assert "Proef 69<" in odd and "Proef 68<" not in odd
    assert "Proef 70<" in keeper.get("/beheer/logboek?wie=zoekbaar").text
    assert "Niets gevonden" in keeper.get("/beheer/logboek?wie=niemand-heet-zo").text
    assert "Proef 7<" in keeper.get("/beheer/logboek?soort=Proef&nummer=7").text
    assert "Niets gevonden" in keeper.get("/beheer/logboek?soort=Proef&tot=2001-01-01").text


@pytest.mark.parametrize(
    "query",
    [
        "van=2026-02-30",
        "tot=9999-12-31",
        "van=0001-01-01",
        "nummer=99999999999999999999",
        "nummer=-1",
        "voor=x",
        "wie=%25",
    ],
)
def test_nonsense_in_the_filters_of_the_log_gives_a_page(keeper: Client, query: str) -> None:
    assert keeper.get(f"/beheer/logboek?{query}").status_code == 200


def points(**changes: str) -> dict[str, str]:
    weights = current_weights()
    cells = {f"{group}_{each}": str(weights.by_group[group][each]) for group in KindGroup for each in APPLIES[group]}
    return {**cells, "why": "Na de proef.", **changes}


def test_new_weights_are_a_new_version_with_a_reason(keeper: Client) -> None:
    before = current_weights().version
    assert keeper.get("/beheer/weging").status_code == 200
    assert keeper.post("/beheer/weging", data=points(places_subject="50")).status_code == 302
    assert current_weights().by_group[KindGroup.PLACES]["subject"] == 50
    assert current_weights().version != before
    assert "43,5 <" in keeper.get("/zo-werkt-de-match").text
    assert "43.5 <" in keeper.get("/zo-werkt-de-match?taal=en").text
    assert "Na de proef." in keeper.get("/beheer/weging").text


@pytest.mark.parametrize(
    "changes",
    [
        {"places_subject": "-1"},
        {"places_subject": "1001"},
        {"places_subject": "veel"},
        {"places_subject": ""},
        {"places_subject": "9" * 30},
        {"why": " "},
        {f"seats_{each}": "0" for each in APPLIES[KindGroup.SEATS]},
    ],
)
def test_weights_that_cannot_be_are_refused_and_stay_typed(keeper: Client, changes: dict[str, str]) -> None:
    before = current_weights().version
    answer = keeper.post("/beheer/weging", data=points(**changes))
    assert answer.status_code == 200 and "data-focus" in answer.text
    assert current_weights().version == before


def test_one_pair_of_the_crosswalk_changes_in_a_new_version(keeper: Client) -> None:
    _before, crosswalk = current_crosswalk()
    (work, study), strength = next(iter(sorted(crosswalk.strengths.items())))
    assert keeper.get(f"/beheer/kruistabel?werkveld={work}").status_code == 200
    other = "1" if strength != 1 else "2"
    path = f"/beheer/kruistabel/{work}/{study}"
    assert keeper.get(path).status_code == 200
    assert keeper.post(path, data={"strength": "7", "why": "x"}).status_code == 200
    assert keeper.post(path, data={"strength": other, "why": "Gezien in de praktijk."}).status_code == 302
    _version, changed = current_crosswalk()
    assert changed.strengths[work, study] == int(other)
    assert len(changed.strengths) == len(crosswalk.strengths)
    keeper.post(path, data={"strength": "0", "why": "Toch niet."})
    assert (work, study) not in current_crosswalk()[1].strengths
    rows = db.session.scalars(select(CatalogueVersion.version).where(CatalogueVersion.subject == Subject.CROSSWALK))
    assert sorted(rows) == ["1", "2", "3"]


def test_a_pair_that_does_not_exist_is_no_page(keeper: Client) -> None:
    for path in ("W99/0421", "W01/9999", "x/y", "%27/%00"):
        assert keeper.get(f"/beheer/kruistabel/{path}").status_code in (400, 404)


def test_the_log_is_read_in_sentences_and_shows_all_that_happened_to_one_thing(keeper: Client) -> None:
    person = people.account()
    ask_new_password(person.email, language="nl")
    db.session.commit()
    page = keeper.get("/beheer/logboek").text
    assert "Er is een nieuw wachtwoord gevraagd." in page and "ask_new_password<" not in page
    assert f'href="/beheer/logboek?soort=Account&amp;nummer={person.id}"' in page
    one = keeper.get(f"/beheer/logboek?soort=Account&nummer={person.id}").text
    assert f"Account {person.id}<" in one and "Iemand heeft ingelogd." not in one.split("<tbody")[1]
