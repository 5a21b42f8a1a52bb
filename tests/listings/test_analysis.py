"""What the analysis makes of a listing is kept with it, and made anew when the analysis changes."""

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker.database import db
from matchmaker.dutch.terms import terms
from matchmaker.listings import analysis
from matchmaker.listings.analysis import outdated_terms, renew_terms, terms_of
from matchmaker.listings.changes import changed_since, latest_change
from matchmaker.listings.models import Listing
from tests.factories import listings


def test_a_written_listing_keeps_the_terms_of_its_text(app: Flask) -> None:
    offer = listings.offer(title="Stage bij de Wmo", text="Onderzoek naar huishoudelijke hulp in de wijk.")
    assert terms_of(offer) == terms(offer.title, offer.text)
    offer.title = "Stage bij vergunningen"
    db.session.flush()
    db.session.expire(offer)
    assert list(terms_of(offer).items()) == list(terms("Stage bij vergunningen", offer.text).items())


def test_terms_of_an_earlier_analysis_serve_until_they_are_renewed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [listings.offer(title=f"Opdracht {number} over bomen") for number in range(3)]
    fresh = listings.offer(title="Vers geschreven")
    old = {"oud": 100}
    ids = [each.id for each in made]
    db.session.execute(update(Listing).where(Listing.id.in_(ids)).values(terms=old, terms_version="vorige"))
    db.session.commit()
    before = latest_change()
    assert terms_of(made[0]) == old
    assert outdated_terms() == 3
    monkeypatch.setattr(analysis, "AT_ONCE", 2)
    versions = [each.version for each in made]
    assert [renew_terms(), renew_terms(), renew_terms()] == [2, 1, 0]
    db.session.commit()
    db.session.expire_all()
    assert [terms_of(each) for each in made] == [terms(each.title, each.text) for each in made]
    assert changed_since(before).listing_ids == set(ids)
    assert fresh.id not in changed_since(before).listing_ids
    assert [each.version for each in made] == versions


def test_a_listing_whose_terms_were_never_kept_is_read_from_its_text(app: Flask) -> None:
    offer = listings.offer()
    db.session.execute(update(Listing).values(terms=None))
    db.session.expire(offer)
    assert terms_of(offer) == terms(offer.title, offer.text)


def test_the_command_makes_all_terms_anew_and_says_how_many(app: Flask) -> None:
    made = listings.offer()
    db.session.execute(update(Listing).values(terms={"oud": 100}, terms_version="vorige"))
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["listings", "analyse"])
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "1 teksten opnieuw ontleed.")
    db.session.expire_all()
    assert terms_of(made) == terms(made.title, made.text)
