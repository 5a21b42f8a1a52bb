"""What the desk decides about postings, leave and its promise."""

from datetime import timedelta

from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.listings.actions import report
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Leave
from matchmaker.vocabulary import ListingStatus, Role
from tests.factories import listings, people
from tests.factories.client import Client
from tests.factories.forms import PageReader
from tests.matches.scenes import membership_of, scene


def test_approving_puts_it_online_and_proposes_it(client: Client) -> None:
    here = scene()
    posting = listings.offer(
        here.municipality,
        status=ListingStatus.IN_CHECK,
        work_fields=["W22"],
        owner_id=here.colleague.id,
        place="Utrecht",
    )
    client.sign_in(here.officer)
    assert posting.title in client.get("/loket/controle").text
    assert "Zet online" in client.get(f"/loket/controle/{posting.reference}").text
    form = {"version": str(posting.version)}
    assert client.post(f"/loket/controle/{posting.reference}/akkoord", data=form).status_code == 302
    assert posting.status is ListingStatus.PUBLISHED
    assert db.session.query(Match).filter_by(offer_id=posting.id).count() == 1


def test_only_the_text_that_was_read_goes_online(client: Client) -> None:
    """The owner takes it back, changes it and sends it again while the desk reads."""
    here = scene()
    posting = listings.offer(
        here.municipality,
        status=ListingStatus.IN_CHECK,
        work_fields=["W22"],
        owner_id=here.colleague.id,
        place="Utrecht",
    )
    client.sign_in(here.officer)
    address = f"/loket/controle/{posting.reference}"
    (read,) = [
        dict(form.pairs()) for form in PageReader(client.get(address).text).forms if form.action.endswith("/akkoord")
    ]
    posting.text = "Wat er nu staat, heeft het loket nog niet gelezen."
    db.session.commit()
    answer = client.post(f"{address}/akkoord", data=read)
    assert answer.status_code == 200
    assert "Iemand anders heeft dit intussen veranderd" in answer.text
    assert posting.text in answer.text
    assert posting.status is ListingStatus.IN_CHECK
    (again,) = [dict(form.pairs()) for form in PageReader(answer.text).forms if form.action.endswith("/akkoord")]
    assert client.post(f"{address}/akkoord", data=again).status_code == 302
    assert posting.status is ListingStatus.PUBLISHED


def test_sending_back_needs_a_reason(client: Client) -> None:
    here = scene()
    posting = listings.offer(here.municipality, status=ListingStatus.IN_CHECK)
    client.sign_in(here.officer)
    address = f"/loket/controle/{posting.reference}"
    assert "Schrijf op wat er anders moet." in client.post(address, data={"because": ""}).text
    client.post(address, data={"because": "Noem de uren.", "version": str(posting.version)})
    assert (posting.status, posting.returned_because) == (ListingStatus.RETURNED, "Noem de uren.")


def test_another_desk_cannot_check_it(client: Client) -> None:
    posting = listings.offer(scene().municipality, status=ListingStatus.IN_CHECK)
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert client.get(f"/loket/controle/{posting.reference}").status_code == 404
    assert client.post(f"/loket/controle/{posting.reference}/akkoord").status_code == 404


def test_a_reported_posting_is_decided_with_a_reason(client: Client) -> None:
    here = scene()
    posting = listings.offer(here.municipality)
    made = report(posting, reason="out_of_date", text="Dit is van vorig jaar.", by=None)
    client.sign_in(here.officer)
    assert "Dit is van vorig jaar." in client.get("/loket/controle").text
    address = f"/loket/meldingen/{made.id}"
    assert "Schrijf op waarom." in client.post(address, data={"decision": "remove"}).text
    client.post(address, data={"decision": "remove", "reason": "Het klopt, het is oud."})
    assert (posting.status, made.decision) == (ListingStatus.CLOSED, "remove")
    client.post("/uitloggen")
    client.sign_in(people.member(Role.OFFICER, people.municipality()))
    assert client.get(address).status_code == 404


def test_leave_is_registered_with_a_cover_and_taken_away(client: Client) -> None:
    here = scene()
    client.sign_in(here.officer)
    first, last = today() + timedelta(days=3), today() + timedelta(days=9)
    data = {
        "person": str(here.membership.id),
        "cover": str(membership_of(here.officer).id),
        "first_day": last.isoformat(),
        "last_day": first.isoformat(),
    }
    assert "Het einde ligt voor het begin" in client.post("/loket/verlof", data=data).text
    client.post("/loket/verlof", data={**data, "first_day": first.isoformat(), "last_day": last.isoformat()})
    row = db.session.query(Leave).one()
    assert (row.account_id, row.cover_id, row.first_day) == (here.colleague.id, here.officer.id, first)
    assert "Saskia Mulder" in client.get("/loket/verlof").text
    client.post(f"/loket/verlof/{row.id}/weg")
    assert db.session.query(Leave).count() == 0


def test_leave_of_another_municipality_is_not_mine_to_change(client: Client) -> None:
    here, elsewhere = scene(), people.municipality()
    person = people.member(Role.COLLEAGUE, elsewhere)
    row = people.away(person, elsewhere, cover=None)
    client.sign_in(here.officer)
    assert client.post(f"/loket/verlof/{row.id}/weg").status_code == 404


def test_dates_that_do_not_exist_are_refused_in_words(client: Client) -> None:
    here = scene()
    data = {"person": str(here.membership.id), "first_day": "2027-02-30", "last_day": "morgen"}
    answer = client.sign_in(here.officer).post("/loket/verlof", data=data)
    assert answer.status_code == 200 and 'value="2027-02-30"' in answer.text


def test_the_promise_is_changed_and_a_second_officer_sees_what_the_first_saved(client: Client) -> None:
    here = scene()
    client.sign_in(here.officer)
    seen = str(here.desk.version)
    data = {"first_answer_days": "3", "route_days": "6", "takes_from_neighbours": "y", "version": seen}
    assert client.post("/loket/instellen", data=data).status_code == 302
    assert (here.desk.first_answer_days, here.desk.route_days, here.desk.checks_before_publishing) == (3, 6, False)
    page = client.post("/loket/instellen", data={**data, "first_answer_days": "1"}).text
    assert "Iemand anders heeft dit intussen veranderd" in page
    assert '<dt>Eerste antwoord</dt><dd class="mm-break">3</dd>' in page
    assert here.desk.first_answer_days == 3


def test_a_promise_of_nought_or_of_a_hundred_days_is_refused(client: Client) -> None:
    here = scene()
    client.sign_in(here.officer)
    for days in ("0", "100", "-1", "twee", ""):
        assert client.post("/loket/instellen", data={"first_answer_days": days, "route_days": "5"}).status_code == 200
    assert here.desk.first_answer_days == 2
