"""The life of a listing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaker.audit.models import AuditEvent
from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NoPlaceLeft, NotAllowed, NotFound
from matchmaker.listings import actions, queries
from matchmaker.listings.models import Listing, ListingTag
from matchmaker.listings.values import InvalidListing
from matchmaker.mail.models import Letter
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, ListingStatus, Role, Side
from tests.factories import listings, people

TEXT = "Je telt fietsers bij drie scholen en schrijft een advies voor de wethouder."
pytestmark = pytest.mark.usefixtures("app")


def draft(of: Organisation, **values: object) -> Listing:
    given = {"title": "Tel mee op straat", "text": TEXT, **values}
    return actions.save_draft(None, side=Side.OFFER, kind=Kind.WORK, organisation=of, values=given, by=None)


def events() -> list[str]:
    return [each.action for each in db.session.query(AuditEvent).order_by(AuditEvent.id)]


def letters() -> list[str]:
    return [each.template for each in db.session.query(Letter).order_by(Letter.id)]


def save(listing: Listing, **values: object) -> Listing:
    assert listing.organisation
    return actions.save_draft(
        listing, side=listing.side, kind=listing.kind, organisation=listing.organisation, values=values, by=None
    )


def test_a_draft_may_be_empty_and_stands_at_the_own_place() -> None:
    home = people.municipality(place="Houten", latitude=52.03, longitude=5.17)
    made = actions.save_draft(None, side=Side.OFFER, kind=Kind.WORK, organisation=home, values={}, by=None)
    assert (made.status, made.place, made.latitude) == (ListingStatus.DRAFT, "Houten", 52.03)
    assert made.reference[0] == "A" and len(made.reference) == 7
    assert events() == ["listing.created"]


def test_each_save_that_changes_something_is_one_event_and_one_that_does_not_is_none() -> None:
    made = draft(people.municipality())
    save(made, hours_min=24, hours_max=32)
    version = made.version
    save(made, hours_min=24, hours_max=32)
    assert made.version == version
    assert events() == ["listing.created", "listing.saved"]


def test_a_wrong_value_writes_nothing_of_the_rest() -> None:
    made = draft(people.municipality())
    with pytest.raises(InvalidListing) as refused:
        save(made, title="Nieuwe titel", places=0, hours_min=36, hours_max=24)
    assert {each.field: each.reason for each in refused.value.problems} == {
        "places": "too_small",
        "hours_max": "range_reversed",
    }
    assert made.title == "Tel mee op straat"


def test_a_place_is_put_on_the_map_and_emptying_it_goes_back_home() -> None:
    home = people.municipality(place="Houten", latitude=52.03, longitude=5.17)
    made = draft(home, place="Zeist")
    assert (round(made.latitude or 0, 1), round(made.longitude or 0, 1)) == (52.1, 5.2)
    save(made, place="")
    assert (made.place, made.latitude) == ("Houten", 52.03)


def test_a_school_does_not_post_a_placement_and_a_municipality_no_need_for_a_lecture() -> None:
    for of, side, kind in (
        (people.institution(), Side.OFFER, Kind.WORK),
        (people.municipality(), Side.NEED, Kind.LECTURE),
    ):
        with pytest.raises(NotAllowed):
            actions.save_draft(None, side=side, kind=kind, organisation=of, values={}, by=None)


def test_a_team_of_another_municipality_is_not_known_here() -> None:
    foreign = people.team(people.municipality())
    with pytest.raises(InvalidListing) as refused:
        draft(people.municipality(), team_id=foreign.id)
    assert (refused.value.field, refused.value.reason) == ("team_id", "unknown_code")


def test_publishing_names_each_missing_thing_at_its_field() -> None:
    nowhere = people.municipality(latitude=None, longitude=None)
    made = actions.save_draft(None, side=Side.OFFER, kind=Kind.WORK, organisation=nowhere, values={}, by=None)
    with pytest.raises(InvalidListing) as refused:
        actions.publish(made, by=None)
    assert [(each.field, each.reason) for each in refused.value.problems] == [
        ("title", "required"),
        ("text", "required"),
        ("place", "required"),
    ]


def test_publishing_opens_it_for_ninety_days_when_no_day_is_named() -> None:
    made = actions.publish(draft(people.municipality()), by=None)
    assert made.is_published and made.respond_before == today() + timedelta(days=90)
    assert events() == ["listing.created", "listing.published"]


def test_the_desk_looks_first_where_the_municipality_wants_it() -> None:
    home = people.municipality()
    assert home.desk
    home.desk.checks_before_publishing = True
    officer, colleague = people.member(Role.OFFICER, home), people.member(Role.COLLEAGUE, home)
    checked = actions.publish(draft(home), by=colleague)
    assert checked.status is ListingStatus.IN_CHECK
    assert [each.reference for each in queries.awaiting_check(home.desk)] == [checked.reference]
    assert letters() == ["listing_to_check"]
    assert actions.publish(draft(home), by=officer).is_published


def test_the_desk_approves_or_returns_with_a_reason_and_the_owner_hears_it() -> None:
    home = people.municipality()
    owner = people.member(Role.COLLEAGUE, home)
    first = listings.offer(home, status=ListingStatus.IN_CHECK, owner_id=owner.id)
    second = listings.offer(home, status=ListingStatus.IN_CHECK, owner_id=owner.id)
    assert actions.approve(first, by=None).is_published
    with pytest.raises(InvalidValue):
        actions.return_to_owner(second, because="  ", by=None)
    actions.return_to_owner(second, because="Noem ook de uren.", by=None)
    assert (second.status, second.returned_because) == (ListingStatus.RETURNED, "Noem ook de uren.")
    assert letters() == ["listing_approved", "listing_returned"]


def test_what_is_closed_stays_closed_and_can_be_copied() -> None:
    made = listings.offer(kind=Kind.WORK, starts_on=today() - timedelta(days=9), places=3, places_taken=2)
    actions.close(made, by=None)
    for step in (actions.publish, actions.close, actions.approve):
        with pytest.raises(InvalidMove):
            step(made, by=None)
    again = actions.copy(made, by=None)
    assert (again.status, again.title, again.starts_on) == (ListingStatus.DRAFT, made.title, None)
    assert (again.places, again.places_taken) == (3, 0)
    assert again.reference != made.reference


def test_a_published_listing_must_stay_complete() -> None:
    made = actions.publish(draft(people.municipality()), by=None)
    with pytest.raises(InvalidListing):
        save(made, text="")
    assert made.text == TEXT


def test_places_cannot_go_below_what_is_given_away() -> None:
    made = listings.offer(kind=Kind.WORK, places=3, places_taken=2)
    with pytest.raises(InvalidListing) as refused:
        save(made, places=1)
    assert (refused.value.reason, refused.value.values) == ("below_taken", {"n": 2})


def test_the_last_place_is_given_once() -> None:
    made = listings.offer(places=1)
    actions.take_place(made)
    with pytest.raises(NoPlaceLeft):
        actions.take_place(made)
    assert made.places_taken == 1
    actions.give_back_place(made)
    assert made.places_taken == 0


def test_lists_are_kept_as_rows_for_the_filters() -> None:
    made = draft(people.municipality(), levels=["hbo_bachelor"], work_fields=["W10", "W20"])
    save(made, work_fields=["W20"])
    rows = {(row.facet, row.value) for row in db.session.query(ListingTag).filter_by(listing_id=made.id)}
    assert rows == {("levels", "hbo_bachelor"), ("work_fields", "W20")}


def test_another_kind_lets_go_of_what_it_does_not_ask() -> None:
    made = draft(people.municipality(), hours_min=24, levels=["mbo4"], supervisor_title="Adviseur", vog_required=True)
    actions.change_kind(made, Kind.LECTURE, by=None)
    assert (made.kind, made.hours_min, made.levels) == (Kind.LECTURE, None, ["mbo4"])
    assert made.details == {"supervisor_title": "Adviseur", "vog_required": True}


def test_the_owner_is_warned_once_a_week_ahead_and_told_when_it_has_ended() -> None:
    home = people.municipality()
    owner = people.member(Role.COLLEAGUE, home)
    soon = listings.offer(home, owner_id=owner.id, respond_before=today() + timedelta(days=7))
    listings.offer(home, owner_id=owner.id, respond_before=today() + timedelta(days=8))
    assert (actions.warn_expiring(now()), actions.warn_expiring(now())) == (1, 0)
    assert actions.expire_due(now() + timedelta(days=7)) == 0
    assert actions.expire_due(now() + timedelta(days=8)) == 1
    assert soon.status is ListingStatus.EXPIRED
    assert letters() == ["listing_expiring", "listing_expired"]
    assert events() == ["listing.expiry_warned", "listing.expired"]


def test_what_is_not_yours_is_not_there() -> None:
    made = listings.offer()
    with pytest.raises(NotFound):
        queries.listing_for_owner(made.reference, people.municipality())
    with pytest.raises(NotFound):
        queries.public_listing(listings.offer(status=ListingStatus.DRAFT).reference)


def test_the_counterparts_of_a_listing_are_what_can_still_be_answered_of_its_kind_by_others() -> None:
    need, open_one = listings.need(), listings.offer()
    listings.offer(need.organisation)
    listings.offer(status=ListingStatus.CLOSED)
    listings.offer(places=1, places_taken=1)
    listings.offer(respond_before=today() - timedelta(days=1))
    listings.offer(kind=Kind.VISIT)
    found = db.session.scalars(select(Listing).where(*queries.counterparts(need)))
    assert list(found) == [open_one]


def test_a_search_takes_percent_and_underscore_as_they_are() -> None:
    home = people.municipality()
    listings.offer(home, title="100% groen")
    listings.offer(home, title="Iets anders")
    found = queries.of_organisation(home, Side.OFFER, search="0% gr")
    assert [each.title for each in found] == ["100% groen"]
    assert queries.of_organisation(home, Side.OFFER, search="\\_") == []


def test_a_report_is_decided_once_with_a_reason_and_everyone_hears_it() -> None:
    home = people.municipality()
    officer, owner = people.member(Role.OFFICER, home), people.member(Role.COLLEAGUE, home)
    reporter = people.member(Role.LECTURER, people.institution())
    made = listings.offer(home, owner_id=owner.id)
    complaint = actions.report(made, reason="wrong", text="Dit klopt niet.", by=reporter)
    with pytest.raises(InvalidValue):
        actions.decide_report(complaint, decision="remove", reason=" ", by=officer)
    actions.decide_report(complaint, decision="remove", reason="De plek bestaat niet meer.", by=officer)
    assert made.status is ListingStatus.CLOSED
    with pytest.raises(InvalidMove):
        actions.decide_report(complaint, decision="keep", reason="Toch niet.", by=officer)
    assert letters() == ["listing_reported", "listing_removed", "listing_report_decided"]
