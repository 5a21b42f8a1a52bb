"""People and their roles, as an administrator sees them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from matchmaker.accounts.models import AccountStatus, SignInSession
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Membership, MembershipStatus, Organisation
from matchmaker.vocabulary import Role
from tests.conftest import QueryCount
from tests.factories import people
from tests.factories.client import Client

Join = Callable[..., Membership]


def test_the_list_holds_ones_own_people_alone(owner: Client, home: Organisation, join: Join) -> None:
    mine, theirs = join(Role.COLLEAGUE, home), join(Role.COLLEAGUE, people.municipality())
    page = owner.get("/beheer/mensen").text
    assert mine.account.display_name in page
    assert theirs.account.email not in page


def test_asking_for_another_organisation_changes_nothing(owner: Client, home: Organisation, join: Join) -> None:
    other = people.municipality()
    theirs = join(Role.COLLEAGUE, other)
    assert theirs.account.email not in owner.get(f"/beheer/mensen?organisatie={other.code}").text


def test_filters_narrow_and_nonsense_in_them_is_ignored(owner: Client, home: Organisation, join: Join) -> None:
    colleague, officer = join(Role.COLLEAGUE, home), join(Role.OFFICER, home)
    page = owner.get("/beheer/mensen?rol=colleague").text
    assert colleague.account.email in page and officer.account.email not in page
    for query in ("rol=koning", "status=x", "pagina=-1", "pagina=9999999", "pagina=²", "q=%25", "q='--", "pagina=1e9"):
        assert owner.get(f"/beheer/mensen?{query}").status_code == 200


def test_a_percent_sign_is_searched_as_itself(owner: Client, home: Organisation, join: Join) -> None:
    join(Role.COLLEAGUE, home)
    assert "Niemand gevonden" in owner.get("/beheer/mensen?q=%25%25").text


def test_those_who_wait_are_the_finding_of_the_page(owner: Client, home: Organisation, join: Join) -> None:
    join(Role.COLLEAGUE, home, status=MembershipStatus.ASKED)
    assert "<h1" in owner.get("/beheer/mensen").text
    assert "1 mens wacht op uw besluit" in owner.get("/beheer/mensen").text


def test_the_list_asks_as_often_with_three_rows_as_with_one(
    owner: Client, home: Organisation, join: Join, count_queries: Callable[[], QueryCount]
) -> None:
    numbers = []
    for amount in (1, 2):
        for _ in range(amount):
            join(Role.COLLEAGUE, home, team_id=people.team(home).id)
        db.session.expire_all()
        with count_queries() as queries:
            owner.get("/beheer/mensen")
        numbers.append(queries.number)
    assert numbers[0] == numbers[1] <= 20


@pytest.mark.parametrize(
    "path", ["", "/bevestigen", "/weigeren", "/overdragen", "/rol-beeindigen", "/opnieuw-uitnodigen"]
)
def test_a_person_of_another_organisation_does_not_exist(owner: Client, join: Join, path: str) -> None:
    theirs = join(Role.COLLEAGUE, people.municipality())
    for number in (theirs.id, 2**63 - 1):
        assert owner.post(f"/beheer/mensen/{number}{path}").status_code == 404
    assert owner.get(f"/beheer/mensen/{2**63}").status_code == 404


def test_inviting_sends_a_letter_and_shows_no_name_of_someone_known(owner: Client, home: Organisation) -> None:
    known = people.account(display_name="Geheime Naam")
    db.session.commit()
    data = {"email": known.email, "display_name": "Iemand", "role": "colleague"}
    answer = owner.post(f"/beheer/organisaties/{home.id}/uitnodigen", data=data)
    assert answer.status_code == 302
    page = owner.get("/beheer/mensen").text
    assert known.email in page and "Geheime Naam" not in page
    assert db.session.scalars(select(Letter.template).where(Letter.to_address == known.email)).all() == ["invitation"]


def test_inviting_the_same_person_twice_is_refused_at_the_field(owner: Client, home: Organisation, join: Join) -> None:
    there = join(Role.COLLEAGUE, home)
    data = {"email": there.account.email.upper(), "display_name": "X", "role": "colleague"}
    answer = owner.post(f"/beheer/organisaties/{home.id}/uitnodigen", data=data)
    assert answer.status_code == 200
    assert 'id="email-fout"' in answer.text and 'value="X"' in answer.text


@pytest.mark.parametrize("role", ["platform_admin", "lecturer", "", "koning"])
def test_a_role_beyond_reach_cannot_be_given(owner: Client, home: Organisation, role: str, join: Join) -> None:
    data = {"email": "nieuw@test.example", "display_name": "X", "role": role}
    assert owner.post(f"/beheer/organisaties/{home.id}/uitnodigen", data=data).status_code == 200
    colleague = join(Role.COLLEAGUE, home)
    owner.post(f"/beheer/mensen/{colleague.id}", data={"role": role, "version": str(colleague.version)})
    assert colleague.role is Role.COLLEAGUE


def test_nobody_is_invited_elsewhere(owner: Client) -> None:
    other = people.municipality()
    data = {"email": "nieuw@test.example", "display_name": "X", "role": "colleague"}
    db.session.commit()
    assert owner.post(f"/beheer/organisaties/{other.id}/uitnodigen", data=data).status_code == 404


def test_another_role_counts_at_once_and_signs_the_person_out(owner: Client, home: Organisation, join: Join) -> None:
    officer = join(Role.OFFICER, home)
    browser = owner.application.test_client()
    browser.post("/inloggen", data={"email": officer.account.email, "password": people.PASSWORD})
    assert browser.get("/loket/").status_code == 200
    owner.post(f"/beheer/mensen/{officer.id}", data={"role": "colleague", "version": str(officer.version)})
    assert browser.get("/loket/").headers["Location"].startswith("/inloggen")
    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "change_membership")).all()
    assert [each.details for each in events] == [{"before": "contact_officer", "after": "colleague"}]


def test_team_job_and_subjects_are_saved_and_foreign_teams_are_not(
    owner: Client, home: Organisation, join: Join
) -> None:
    colleague = join(Role.COLLEAGUE, home)
    own, foreign = people.team(home), people.team(people.municipality())
    db.session.commit()
    data = {"role": "colleague", "team": str(own.id), "job_title": "Planoloog", "speaks_about": ["W15", "W22"]}
    owner.post(f"/beheer/mensen/{colleague.id}", data={**data, "version": str(colleague.version)})
    assert (colleague.team, colleague.job_title, colleague.speaks_about) == (own, "Planoloog", ["W15", "W22"])
    wrong = {**data, "team": str(foreign.id), "version": str(colleague.version)}
    assert owner.post(f"/beheer/mensen/{colleague.id}", data=wrong).status_code == 200
    assert colleague.team == own


def test_two_administrators_do_not_overwrite_each_other(owner: Client, home: Organisation, join: Join) -> None:
    colleague = join(Role.COLLEAGUE, home)
    seen = str(colleague.version)
    for title in ("Een", "Twee"):
        data = {"role": "colleague", "job_title": title, "version": seen}
        answer = owner.post(f"/beheer/mensen/{colleague.id}", data=data)
    assert "Iemand anders heeft dit intussen veranderd." in answer.text
    assert colleague.job_title == "Een"


def test_the_last_administrator_cannot_be_taken_away(owner: Client, keeper: Client, home: Organisation) -> None:
    last = db.session.scalars(
        select(Membership).where(Membership.organisation_id == home.id, Membership.role == Role.ORG_ADMIN)
    ).one()
    number, version = last.id, str(last.version)
    for browser in (owner, keeper):
        answer = browser.post(f"/beheer/mensen/{number}", data={"role": "colleague", "version": version})
        assert "Dit is de laatste beheerder." in answer.text
    answer = keeper.post(f"/beheer/mensen/{number}/overdragen", data={})
    assert "Dit is de laatste beheerder." in answer.text
    keeper.post(f"/beheer/mensen/{number}/account-sluiten")
    last = db.session.get_one(Membership, number)
    assert last.is_active and last.account.status is AccountStatus.ACTIVE


def test_the_last_administrator_is_not_closed_by_way_of_another_role(
    keeper: Client, home: Organisation, join: Join
) -> None:
    person = join(Role.ORG_ADMIN, home).account
    beside = [join(Role.COLLEAGUE, each, who=person) for each in (home, people.municipality())]
    db.session.commit()
    for each in beside:
        keeper.post(f"/beheer/mensen/{each.id}/account-sluiten")
        assert person.status is AccountStatus.ACTIVE
    join(Role.ORG_ADMIN, home)
    keeper.post(f"/beheer/mensen/{beside[0].id}/account-sluiten")
    assert person.status is AccountStatus.DISABLED


def test_one_of_two_administrators_can_be_taken_away(keeper: Client, home: Organisation, join: Join) -> None:
    first, second = join(Role.ORG_ADMIN, home), join(Role.ORG_ADMIN, home)
    keeper.post(f"/beheer/mensen/{first.id}/overdragen", data={})
    assert (first.is_active, second.is_active) == (False, True)


def test_a_sign_up_is_let_in_or_refused_with_a_reason(owner: Client, home: Organisation, join: Join) -> None:
    first, second = (join(Role.COLLEAGUE, home, status=MembershipStatus.ASKED) for _ in range(2))
    assert owner.get(f"/beheer/mensen/{first.id}").headers["Location"].endswith("/bevestigen")
    owner.post(f"/beheer/mensen/{first.id}/bevestigen", data={"role": "contact_officer"})
    assert (first.is_active, first.role) == (True, Role.OFFICER)
    assert owner.post(f"/beheer/mensen/{second.id}/weigeren", data={"because": " "}).status_code == 200
    owner.post(f"/beheer/mensen/{second.id}/weigeren", data={"because": "Werkt hier niet."})
    assert second.status is MembershipStatus.ENDED
    assert owner.post(f"/beheer/mensen/{second.id}/bevestigen", data={"role": "colleague"}).status_code == 302
    assert second.status is MembershipStatus.ENDED


def test_a_closed_account_is_out_at_once(keeper: Client, home: Organisation, join: Join) -> None:
    colleague = join(Role.COLLEAGUE, home)
    browser = keeper.application.test_client()
    browser.post("/inloggen", data={"email": colleague.account.email, "password": people.PASSWORD})
    keeper.post(f"/beheer/mensen/{colleague.id}/account-sluiten")
    assert colleague.account.status is AccountStatus.DISABLED
    assert browser.get("/account").status_code == 302
    assert db.session.query(SignInSession).filter_by(account_id=colleague.account_id).count() == 0
    keeper.post(f"/beheer/mensen/{colleague.id}/account-openen")
    assert colleague.account.status is AccountStatus.ACTIVE


def test_an_invitation_can_be_sent_again_and_taken_back(owner: Client, home: Organisation) -> None:
    data = {"email": "nieuw@test.example", "display_name": "X", "role": "colleague"}
    owner.post(f"/beheer/organisaties/{home.id}/uitnodigen", data=data)
    waiting = db.session.scalars(select(Membership).where(Membership.status == MembershipStatus.INVITED)).one()
    assert "De uitnodiging is onderweg" in owner.get(f"/beheer/mensen/{waiting.id}").text
    assert owner.post(f"/beheer/mensen/{waiting.id}/opnieuw-uitnodigen").status_code == 302
    assert owner.post(f"/beheer/mensen/{waiting.id}/uitnodiging-intrekken").status_code == 302
    assert waiting.status is MembershipStatus.ENDED
    db.session.commit()
    assert owner.post(f"/beheer/mensen/{waiting.id}/opnieuw-uitnodigen").status_code == 409
