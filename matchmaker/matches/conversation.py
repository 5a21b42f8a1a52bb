"""Messages between the parties of a match: the other side hears of each by letter, without an address in it."""

from collections.abc import Sequence

from matchmaker.accounts.models import Account
from matchmaker.files.uploads import Upload
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.letters import facts, match_path
from matchmaker.matches.models import MUNICIPAL, Match
from matchmaker.matches.readers import Reader, asker_of, desk_readers, municipal_readers
from matchmaker.matches.states import AT_DESK
from matchmaker.threads.actions import post_message, thread_of
from matchmaker.threads.models import Message
from matchmaker.vocabulary import Party

GIST_LENGTH = 140


def write_message(
    match: Match, *, text: str, by: Account | None, as_party: Party, files: Sequence[Upload] = ()
) -> Message:
    """Post it and tell everyone of the other side who follows this match. Raises InvalidValue at `text`."""
    message = post_message(thread_of(match), party=as_party.value, text=text, by=by, files=files)
    for reader in _readers(match, as_party):
        queue_letter(
            "message_posted",
            topic=Topic.MESSAGES,
            to=reader.account,
            address=reader.address,
            name=reader.name,
            language=reader.language,
            link=reader.link,
            **facts(match),
            path=match_path(match) if reader.account else "",
            sender=by.display_name if by else "",
            sender_party=as_party.value,
            gist=gist(text),
            text=text,
            files=[file.name for file in files],
        )
    return message


def gist(text: str) -> str:
    """The first sentence or so, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= GIST_LENGTH else f"{line[:GIST_LENGTH].rsplit(' ', 1)[0]} …"


def _readers(match: Match, writer: Party) -> Sequence[Reader]:
    if writer in MUNICIPAL:
        asker = asker_of(match)
        return [asker] if asker else []
    people = desk_readers(match) if match.state in AT_DESK else municipal_readers(match)
    return [Reader(account=person) for person in people]
