"""The crosswalk page shows what the matches propose; the administrator takes it over or sets it aside."""

from matchmaker.catalogue.models import CrosswalkDismissal
from matchmaker.catalogue.queries import current_crosswalk
from matchmaker.database import db
from matchmaker.insights.crosswalk_evidence import link_proposal
from matchmaker.matches.states import State
from tests.factories.client import Client
from tests.insights.test_crosswalk_evidence import OTHER, PAIR, decided, refused

PATH = f"/beheer/kruistabel/{PAIR[0]}/{PAIR[1]}/voorstel"


def proposed() -> str:
    """Matches that speak for one pair; the strength they propose."""
    decided(12, State.DONE)
    refused(12, OTHER)
    found = link_proposal(*PAIR)
    assert found is not None
    return str(found.proposed)


def test_a_proposal_is_shown_with_its_counts_and_taken_over_as_a_new_version(keeper: Client) -> None:
    assert "Er is geen paar dat duidelijk vaker of minder vaak lukt" in keeper.get("/beheer/kruistabel").text
    seen = proposed()
    page = keeper.get("/beheer/kruistabel").text
    assert "12 van 12" in page and "50%" in page
    assert "12 van 12" in keeper.get(PATH).text
    assert "Schrijf waarom." in keeper.post(PATH, data={"decision": "accept", "seen": seen}).text
    data = {"decision": "accept", "why": "Het lukt vaak.", "seen": seen}
    assert keeper.post(PATH, data=data).status_code == 302
    assert current_crosswalk()[1].strengths[PAIR] == int(seen)
    assert keeper.get("/beheer/kruistabel").text.count("Het lukt vaak.") == 1


def test_a_dismissed_proposal_is_gone_and_changes_nothing(keeper: Client) -> None:
    seen, before = proposed(), current_crosswalk()
    assert keeper.post(PATH, data={"decision": "dismiss", "why": "Toeval.", "seen": seen}).status_code == 302
    assert current_crosswalk() == before
    assert db.session.query(CrosswalkDismissal).one().decided == 12
    assert keeper.get(PATH).status_code == 404


def test_a_proposal_that_became_another_is_looked_at_again(keeper: Client) -> None:
    proposed()
    page = keeper.post(PATH, data={"decision": "accept", "why": "Ja.", "seen": "9"}).text
    assert "Het voorstel is intussen anders." in page
    assert current_crosswalk()[0] == "1"
