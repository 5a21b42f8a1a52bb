"""Where a municipality has no places, and where it is crowded."""

from matchmaker.database import db
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client


def signed_in(client: Client, role: Role = Role.OFFICER) -> Organisation:
    home = people.municipality(theme="polder")
    client.sign_in(people.member(role, home))
    return home


def test_fields_of_work_and_programmes_are_kept_as_codes(client: Client) -> None:
    home = signed_in(client)
    answer = client.post(
        "/gemeente/over-ons",
        data={
            "about": "Wij werken aan water.",
            "no_places_for": ["W20"],
            "crowded_programmes": "HBO-Rechten; Social Work",
        },
    )
    assert answer.status_code == 302
    db.session.refresh(home)
    assert (home.about, home.theme, home.no_places_for) == ("Wij werken aan water.", "polder", ["W20"])
    assert home.crowded == ["0421", "0923"]
    page = client.get("/gemeente/over-ons").text
    assert "checked" in page and "Recht" in page


def test_a_programme_nobody_knows_is_said_and_nothing_is_lost(client: Client) -> None:
    home = signed_in(client)
    page = client.post("/gemeente/over-ons", data={"about": "Tekst", "crowded_programmes": "Toverkunst"}).text
    assert "Deze opleiding kennen wij niet: Toverkunst" in page and 'value="Toverkunst"' in page
    assert home.crowded == []


def test_a_field_of_work_that_does_not_exist_is_refused(client: Client) -> None:
    home = signed_in(client)
    assert client.post("/gemeente/over-ons", data={"no_places_for": ["W99"]}).status_code == 200
    assert home.no_places_for == []


def test_two_officers_see_each_others_change(client: Client) -> None:
    home = signed_in(client)
    seen = str(home.version)
    client.post("/gemeente/over-ons", data={"about": "Van de eerste", "version": seen})
    page = client.post("/gemeente/over-ons", data={"about": "Van de tweede", "version": seen}).text
    assert "Van de eerste" in page and "Van de tweede" in page
    db.session.refresh(home)
    assert home.about == "Van de eerste"


def test_a_colleague_who_is_no_contact_officer_may_not(client: Client) -> None:
    signed_in(client, Role.COLLEAGUE)
    assert client.get("/gemeente/over-ons").status_code == 403


def test_what_is_said_stands_by_name_on_the_public_page(client: Client) -> None:
    home = people.municipality(no_places_for=["W20"], crowded=["0421", "Handschrift"])
    page = client.get(f"/gemeenten/{home.slug}").text
    assert "Openbare ruimte, riolering, water en afval" in page
    assert "Recht" in page and "Handschrift" in page and "0421" not in page
