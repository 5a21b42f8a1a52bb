"""The organisation, its parts, its domains and its desk."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from matchmaker.database import db
from matchmaker.organisations.models import Desk, EmailDomain, Faculty, Membership, Organisation, Programme, Team
from matchmaker.vocabulary import OrganisationKind, Role
from tests.factories import listings, people
from tests.factories.client import Client

Join = Callable[..., Membership]


def test_text_and_colours_are_saved_and_hostile_text_is_shown_as_text(owner: Client, home: Organisation) -> None:
    home.crowded = ["W03", "0421"]
    db.session.commit()
    data = {"about": "<script>alert(1)</script>", "theme": "polder", "version": str(home.version)}
    assert owner.post("/beheer/organisatie", data=data).status_code == 302
    assert (home.theme, home.crowded) == ("polder", ["W03", "0421"])
    assert "<script>alert(1)" not in owner.get("/beheer/organisatie").text


@pytest.mark.parametrize("changes", [{"theme": "../../x"}, {"about": "x" * 8001}, {"about": "a\x00b"}])
def test_what_cannot_be_is_refused_at_the_field(owner: Client, home: Organisation, changes: dict[str, str]) -> None:
    data = {"about": "", "theme": "", "version": str(home.version), **changes}
    answer = owner.post("/beheer/organisatie", data=data)
    assert answer.status_code == 200 and "-fout" in answer.text


def test_an_organisation_of_others_does_not_exist(owner: Client) -> None:
    other = people.institution()
    faculty = Faculty(organisation_id=other.id, name="Recht")
    team = people.team(people.municipality())
    db.session.add(faculty)
    db.session.commit()
    for path in (
        f"organisaties/{other.id}",
        f"organisaties/{other.id}/maildomeinen",
        f"organisaties/{other.id}/loket",
        f"organisaties/{other.id}/teams/nieuw",
        f"teams/{team.id}",
        f"faculteiten/{faculty.id}",
        f"faculteiten/{faculty.id}/opleidingen/nieuw",
    ):
        assert owner.get(f"/beheer/{path}").status_code == 404, path
    assert owner.post(f"/beheer/teams/{team.id}/weghalen").status_code == 404


def test_a_domain_of_another_is_refused_to_an_organisation_and_granted_by_the_platform(
    owner: Client, keeper: Client, home: Organisation
) -> None:
    db.session.add(EmailDomain(domain="school.example", organisation_id=people.institution().id))
    db.session.commit()
    path = f"/beheer/organisaties/{home.id}/maildomeinen"
    for domain in ("school.example", "staf.school.example", "@SCHOOL.example."):
        assert "Dit bestaat al." in owner.post(path, data={"domain": domain}).text
    assert keeper.post(path, data={"domain": "School.example"}).status_code == 302
    rows = select(EmailDomain.domain).where(EmailDomain.organisation_id == home.id)
    assert db.session.scalars(rows).all() == ["school.example"]


@pytest.mark.parametrize("domain", ["", "nl", "gmail.com", "a b.nl", "x@y.nl", "-a.nl", "a..nl", "é.nl", "a" * 300])
def test_what_is_no_domain_of_an_organisation_is_refused(owner: Client, home: Organisation, domain: str) -> None:
    answer = owner.post(f"/beheer/organisaties/{home.id}/maildomeinen", data={"domain": domain})
    assert answer.status_code == 200 and 'id="domain-fout"' in answer.text


def test_teams_are_made_changed_and_removed_when_unused(owner: Client, home: Organisation, join: Join) -> None:
    path = f"/beheer/organisaties/{home.id}/teams/nieuw"
    assert owner.post(path, data={"name": "Water", "work_fields": ["W20"]}).status_code == 302
    assert "Dit bestaat al." in owner.post(path, data={"name": "WATER"}).text
    team = db.session.scalars(select(Team).where(Team.organisation_id == home.id)).one()
    owner.post(f"/beheer/teams/{team.id}", data={"name": "Water en riool", "version": str(team.version)})
    assert (team.name, team.work_fields) == ("Water en riool", [])
    offer = listings.offer(home, team_id=team.id)
    db.session.commit()
    owner.post(f"/beheer/teams/{team.id}/weghalen")
    assert db.session.get(Team, team.id) is not None
    offer.team_id = None
    db.session.commit()
    owner.post(f"/beheer/teams/{team.id}/weghalen")
    assert db.session.scalars(select(Team).where(Team.organisation_id == home.id)).all() == []


def test_a_school_has_faculties_with_programmes(keeper: Client) -> None:
    school = people.institution()
    db.session.commit()
    keeper.post(f"/beheer/organisaties/{school.id}/faculteiten/nieuw", data={"name": "Recht"})
    faculty = db.session.scalars(select(Faculty)).one()
    path = f"/beheer/faculteiten/{faculty.id}/opleidingen/nieuw"
    data = {"name": "Bestuurskunde", "levels": ["hbo_bachelor"], "isced": "0413"}
    assert keeper.post(path, data=data).status_code == 302
    assert keeper.post(path, data={**data, "name": "X", "isced": "9999"}).status_code == 200
    programme = db.session.scalars(select(Programme)).one()
    assert (programme.name, programme.levels, programme.isced) == ("Bestuurskunde", ["hbo_bachelor"], "0413")
    keeper.post(f"/beheer/faculteiten/{faculty.id}/weghalen")
    assert db.session.get(Faculty, faculty.id) is not None
    keeper.post(f"/beheer/opleidingen/{programme.id}/weghalen")
    keeper.post(f"/beheer/faculteiten/{faculty.id}/weghalen")
    assert db.session.scalars(select(Faculty)).all() == []


def test_a_region_gets_one_desk_for_its_municipalities(keeper: Client) -> None:
    bunnik, houten = people.municipality(with_desk=False, name="Bunnik"), people.municipality(name="Houten")
    db.session.commit()
    data = {"kind": "region", "sector": "vo", "name": "Samenwerking Linie", "place": "Bunnik"}
    answer = keeper.post("/beheer/organisaties/nieuw", data=data)
    region = db.session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.REGION)).one()
    assert answer.status_code == 302
    assert (region.slug, region.desk.holder) == ("samenwerking-linie", region)
    path = f"/beheer/organisaties/{region.id}/gemeenten"
    assert keeper.post(path, data={"municipality": "gemeente bunnik"}).status_code == 302
    assert bunnik.desk == region.desk
    first_see = keeper.post(path, data={"municipality": "Houten"})
    assert first_see.headers["Location"] == f"{path}/{houten.code}/erbij"
    assert "Deze gemeente kennen wij niet." in keeper.post(path, data={"municipality": "Atlantis"}).text
    assert houten.desk != region.desk
    keeper.post(f"{path}/weghalen", data={"code": bunnik.code})
    assert bunnik.desk is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"place": "Atlantis"}, "place"),
        ({"kind": "municipality"}, "kind"),
        ({"name": "!!"}, "name"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(keeper: Client, changes: dict[str, str], field: str) -> None:
    data = {"kind": "institution", "sector": "vo", "name": "Het Vo", "place": "Houten", **changes}
    answer = keeper.post("/beheer/organisaties/nieuw", data=data)
    assert answer.status_code == 200 and f'id="{field}-fout"' in answer.text


def test_the_same_name_twice_is_refused(keeper: Client) -> None:
    data = {"kind": "provider", "sector": "vo", "name": "Opleidingshuis", "place": "Houten"}
    assert keeper.post("/beheer/organisaties/nieuw", data=data).status_code == 302
    assert "Dit bestaat al." in keeper.post("/beheer/organisaties/nieuw", data=data).text


def test_the_platform_opens_a_desk_and_the_organisation_sets_its_promise(
    owner: Client, keeper: Client, home: Organisation
) -> None:
    woerden = people.municipality(with_desk=False, name="Woerden")
    db.session.commit()
    keeper.post(f"/beheer/organisaties/{woerden.id}/loket-openen")
    keeper.post(f"/beheer/organisaties/{woerden.id}/loket-openen")
    assert db.session.scalars(select(Desk).where(Desk.holder_id == woerden.id)).one() == woerden.desk
    desk = home.desk
    data = {"name": "Loket Houten", "first_answer_days": "3", "route_days": "6", "version": str(desk.version)}
    assert owner.post(f"/beheer/organisaties/{home.id}/loket", data=data).status_code == 302
    assert (desk.first_answer_days, desk.route_days, desk.takes_from_neighbours) == (3, 6, False)
    for wrong in ("0", "21", "-1", "2,5", "x", "9" * 40):
        answer = owner.post(f"/beheer/organisaties/{home.id}/loket", data={**data, "first_answer_days": wrong})
        assert answer.status_code == 200 and 'id="first_answer_days-fout"' in answer.text


def test_an_organisation_is_closed_and_opened_by_the_platform_alone(
    owner: Client, keeper: Client, home: Organisation, platform: Organisation
) -> None:
    assert owner.post(f"/beheer/organisaties/{home.id}/sluiten").status_code == 403
    keeper.post(f"/beheer/organisaties/{home.id}/sluiten")
    assert not home.active
    keeper.post(f"/beheer/organisaties/{home.id}/openen")
    keeper.post(f"/beheer/organisaties/{platform.id}/sluiten")
    assert home.active and platform.active


def test_the_list_of_organisations_is_searched_and_paged(keeper: Client) -> None:
    for number in range(30):
        people.municipality(with_desk=False, name=f"Gemeente {number:02d}")
    db.session.commit()
    first = keeper.get("/beheer/organisaties?soort=municipality").text
    assert "1 tot en met 25 van 30" in first and "pagina=2" in first
    assert "26 tot en met 30 van 30" in keeper.get("/beheer/organisaties?soort=municipality&pagina=2").text
    assert "1 tot en met 1 van 1" in keeper.get("/beheer/organisaties?q=gemeente+07").text
    assert Role.PLATFORM_ADMIN
