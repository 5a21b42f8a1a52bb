"""A consent is given by a tick of its own, kept with the words that were read, and taken back at any time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from matchmaker.accounts.models import Account
from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now, today
from matchmaker.consents.models import Consent, Purpose
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.library.actions import hide, show
from matchmaker.library.models import FinishedWork
from matchmaker.links.actions import token_of
from matchmaker.placements import actions
from matchmaker.placements.letters import link_for
from matchmaker.placements.parts import Part
from matchmaker.placements.queries import Chosen, Tab, placements_page
from matchmaker.privacy.cleaning import clean
from matchmaker.privacy.erasing import erase
from matchmaker.vocabulary import ListingStatus
from tests.factories import people
from tests.factories.client import Client
from tests.joint.scenes import question, town
from tests.placements.scenes import Stage, person_of, stage

YEAR = timedelta(days=366)


@pytest.fixture
def there(app: Flask) -> Stage:
    """A placement that runs, with a student who has an account."""
    made = stage().running()
    db.session.commit()
    return made


def follow(made: Stage, **values: object) -> Consent:
    row = actions.let_follow(
        made.placement, today() + timedelta(days=90), consents=True, by=made.actor(Part.STUDENT), **values
    )
    return row.consent


def shown(made: Stage) -> FinishedWork:
    """What the student described, in the library."""
    made.placement.offer.status = ListingStatus.CLOSED
    actions.describe_product(
        made.placement, title="Heldere brieven", summary="Acht brieven.", may_show=True, by=made.actor(Part.STUDENT)
    )
    return actions.show_product(made.placement, by=made.actor(Part.OFFICER), account=made.officer)


def events(consent: Consent) -> list[tuple[str, int | None]]:
    rows = db.session.query(AuditEvent).filter_by(object_kind="Consent", object_id=consent.id).order_by(AuditEvent.id)
    return [(each.action, each.actor_id) for each in rows]


def test_it_holds_which_words_were_read_in_which_language_and_by_whom(there: Stage) -> None:
    consent = follow(there, language="en")
    assert (consent.purpose, consent.text_version, consent.language) == (Purpose.FOLLOW, 2, "en")
    assert (consent.account_id, consent.address, consent.stands) == (there.student.id, "", True)
    assert events(consent) == [("consent.given", there.student.id)]


def test_another_yes_is_another_row_and_ends_the_one_before(there: Stage) -> None:
    first, second = follow(there), follow(there)
    assert first.id != second.id
    assert (first.stands, second.stands) == (False, True)


def test_the_boxes_are_never_ticked_beforehand(there: Stage, client: Client) -> None:
    follow(there)
    shown(there)
    db.session.commit()
    client.sign_in(there.student)
    page = client.get(f"/plaatsingen/{there.placement.id}/daarna").text
    assert "Ik vind het goed dat iedereen deze titel en tekst kan vinden" in page
    assert "checked" not in page
    client.post("/uitloggen")
    client.sign_in(there.officer)
    page = client.get(f"/loket/gedaan/{there.placement.offer.reference}").text
    assert "Wij geven toestemming" in page and "checked" not in page


def test_the_page_shows_what_was_read_and_takes_it_back_after_a_look(there: Stage, client: Client) -> None:
    consent = follow(there, language="en")
    db.session.commit()
    client.sign_in(there.student)
    page = client.get("/account/toestemmingen").text
    assert "I agree that the municipality mails me until that day" in page and 'lang="en"' in page
    address = f"/account/toestemmingen/{consent.id}/intrekken"
    assert "De gemeente mag u niet meer benaderen" in client.get(address).text
    assert db.session.get_one(Consent, consent.id).stands
    assert client.post(address).status_code == 302
    db.session.expire_all()
    assert not there.placement.follow_on.stands_on(today())
    assert events(consent)[-1] == ("consent.withdrawn", there.student.id)
    assert "Ingetrokken op" in client.get("/account/toestemmingen").text
    assert client.post(address).status_code == 409


def test_what_is_taken_back_is_out_of_view_of_the_municipality(there: Stage) -> None:
    there.placement.state = "finished"
    consent = follow(there)
    db.session.flush()
    officer, chosen = there.officer.memberships[0], Chosen(tab=Tab.IN_VIEW)
    assert list(placements_page(officer, chosen)) == [there.placement]
    actions.stop_follow(there.placement, by=there.actor(Part.STUDENT))
    assert not consent.stands
    assert list(placements_page(officer, chosen)) == []


def test_nobody_takes_back_what_another_agreed_to(there: Stage, client: Client) -> None:
    consent = follow(there)
    db.session.commit()
    client.sign_in(there.coordinator)
    address = f"/account/toestemmingen/{consent.id}/intrekken"
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert client.get("/account/toestemmingen/999999/intrekken").status_code == 404
    assert "Toestemming" not in client.get("/account/toestemmingen").text.split("</nav>")[-1]


def test_taken_back_the_work_is_out_of_the_library_and_the_desk_cannot_put_the_same_words_back(there: Stage) -> None:
    work = shown(there)
    assert work.is_shown and work.consent.account_id == there.student.id
    actions.withdraw_product(there.placement, by=there.actor(Part.STUDENT))
    assert not work.is_shown
    same = {"title": work.title, "summary": work.summary, "school_id": None, "consents": True}
    with pytest.raises(InvalidValue) as refused:
        show(there.placement.offer, by=there.officer, **same)
    assert (refused.value.field, refused.value.reason) == ("summary", "words_of_a_student")
    with pytest.raises(InvalidMove):
        actions.show_product(there.placement, by=there.actor(Part.OFFICER), account=there.officer)
    own = show(there.placement.offer, by=there.officer, **{**same, "summary": "Het loket vertelt het zelf."})
    assert own.is_shown and own.consent.is_for_an_organisation


def test_other_words_are_not_shown_before_the_desk_shows_them(there: Stage) -> None:
    work = shown(there)
    actions.describe_product(
        there.placement, title="Anders", summary="Negen brieven.", may_show=True, by=there.actor(Part.STUDENT)
    )
    assert not work.is_shown
    again = actions.show_product(there.placement, by=there.actor(Part.OFFICER), account=there.officer)
    assert again is work and again.is_shown and again.summary == "Negen brieven."


def test_the_desk_hides_the_work_of_a_student_without_taking_back_their_consent(there: Stage) -> None:
    work = shown(there)
    hide(work, by=there.officer)
    assert not work.is_shown and work.consent.stands


def test_who_has_no_account_agrees_and_takes_back_by_the_link(there: Stage, client: Client) -> None:
    student = person_of(there, Part.STUDENT)
    student.account, student.name, student.address = None, "Noor de Vries", "Noor@Student.example"
    db.session.commit()
    link = f"/plaatsing/{token_of(link_for(student))}"
    db.session.commit()
    until = (today() + timedelta(days=30)).isoformat()
    assert client.post(f"{link}/daarna/volgen", data={"until": until}).status_code == 200
    assert db.session.query(Consent).count() == 0
    assert client.post(f"{link}/daarna/volgen", data={"until": until, "consents": "y"}).status_code == 302
    said = {"title": "Brieven", "summary": "Acht brieven.", "may_show": "y"}
    assert client.post(f"{link}/daarna/werk", data=said).status_code == 302
    found = db.session.query(Consent).order_by(Consent.id).all()
    assert [(each.account_id, each.address) for each in found] == [(None, "noor@student.example")] * 2
    assert client.post(f"{link}/daarna/niet-volgen").status_code == 302
    assert client.post(f"{link}/daarna/werk-weg").status_code == 302
    db.session.expire_all()
    assert [each.stands for each in found] == [False, False]
    assert client.post(f"{link}/daarna/werk-weg").status_code == 409


def test_what_was_given_for_the_municipality_stays_when_its_giver_is_erased(app: Flask, client: Client) -> None:
    here, officer = town("Amersfoort")
    work = show(
        question(here, status=ListingStatus.CLOSED),
        title="Een speelplek",
        summary="Kinderen testten haar.",
        school_id=None,
        consents=True,
        by=people.account(),
    )
    giver = db.session.get_one(Account, work.consent.account_id)
    db.session.commit()
    client.sign_in(giver)
    assert "Elke collega van het loket kan het weghalen" in client.get("/account/toestemmingen").text
    assert client.post(f"/account/toestemmingen/{work.consent_id}/intrekken").status_code == 409
    erase(giver)
    db.session.expire_all()
    assert work.is_shown and work.consent.account_id is None


def test_what_someone_allowed_for_themselves_ends_when_they_are_erased(there: Stage) -> None:
    work, consent = shown(there), follow(there)
    there.placement.ended_at = now()
    db.session.flush()
    erase(there.student)
    db.session.expire_all()
    assert not work.is_shown and not consent.stands and consent.account_id is None


def test_a_consent_goes_a_year_after_it_ended_and_not_before(there: Stage) -> None:
    work = shown(there)
    number, standing = work.id, follow(there)
    actions.withdraw_product(there.placement, by=there.actor(Part.STUDENT))
    clean(now() + timedelta(days=364))
    assert db.session.query(Consent).count() == 2
    clean(now() + YEAR)
    db.session.expire_all()
    assert db.session.get(FinishedWork, number) is None
    left = {each.id for each in db.session.query(Consent)}
    assert standing.id in left and len(left) == 2
    db.session.delete(there.placement.product)
    db.session.flush()
    clean(now() + YEAR)
    assert {each.id for each in db.session.query(Consent)} == {standing.id}


def test_the_page_asks_as_often_for_one_consent_as_for_three(
    there: Stage, client: Client, count_queries: Callable[[], AbstractContextManager[Any]]
) -> None:
    client.sign_in(there.student)
    asked = []
    for _ in range(2):
        follow(there)
        shown(there)
        db.session.commit()
        db.session.expire_all()
        with count_queries() as queries:
            assert client.get("/account/toestemmingen").status_code == 200
        asked.append(queries.number)
    assert asked[0] == asked[1]
