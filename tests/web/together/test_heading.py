"""The heading of a match: who is next, for each reader."""

from datetime import timedelta

import pytest

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.matches.states import State
from tests.factories.client import Client
from tests.factories.dates import meeting


@pytest.mark.parametrize(
    ("state", "school", "municipality"),
    [
        (State.OFFERED, "U bent aan zet", "Hogeschool Rijnstad is aan zet"),
        (State.SCHEDULING, "U en de ander zijn aan zet", "U en de ander zijn aan zet"),
        (State.AGREED, "Afgesproken", "Afgesproken"),
    ],
)
def test_the_heading_says_who_is_next(client: Client, state: State, school: str, municipality: str) -> None:
    there = meeting(state=state)
    there.match.school.name = "Hogeschool Rijnstad"
    db.session.commit()
    for person, said in ((there.lecturer, school), (there.officer, municipality)):
        page = client.sign_in(person).get(f"/samen/{there.match.id}").text
        heading = page.split("<h1", 1)[1].split("</h1>", 1)[0].split(">", 1)[1]
        assert heading.startswith(said), heading
        assert there.match.need.title in page
        client.post("/uitloggen")


def test_the_heading_says_when_a_turn_is_late(client: Client) -> None:
    there = meeting(state=State.OFFERED)
    there.match.due_at = now() - timedelta(hours=1)
    db.session.commit()
    page = client.sign_in(there.lecturer).get(f"/samen/{there.match.id}").text
    assert "U bent aan zet. Dat moest voor " in page


def test_who_waits_reads_whether_the_reminder_is_still_to_come(client: Client) -> None:
    there = meeting(state=State.OFFERED)
    client.sign_in(there.officer)
    for due, said in ((1, "Dan sturen wij een herinnering."), (-1, "Wij hebben een herinnering gestuurd.")):
        there.match.due_at = now() + timedelta(hours=due)
        db.session.commit()
        assert said in client.get(f"/samen/{there.match.id}").text
