"""Every letter about a listing can be read, and says in its first line what is asked."""

from datetime import timedelta

import pytest

from matchmaker.clock import now, today
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.listings import actions
from matchmaker.mail.models import Letter
from matchmaker.vocabulary import ListingStatus, Role
from tests.factories import listings, people

pytestmark = pytest.mark.usefixtures("app")


def test_the_letters_of_the_whole_life_of_a_listing_can_be_read() -> None:
    home = people.municipality()
    assert home.desk
    home.desk.checks_before_publishing = True
    people.member(Role.OFFICER, home)
    owner = people.member(Role.COLLEAGUE, home)
    soon = today() + timedelta(days=3)
    first = listings.offer(
        home, owner_id=owner.id, status=ListingStatus.DRAFT, respond_before=soon, title="100% <b>raak</b>"
    )
    actions.publish(first, by=owner)
    actions.return_to_owner(first, because="Noem ook de uren.", by=None)
    actions.publish(first, by=owner)
    actions.approve(first, by=None)
    actions.warn_expiring(now())
    complaint = actions.report(first, reason="wrong", text="", by=owner)
    actions.decide_report(complaint, decision="remove", reason="De plek bestaat niet meer.", by=None)
    listings.offer(home, owner_id=owner.id, respond_before=today() - timedelta(days=1))
    actions.expire_due(now())
    letters = db.session.query(Letter).order_by(Letter.id).all()
    assert {each.template for each in letters} == {
        "listing_to_check", "listing_returned", "listing_approved", "listing_expiring", "listing_reported",
        "listing_removed", "listing_report_decided", "listing_expired",
    }  # fmt: skip
    for letter in letters:
        read = render(letter)
        assert read.subject and letter.to_name in read.text
        assert "<b>raak</b>" not in read.html
        assert letter.template == "listing_report_decided" or str(letter.values["path"]) in read.text
