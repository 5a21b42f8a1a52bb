"""Everything of a leaving colleague in one act."""

from collections.abc import Callable
from datetime import timedelta

import html5lib
from sqlalchemy import select

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.matches.states import State
from matchmaker.organisations.models import Leave, Membership, MembershipStatus, Organisation
from matchmaker.vocabulary import Role
from tests.factories import listings, matches, people
from tests.factories.client import Client

Join = Callable[..., Membership]


def test_offers_matches_and_cover_go_to_the_chosen_colleague(owner: Client, home: Organisation, join: Join) -> None:
    leaving, stays = join(Role.OFFICER, home), join(Role.OFFICER, home)
    offer = listings.offer(home, owner_id=leaving.account_id)
    match = matches.match(offer=offer, owner_id=leaving.account_id, state=State.REQUESTED)
    away = people.member(Role.COLLEAGUE, home)
    leave = Leave(
        account_id=away.id,
        organisation_id=home.id,
        cover_id=leaving.account_id,
        first_day=today(),
        last_day=today() + timedelta(days=3),
    )
    db.session.add(leave)
    db.session.commit()
    page = owner.get(f"/beheer/mensen/{leaving.id}/overdragen").text
    assert f"3 dingen van {leaving.account.display_name} gaan naar een collega" in page
    assert leaving.is_active and offer.owner_id == leaving.account_id
    answer = owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data={"successor": str(stays.account_id)})
    assert answer.status_code == 302
    assert (offer.owner_id, match.owner_id, leave.cover_id) == (stays.account_id,) * 3
    assert leaving.status is MembershipStatus.ENDED
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(2)).all()
    assert set(actions) == {"leave_organisation", "match.hand_over"}


def offered(owner: Client, leaving: Membership) -> set[str | None]:
    """The accounts one can choose from."""
    db.session.commit()
    page = html5lib.parse(owner.get(f"/beheer/mensen/{leaving.id}/overdragen").text, namespaceHTMLElements=False)
    return {each.get("value") for each in page.iter("input") if each.get("name") == "successor"}


def test_what_moves_needs_someone_and_nothing_moves_without(owner: Client, home: Organisation, join: Join) -> None:
    leaving, stranger = join(Role.OFFICER, home), join(Role.OFFICER, people.municipality())
    offer = listings.offer(home, owner_id=leaving.account_id)
    db.session.commit()
    for wrong in ("", str(stranger.account_id), str(leaving.account_id), "x", "9" * 30):
        answer = owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data={"successor": wrong})
        assert answer.status_code == 200
        assert "Kies wie het werk overneemt." in answer.text
    assert leaving.is_active and offer.owner_id == leaving.account_id


def test_only_colleagues_who_may_do_the_work_are_offered(owner: Client, home: Organisation, join: Join) -> None:
    leaving, officer, colleague = join(Role.OFFICER, home), join(Role.OFFICER, home), join(Role.COLLEAGUE, home)
    for role in (Role.BOARD, Role.HR_PLANNER, Role.ORG_ADMIN):
        join(role, home)
    listings.offer(home, owner_id=leaving.account_id)
    assert offered(owner, leaving) == {str(officer.account_id), str(colleague.account_id)}
    matches.match(offer=listings.offer(home), owner_id=leaving.account_id, state=State.REQUESTED)
    assert offered(owner, leaving) == {str(officer.account_id)}
    answer = owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data={"successor": str(colleague.account_id)})
    assert "Kies wie het werk overneemt." in answer.text and leaving.is_active


def test_who_leaves_nothing_behind_may_be_followed_by_any_colleague(
    owner: Client, home: Organisation, join: Join
) -> None:
    leaving = join(Role.OFFICER, home)
    board = join(Role.BOARD, home)
    assert str(board.account_id) in offered(owner, leaving)


def test_without_anyone_for_the_desk_the_page_says_so(owner: Client, home: Organisation, join: Join) -> None:
    leaving = join(Role.OFFICER, home)
    join(Role.COLLEAGUE, home)
    matches.match(offer=listings.offer(home), owner_id=leaving.account_id, state=State.REQUESTED)
    db.session.commit()
    page = owner.get(f"/beheer/mensen/{leaving.id}/overdragen").text
    assert "geen collega met een rol die dit werk mag doen" in page


def test_every_role_here_ends_and_those_elsewhere_stay(owner: Client, home: Organisation, join: Join) -> None:
    leaving = join(Role.OFFICER, home)
    person, elsewhere = leaving.account, people.municipality()
    people.member(Role.COLLEAGUE, home, who=person)
    people.member(Role.COLLEAGUE, elsewhere, who=person)
    db.session.commit()
    owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data={})
    rows = db.session.scalars(select(Membership).where(Membership.account_id == person.id)).all()
    assert {each.organisation_id: each.is_active for each in rows} == {home.id: False, elsewhere.id: True}


def test_the_person_who_left_is_out_in_the_next_request(owner: Client, home: Organisation, join: Join) -> None:
    leaving = join(Role.OFFICER, home)
    browser = owner.application.test_client()
    browser.post("/inloggen", data={"email": leaving.account.email, "password": people.PASSWORD})
    owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data={})
    assert browser.get("/loket/").headers["Location"].startswith("/inloggen")
    browser.post("/inloggen", data={"email": leaving.account.email, "password": people.PASSWORD})
    assert browser.get("/loket/").status_code == 403


def test_nobody_shows_themselves_out(owner: Client, home: Organisation, join: Join) -> None:
    join(Role.ORG_ADMIN, home)
    me = db.session.scalars(
        select(Membership).where(Membership.organisation_id == home.id).order_by(Membership.id)
    ).first()
    answer = owner.post(f"/beheer/mensen/{me.id}/overdragen", data={})
    assert "Dit kunt u niet bij uzelf doen." in answer.text
    assert me.is_active


def test_a_second_press_says_it_was_done(owner: Client, home: Organisation, join: Join) -> None:
    leaving = join(Role.OFFICER, home)
    data = {"submission_key": "k" * 32}
    answers = [owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data=data).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert owner.post(f"/beheer/mensen/{leaving.id}/overdragen", data={}).status_code == 409


def test_who_was_never_let_in_has_nothing_to_hand_over(owner: Client, home: Organisation, join: Join) -> None:
    for status in (MembershipStatus.ASKED, MembershipStatus.INVITED):
        address = f"/beheer/mensen/{join(Role.OFFICER, home, status=status).id}/overdragen"
        assert (owner.get(address).status_code, owner.post(address, data={}).status_code) == (404, 404)
