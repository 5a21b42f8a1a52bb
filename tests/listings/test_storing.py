"""Rows that are read in many at once are what the same listings would be when they were typed one by one."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.listings import actions
from matchmaker.listings.changes import changed_since, latest_change
from matchmaker.listings.import_export import export, job
from matchmaker.listings.import_export.importing import check_sheet
from matchmaker.listings.import_export.job import note_import, write_slices
from matchmaker.listings.import_export.sheets import read_sheet
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.search.models import ListingWords
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, Mode, Side
from tests.factories import people

pytestmark = pytest.mark.usefixtures("app")
TITLES = ("Tel mee op straat", "Onderzoek naar de Wmo", "Omgevingsvergunningen sneller")
TEXT = "Je telt fietsers bij drie scholen en schrijft een advies voor de wethouder over de wet open overheid."
COLUMNS = tuple(Listing.__mapper__.column_attrs.keys())
ITS_OWN = {"id", "version", "reference", "import_key", "import_event_id", "created_at", "published_at"}


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """What someone may type for a work placement or a lecture."""
    start = today() + timedelta(days=60)
    optional = {
        "work_fields": st.sampled_from([[], ["W10"], ["W15", "W10"]]),
        "study_fields": st.sampled_from([[], ["0732"], ["0421", "0732"]]),
        "study_words": st.sampled_from([[], ["integrale veiligheid"]]),
        "levels": st.sampled_from([[], ["mbo4"], ["mbo4", "hbo_bachelor"]]),
        "languages": st.sampled_from([[], ["nl", "en"]]),
        "starts_on": st.sampled_from([None, start]),
        "respond_before": st.sampled_from([None, start]),
        "place": st.sampled_from(["", "Zeist", "Groningen"]),
        "mode": st.sampled_from([str(each) for each in Mode]),
        "places": st.integers(1, 9),
        "supervisor_title": st.sampled_from(["", "adviseur"]),
        "particulars": st.sampled_from(["", "=1+1", "Neem een fiets mee."]),
    }
    return {
        "title": draw(st.sampled_from(TITLES)), "text": TEXT, **draw(st.fixed_dictionaries({}, optional=optional))
    }  # fmt: skip


def typed(home: Organisation, kind: Kind, value: dict[str, Any], *, online: bool) -> Listing:
    made = actions.save_draft(None, side=Side.OFFER, kind=kind, organisation=home, values=value, by=None)
    return actions.publish(made, by=None) if online else made


def read_in(home: Organisation, listings: list[Listing]) -> list[Listing]:
    sheet = read_sheet(export.to_csv(export.rows(listings)))
    checked = check_sheet(sheet, side=Side.OFFER, fingerprint="f" * 16, organisation=home)
    assert checked.bad == ()
    event = note_import(checked, about=home, by=None, organisation=home)
    made = [number for _, some in write_slices(checked.new, side=Side.OFFER, by=None, event=event) for number in some]
    db.session.flush()
    db.session.expire_all()
    assert event.details["made"] == len(made)
    return [db.session.get_one(Listing, number) for number in made]


def kept(listing: Listing) -> dict[str, Any]:
    """Everything the database holds of a listing, but for what is its own."""
    columns = {name: getattr(listing, name) for name in COLUMNS if name not in ITS_OWN}
    tags = db.session.query(ListingTag).filter_by(listing_id=listing.id)
    words = db.session.get_one(ListingWords, listing.id)
    return columns | {"tags": {(each.facet, each.value) for each in tags}, "words": (words.words, words.version)}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([Kind.WORK, Kind.LECTURE]), values(), st.booleans()), min_size=1, max_size=4))
def test_what_was_exported_is_read_in_as_it_was_typed(some: list[tuple[Kind, dict[str, Any], bool]]) -> None:
    home = people.municipality()
    team = people.team(home, name="Mobiliteit")
    before = [typed(home, kind, {**value, "team_id": team.id}, online=online) for kind, value, online in some]
    assert [kept(each) for each in read_in(home, before)] == [kept(each) for each in before]


def test_every_slice_has_a_change_number_with_its_listings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "AT_ONCE", 1)
    home = people.municipality()
    before = [typed(home, Kind.WORK, {"title": title, "text": TEXT}, online=True) for title in TITLES]
    db.session.commit()
    number = latest_change()
    made = read_in(home, before)
    db.session.commit()
    assert changed_since(number).listing_ids == {each.id for each in made}
