"""The yearly review of rights: a decision on everyone, signed, kept, and effective at once."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Membership, MembershipStatus, Organisation
from matchmaker.reviews.actions import remind_reviews
from matchmaker.reviews.models import ReviewReminder, RightsReview
from matchmaker.vocabulary import Role
from tests.factories import listings, people
from tests.factories.client import Client

PAGE = "/beheer/rechten"
Join = Callable[..., Membership]


def choices(client: Client, **changes: str) -> dict[str, str]:
    """Everyone on the page stays, but for who is named by number."""
    numbers = set(re.findall(r'name="besluit-(\d+)"', client.get(PAGE).text))
    return {f"besluit-{number}": changes.get(f"n{number}", "keep") for number in numbers}


def end(role: Membership) -> dict[str, str]:
    return {f"n{role.id}": "end"}


def test_everyone_but_students_is_there_and_nothing_is_chosen_beforehand(
    owner: Client, home: Organisation, join: Join
) -> None:
    shown, hidden, elsewhere = (
        join(Role.COLLEAGUE, home), join(Role.STUDENT, home), join(Role.COLLEAGUE, people.municipality())
    )  # fmt: skip
    page = owner.get(PAGE).text
    assert f"besluit-{shown.id}" in page
    assert f"besluit-{hidden.id}" not in page and f"besluit-{elsewhere.id}" not in page
    assert "checked" not in page
    assert "Niet ingelogd in het afgelopen jaar" in page


def test_signing_ends_a_role_at_once_and_keeps_what_was_decided(owner: Client, home: Organisation, join: Join) -> None:
    going, staying = join(Role.COLLEAGUE, home), join(Role.OFFICER, home)
    browser = Client(owner.application)
    browser.sign_in(going.account)
    answer = owner.post(PAGE, data=choices(owner, **end(going)))
    review = db.session.scalars(select(RightsReview)).one()
    assert answer.headers["Location"] == f"{PAGE}/{review.id}"
    assert browser.get("/start").headers["Location"].startswith("/inloggen?")
    assert (going.status, staying.status) == (MembershipStatus.ENDED, MembershipStatus.ACTIVE)
    page = owner.get(f"{PAGE}/{review.id}").text
    assert going.account.display_name in page and "Gestopt" in page and "Blijft" in page
    assert "1 rol" not in owner.get(PAGE).text and "3 rollen" in owner.get(PAGE).text


def test_the_file_holds_every_line_and_the_signature_and_no_formula(
    owner: Client, home: Organisation, join: Join
) -> None:
    role = join(Role.COLLEAGUE, home)
    role.account.display_name = "=1+1"
    db.session.commit()
    owner.post(PAGE, data=choices(owner, **end(role)))
    number = db.session.scalars(select(RightsReview.id)).one()
    answer = owner.get(f"{PAGE}/{number}.csv")
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert table[0] == ["Naam", "Adres", "Rol", "Sinds", "Laatst ingelogd", "Besluit"]
    assert ["'=1+1", role.account.email] in [line[:2] for line in table]
    assert table[-1][0].startswith("Houten, ondertekend door ")
    year = str(today().year)
    assert [cell for cell in (table[-1][0], *(line[3] for line in table[1:-1])) if year not in cell] == []
    sheet = load_workbook(io.BytesIO(owner.get(f"{PAGE}/{number}.xlsx").data)).active
    assert sheet is not None and sheet.max_row == len(table)


def test_who_leaves_someone_out_or_ends_the_last_administrator_signs_nothing(
    owner: Client, home: Organisation, join: Join
) -> None:
    role = join(Role.COLLEAGUE, home)
    me = db.session.scalars(select(Membership).where(Membership.role == Role.ORG_ADMIN)).one()
    sent = choices(owner, **end(role))
    for data in ({}, {f"besluit-{role.id}": "end"}, {**sent, "besluit-999999": "keep"}, {**sent, "besluit-x": "keep"}):
        expected = 302 if "besluit-x" in data else 200
        if expected == 200:
            assert "Kies bij iedereen." in owner.post(PAGE, data=data).text
    page = owner.post(PAGE, data=choices(owner, **end(me))).text
    assert "Dit kunt u niet bij uzelf doen" in page
    assert db.session.scalars(select(RightsReview)).all() == []
    assert role.status is MembershipStatus.ACTIVE


def test_who_still_holds_work_is_handed_over_first_and_what_was_chosen_stays(
    owner: Client, home: Organisation, join: Join
) -> None:
    busy, going = join(Role.COLLEAGUE, home), join(Role.COLLEAGUE, home)
    listings.offer(home, owner=busy.account)
    db.session.commit()
    page = owner.post(PAGE, data=choices(owner, **end(busy), **end(going))).text
    assert f"Draag eerst het werk over van: {busy.account.display_name}." in page
    assert page.count('value="end" checked') == 2
    assert (busy.status, going.status) == (MembershipStatus.ACTIVE, MembershipStatus.ACTIVE)


def test_a_role_beside_another_ends_alone_also_beside_one_that_is_not_reviewed(
    owner: Client, home: Organisation, join: Join
) -> None:
    person = join(Role.COLLEAGUE, home).account
    second, student = join(Role.OFFICER, home, who=person), join(Role.STUDENT, home, who=person)
    listings.offer(home, owner=person)
    db.session.commit()
    roles = db.session.scalars(select(Membership).where(Membership.account_id == person.id)).all()
    both = {name: value for role in roles if role is not student for name, value in end(role).items()}
    assert owner.post(PAGE, data=choices(owner, **both)).status_code == 302
    assert (second.status, student.status) == (MembershipStatus.ENDED, MembershipStatus.ACTIVE)


def test_a_review_of_another_organisation_does_not_exist(owner: Client, keeper: Client) -> None:
    owner.post(PAGE, data=choices(owner))
    number = db.session.scalars(select(RightsReview.id)).one()
    for path in (f"{PAGE}/{number}", f"{PAGE}/{number}.csv", f"{PAGE}/{number}.xlsx"):
        assert keeper.get(path).status_code == 404


def reminded() -> list[str]:
    rows = select(Letter.to_address).where(Letter.template == "rights_review_due").order_by(Letter.id)
    return list(db.session.scalars(rows))


def test_administrators_are_reminded_after_a_year_and_every_thirty_days(app: Flask) -> None:
    town = people.municipality()
    boss = people.member(Role.ORG_ADMIN, town, created_at=now() - timedelta(days=400))
    people.member(Role.OFFICER, town, created_at=now() - timedelta(days=400))
    people.member(Role.ORG_ADMIN, people.municipality())
    assert (remind_reviews(now()), remind_reviews(now())) == (1, 0)
    assert reminded() == [boss.email]
    sent = db.session.scalars(select(ReviewReminder)).one()
    sent.sent_at = now() - timedelta(days=31)
    db.session.flush()
    assert remind_reviews(now()) == 1
    sent.sent_at = now() - timedelta(days=31)
    db.session.add(RightsReview(organisation_id=town.id, signed_by_id=boss.id, signed_at=now() - timedelta(days=364)))
    db.session.flush()
    assert remind_reviews(now()) == 0
    assert len(reminded()) == 2
