"""Letters about a match, with the facts every one of them needs."""

from collections.abc import Iterable
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.links.models import Link
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.models import Match
from matchmaker.matches.readers import Reader, asker_name, asker_of, desk_readers
from matchmaker.replies.answers import about


def tell_asker(template: str, match: Match, **values: Any) -> None:
    """A letter to who waits for the answer."""
    reader = asker_of(match)
    if reader is not None:
        _write(template, match, reader, path=match_path(match), **values)


def tell_desk(template: str, match: Match, **values: Any) -> None:
    """A letter to the owner of the item, or to everyone at the desk."""
    tell(template, match, desk_readers(match), path=desk_path(match), **values)


def tell(
    template: str, match: Match, people: Iterable[Account], *, path: str = "", link: Link | None = None, **values: Any
) -> None:
    """The same letter to several people of one side."""
    for person in people:
        if not person.is_active:
            continue
        _write(template, match, Reader(account=person, link=link), path=path or match_path(match), **values)


def match_path(match: Match) -> str:
    """The page all parties see."""
    return f"/samen/{match.id}"


def desk_path(match: Match) -> str:
    """The item at the desk."""
    return f"/loket/vraag/{match.id}"


def facts(match: Match) -> dict[str, Any]:
    """What a letter says of a match, as plain JSON values."""
    return {
        "title": match.need.title or (match.offer.title if match.offer else ""),
        "kind": match.kind.value,
        "municipality": match.municipality.name,
        "school": match.school.name if match.school else "",
        "who": asker_name(match),
        "desk": match.desk.name if match.desk else match.municipality.name,
        "owner": match.owner.display_name if match.owner else "",
        "due": match.due_at.isoformat() if match.due_at else "",
        "answers": about("match", match.id),
    }


def _write(template: str, match: Match, reader: Reader, **values: Any) -> None:
    queue_letter(
        template,
        topic=Topic.PROPOSALS if template == "match_proposed" else Topic.REQUESTS,
        to=reader.account,
        address=reader.address,
        name=reader.name,
        language=reader.language,
        link=reader.link,
        **{**facts(match), **values},
    )
