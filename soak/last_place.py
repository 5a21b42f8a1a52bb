"""The last place is given once: 50 people take it at the same moment, from two processes; a form sent twice is one.

`python -m soak.last_place --rounds 100`
"""

import secrets
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.listings.models import Offer
from matchmaker.matches.actions import ask_desk, offer
from matchmaker.organisations.models import Organisation
from matchmaker.threads.models import Message
from matchmaker.vocabulary import Role
from soak.browser import Browser
from soak.ground import asked, ground, percentile, serving, tell
from soak.people import at_once, browser_of
from tests.factories import listings, people
from tests.matches.scenes import scene

CLEAR = ("plek", "plaats")
"""Who comes too late reads one of these words."""


class Place:
    """A municipality, and so many lecturers of schools of their own, signed in."""

    def __init__(self, port: int, clients: int) -> None:
        here = scene()
        self.municipality, self.officer = here.municipality.id, here.officer.id
        schools = [people.institution() for _ in range(clients)]
        lecturers = [people.member(Role.LECTURER, school) for school in schools]
        self.lecturers = [(each.id, school.id) for each, school in zip(lecturers, schools, strict=True)]
        emails = [each.email for each in lecturers]
        db.session.commit()
        self.browsers = [browser_of(email, port, number=number) for number, email in enumerate(emails)]

    def offer_one(self) -> tuple[int, list[int]]:
        """An offer with one place, promised to everyone; its number and those of the matches."""
        municipality = db.session.get_one(Organisation, self.municipality)
        officer = db.session.get_one(Account, self.officer)
        place, matches = listings.offer(municipality, places=1), []
        for lecturer_id, school_id in self.lecturers:
            need = listings.need(db.session.get_one(Organisation, school_id), owner_id=lecturer_id)
            match = ask_desk(need, municipality, by=db.session.get_one(Account, lecturer_id))
            matches.append(offer(match, by=officer, chosen=place))
        db.session.commit()
        found = place.id, [each.id for each in matches]
        db.session.remove()
        return found


def run(kind: str, port: int, rounds: int, clients: int) -> bool:
    """So many rounds on one database."""
    place, heard, durations = Place(port, clients), Counter[int](), list[float]()
    one_winner = clear = one_record = 0
    with ThreadPoolExecutor(clients) as pool:
        for _ in range(rounds):
            number, matches = place.offer_one()
            for browser, match in zip(place.browsers, matches, strict=True):
                if not browser.token:
                    browser.get(f"/samen/{match}")
            answers = at_once(
                [
                    lambda browser=browser, match=match: browser.post(f"/samen/{match}/aannemen", {})
                    for browser, match in zip(place.browsers, matches, strict=True)
                ],
                pool,
            )
            heard.update(each.status for each in answers)
            durations += [each.seconds for each in answers]
            taken = db.session.get_one(Offer, number).places_taken
            db.session.remove()
            one_winner += [each.status for each in answers].count(302) == 1 == taken
            late = [each for each in answers if each.status != 302]
            clear += all(each.status == 409 and any(word in each.text for word in CLEAR) for each in late)
            one_record += twice(place.browsers[0], matches[0], pool)
    promises = {
        "one winner in each round": one_winner == rounds,
        "a clear answer for all others": clear == rounds,
        "no 5xx": all(0 < status < 500 for status in heard),
        "a form sent twice is one record": one_record == rounds,
    }
    return tell(
        "last_place", promises, database=kind, rounds=rounds, clients=clients, heard=dict(heard),
        p95_ms=percentile(durations, 0.95), slowest_ms=percentile(durations, 1),
    )  # fmt: skip


def twice(browser: Browser, match: int, pool: ThreadPoolExecutor) -> bool:
    """Whether a double click on a message makes one."""
    form = {"text": f"Eén keer {secrets.token_hex(8)}", "submission_key": secrets.token_hex(16)}
    answers = at_once([lambda: browser.post(f"/samen/{match}/bericht", form)] * 2, pool)
    made = db.session.scalar(select(func.count(Message.id)).where(Message.text == form["text"]))
    db.session.remove()
    return made == 1 and {each.status for each in answers} == {302}


def main() -> int:
    given = asked(__doc__, rounds=100, clients=50)
    kept = True
    for kind in given.databases:
        with ground(kind) as here, here.app(), serving(here, processes=2) as server:
            kept &= run(kind, server.port, given.rounds, given.clients)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
