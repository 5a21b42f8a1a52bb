"""A draft is kept while someone types: nothing half typed stops it, and nobody's work is overwritten."""

from datetime import timedelta

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.listings.models import Listing
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus, Role
from tests.factories import people
from tests.factories.client import Client
from tests.web.posting.steps import TEXT, hidden, only_listing, start


def version(listing: Listing) -> str:
    db.session.refresh(listing)
    return str(listing.version)


def test_what_is_typed_is_kept_and_the_next_version_comes_back(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    answer = client.post(f"{one}/wat/bewaren", data={"title": "Tel", "version": version(only_listing())})
    assert answer.status_code == 200
    assert answer.json is not None and answer.json["saved"].startswith("Opgeslagen om ")
    assert answer.json["version"] == version(only_listing())
    assert only_listing().title == "Tel"
    again = client.post(
        f"{one}/wat/bewaren", data={"title": "Tel mee", "text": "Half een zi", "version": answer.json["version"]}
    )
    assert (again.status_code, only_listing().title, only_listing().text) == (200, "Tel mee", "Half een zi")
    assert db.session.query(AuditEvent).filter_by(action="listing.saved").count() == 2


def test_nothing_new_writes_nothing(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    data = {"title": "Tel mee", "version": version(only_listing())}
    data["version"] = client.post(f"{one}/wat/bewaren", data=data).json["version"]  # type: ignore[index]
    assert client.post(f"{one}/wat/bewaren", data=data).json["version"] == data["version"]  # type: ignore[index]
    assert db.session.query(AuditEvent).filter_by(action="listing.saved").count() == 1


def test_a_field_that_cannot_be_yet_keeps_no_other_field_waiting(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    begin = today() + timedelta(days=60)
    data = {
        "hours_min": "24",
        "hours_max": "3 uur",
        "starts_on": begin.isoformat(),
        "ends_on": (begin - timedelta(days=2)).isoformat(),
        "place": "Nergenshuizen",
        "places": "2",
        "allowance_note": "In overleg",
        "version": version(only_listing()),
    }
    answer = client.post(f"{one}/wanneer/bewaren", data=data)
    made = only_listing()
    assert (made.hours_min, made.hours_max, made.starts_on, made.ends_on) == (24, None, begin, None)
    assert (made.places, made.place, made.allowance_note) == (2, "Houten", "In overleg")
    assert answer.json is not None and "3 velden zijn nog niet compleet" in answer.json["saved"]


def test_a_value_that_contradicts_what_was_kept_before_waits(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    client.post(f"{one}/voor-wie", data={"levels": ["mbo4"], "tracks": ["bbl"]})
    data = {"levels": ["hbo_bachelor"], "tracks": ["bbl"], "languages": ["en"], "version": version(only_listing())}
    answer = client.post(f"{one}/voor-wie/bewaren", data=data)
    made = only_listing()
    assert (answer.status_code, made.levels, made.tracks, made.languages) == (200, ["mbo4"], ["bbl"], ["en"])


def test_half_a_moment_leaves_the_moments_as_they_were(client: Client, college: Organisation) -> None:
    one = start(client, Kind.LECTURE, "/school/vragen")
    client.post(f"{one}/wanneer", data={"weekly": ["2-morning"], "minutes": "90"})
    day = (today() + timedelta(days=40)).isoformat()
    data = {"weekly": ["2-morning"], "day1": day, "minutes": "60", "version": version(only_listing())}
    answer = client.post(f"{one}/wanneer/bewaren", data=data)
    assert only_listing().slots == [{"weekday": 2, "part": "morning"}]
    assert only_listing().details["minutes"] == 60
    assert answer.json is not None and "1 veld is nog niet compleet" in answer.json["saved"]


def test_another_window_is_never_overwritten_and_both_versions_are_shown(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    old = version(only_listing())
    client.post(f"{one}/wat/bewaren", data={"title": "Uit het ene venster", "version": old})
    answer = client.post(f"{one}/wat/bewaren", data={"title": "Uit het andere", "version": old})
    assert answer.status_code == 409
    assert answer.json is not None and "ander venster" in answer.json["said"]
    assert only_listing().title == "Uit het ene venster"
    page = client.post(f"{one}/wat", data={"title": "Uit het andere", "text": TEXT, "version": old}).text
    assert "Uit het ene venster" in page and 'value="Uit het andere"' in page
    assert "data-autosave=" not in page


def test_what_is_online_is_never_changed_by_typing(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    client.post(f"{one}/wat", data={"title": "Tel mee op straat", "text": TEXT})
    client.post(f"{one}/publiceren")
    made = only_listing()
    assert made.status is ListingStatus.PUBLISHED
    assert "data-autosave=" not in client.get(f"{one}/wat").text
    answer = client.post(f"{one}/wat/bewaren", data={"title": "Half getyp", "text": TEXT, "version": version(made)})
    assert (answer.status_code, made.title) == (409, "Tel mee op straat")


def test_a_draft_of_another_organisation_does_not_exist(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    client.post("/uitloggen")
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    data = {"title": "Van mij", "version": version(only_listing())}
    assert client.post(f"{one}/wat/bewaren", data=data).status_code == 404
    assert only_listing().title == ""


def test_the_step_says_where_it_is_kept(client: Client, home: Organisation) -> None:
    one = start(client, Kind.WORK)
    for step in ("wat", "voor-wie", "wanneer"):
        page = client.get(f"{one}/{step}").text
        assert f'data-autosave="{one}/{step}/bewaren"' in page and "data-autosave-status" in page
        assert hidden(page, "version") == version(only_listing())
