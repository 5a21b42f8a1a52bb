"""Letters for tests: `digest` is the plainest template there is."""

from matchmaker.accounts.models import Account
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Letter, Topic


def letter(to: Account, *, topic: Topic = Topic.REQUESTS, subject: str = "Er is een vraag voor u") -> Letter:
    made = queue_letter("digest", topic=topic, to=to, entries=[{"subject": subject, "url": ""}], path="/start")
    assert made is not None
    return made
