"""First see what moves, then move: joining a region and leaving it, by an administrator of the platform."""

from matchmaker.database import db
from matchmaker.matches import actions
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import OrganisationKind
from tests.factories import people
from tests.factories.client import Client
from tests.matches.scenes import scene


def a_region() -> Organisation:
    region = people.organisation(OrganisationKind.REGION, name="Regio Vechtland")
    people.desk(region)
    db.session.refresh(region)
    return region


def test_the_page_shows_what_moves_before_anything_does(keeper: Client) -> None:
    here, region = scene(title="Spreker over schulden"), a_region()
    match = here.asked()
    actions.take(match, by=here.officer)
    own = here.desk
    page = keeper.get(f"/beheer/organisaties/{region.id}/gemeenten/{here.municipality.code}/erbij").text
    assert "1 open vraag gaat mee" in page and "Spreker over schulden" in page and "van Yusuf Bakker" in page
    assert match.desk_id == own.id


def test_joining_and_leaving_go_by_the_page_of_the_region(keeper: Client) -> None:
    here, region = scene(), a_region()
    match, own = here.asked(), here.desk
    path = f"/beheer/organisaties/{region.id}/gemeenten"
    to = keeper.post(path, data={"municipality": "Utrecht"}).headers["Location"]
    answer = keeper.post(to, data={}, follow_redirects=True)
    assert "Verhuisd, met 1 vraag." in answer.text and "Utrecht" in answer.text
    assert here.municipality.desk == region.desk == match.desk
    officer = keeper.application.test_client()
    officer.sign_in(here.officer)
    assert officer.get(f"/loket/vraag/{match.id}").status_code == 200
    back = keeper.post(f"{path}/weghalen", data={"code": here.municipality.code}).headers["Location"]
    assert "1 open vraag gaat mee" in keeper.get(back).text
    keeper.post(back, data={})
    assert here.municipality.desk == own == match.desk


def test_a_municipality_the_region_does_not_serve_cannot_leave_it(keeper: Client) -> None:
    here, region = scene(), a_region()
    own, path = here.desk, f"/beheer/organisaties/{region.id}/gemeenten/{here.municipality.code}/eruit"
    assert "Deze gemeente kennen wij niet." in keeper.post(path, data={}, follow_redirects=True).text
    assert here.municipality.desk == own
    assert keeper.get(f"/beheer/organisaties/{region.id}/gemeenten/GM9999/erbij").status_code == 404
