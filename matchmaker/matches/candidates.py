"""The candidates of a posting, as its owner is shown them."""

from collections.abc import Sequence

from matchmaker.matches.models import Match
from matchmaker.vocabulary import Party


def best_of_each(matches: Sequence[Match], *, reader: Party) -> list[tuple[Match, list[Match]]]:
    """For the school one candidate per municipality, its best posting first with the others behind it.

    For the municipality every posting of a school stands by itself: each is another group of students.
    """
    if reader is Party.MUNICIPALITY:
        return [(match, []) for match in matches]
    grouped: dict[int, list[Match]] = {}
    for match in matches:
        grouped.setdefault(match.municipality_id, []).append(match)
    return [(best, others) for best, *others in grouped.values()]
