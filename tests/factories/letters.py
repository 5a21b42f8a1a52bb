"""Letters for tests, and those that were queued: `digest` is the plainest template there is."""

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.links.models import Link
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Letter, Topic


def letter(to: Account, *, topic: Topic = Topic.REQUESTS, subject: str = "Er is een vraag voor u") -> Letter:
    made = queue_letter("digest", topic=topic, to=to, entries=[{"subject": subject, "url": ""}], path="/start")
    assert made is not None
    return made


def letters(template: str) -> list[Letter]:
    """The letters queued from one template, oldest first."""
    return db.session.query(Letter).filter_by(template=template).order_by(Letter.id).all()


def path_in(letter: Letter) -> str:
    """The path of the link in a letter about an appointment."""
    link = db.session.get(Link, letter.link_id)
    assert link is not None
    return f"/afspraak/{token_of(link)}"
