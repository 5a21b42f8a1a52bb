"""The pages on which desks find each other's questions, and show what came out."""

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.joint.models import JointPartner, Part
from matchmaker.library.models import FinishedWork
from matchmaker.matches.models import Match
from matchmaker.vocabulary import ListingStatus, Role
from tests.factories import people
from tests.factories.client import Client
from tests.joint.scenes import PLAY, question, town


def other(client: Client, account: Account) -> Client:
    """A second browser, with someone else signed in."""
    made = client.application.test_client()
    assert isinstance(made, Client)
    return made.sign_in(account)


def test_two_desks_do_it_together_and_the_public_page_names_both(client: Client) -> None:
    (utrecht, ours), (zeist, theirs) = town("Utrecht"), town("Zeist")
    own, second = question(utrecht), question(zeist)
    client.sign_in(ours)
    page = client.get(f"/gemeente/vragen/{own.reference}").text
    assert "Ook Zeist vraagt dit" in page
    assert "Doe het samen" in page
    assert "Ook anderen vragen dit" in client.get("/loket/samen").text
    data = {"others": [second.reference], "note": "Zullen wij?"}
    assert client.post(f"/loket/samen/{own.reference}", data=data).status_code == 302
    [partner] = db.session.query(JointPartner)
    there = other(client, theirs)
    assert "1 gemeente wil iets samen met u doen" in there.get("/loket/samen").text
    assert "Ook anderen vragen dit" not in there.get("/loket/samen").text
    assert there.get(f"/loket/samen/{second.reference}").location == "/loket/samen"
    assert "Zullen wij?" in there.get(f"/loket/samen/gevraagd/{partner.id}").text
    assert there.post(f"/loket/samen/gevraagd/{partner.id}", data={"answer": "yes"}).status_code == 302
    assert partner.part is Part.JOINED
    assert "Een opdracht van Utrecht en Zeist samen." in client.get(f"/vragen/{own.reference}").text
    assert there.post(f"/loket/samen/meedoen/{partner.id}/stop").status_code == 302
    assert "samen." not in client.get(f"/vragen/{own.reference}").text.partition("</h1>")[2].partition("</header>")[0]
    assert second.status is ListingStatus.PUBLISHED


def test_nothing_chosen_is_said_at_the_list(client: Client) -> None:
    (utrecht, ours), (zeist, _) = town("Utrecht"), town("Zeist")
    own = question(utrecht)
    question(zeist)
    client.sign_in(ours)
    assert "Kies een of meer gemeenten uit de lijst." in client.post(f"/loket/samen/{own.reference}", data={}).text


def test_the_owner_stops_it_and_no_other_desk_can(client: Client) -> None:
    (utrecht, ours), (zeist, theirs) = town("Utrecht"), town("Zeist")
    own, second = question(utrecht), question(zeist)
    client.sign_in(ours)
    client.post(f"/loket/samen/{own.reference}", data={"others": [second.reference]})
    [partner] = db.session.query(JointPartner)
    there = other(client, theirs)
    assert there.post(f"/loket/samen/opdracht/{partner.joint_id}/stop").status_code == 404
    assert there.get(f"/loket/samen/{own.reference}").status_code == 404
    assert client.post(f"/loket/samen/opdracht/{partner.joint_id}/stop").status_code == 302
    assert partner.part is Part.LEFT


def test_a_colleague_sees_it_and_asks_the_desk(client: Client) -> None:
    (utrecht, _), (zeist, _) = town("Utrecht"), town("Zeist")
    own = question(utrecht)
    question(zeist)
    client.sign_in(people.member(Role.COLLEAGUE, utrecht))
    page = client.get(f"/gemeente/vragen/{own.reference}").text
    assert "Ook Zeist vraagt dit" in page
    assert "Vraag het uw loket." in page
    assert "Doe het samen" not in page


def test_finished_work_is_shown_by_consent_and_found_while_another_types(client: Client) -> None:
    (utrecht, ours), (zeist, theirs) = town("Utrecht"), town("Zeist")
    done = question(utrecht, status=ListingStatus.CLOSED)
    client.sign_in(ours)
    assert "Laat anderen zien wat eruit kwam" in client.get(f"/gemeente/vragen/{done.reference}").text
    said = {"title": "Een speelplek die je hoort", "summary": "Kinderen testten de speelplek.", "school_id": ""}
    assert "Zonder toestemming" in client.post(f"/loket/gedaan/{done.reference}", data=said).text
    assert client.post(f"/loket/gedaan/{done.reference}", data={**said, "consents": "y"}).status_code == 302
    draft = question(zeist, status=ListingStatus.DRAFT, published_at=None, title="", text="")
    there = other(client, theirs)
    typed = {"title": PLAY, "text": "Kinderen die niet zien en een speelplek."}
    advice = there.post(f"/gemeente/vragen/{draft.reference}/schrijfhulp", data=typed).get_json()
    assert "Dit is al onderzocht in Utrecht" in advice["hulp-eerder"]
    assert "Een speelplek die je hoort" in advice["hulp-eerder"]
    assert client.post(f"/loket/gedaan/{done.reference}/weg").status_code == 302
    assert not db.session.query(FinishedWork).one().is_shown


def test_another_desk_cannot_show_or_hide_it(client: Client) -> None:
    done = question(town("Utrecht")[0], status=ListingStatus.CLOSED)
    client.sign_in(town("Zeist")[1])
    assert client.get(f"/loket/gedaan/{done.reference}").status_code == 404
    assert client.post(f"/loket/gedaan/{done.reference}/weg").status_code == 404
    assert db.session.query(Match).count() == 0
