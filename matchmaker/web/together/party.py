"""On which side of a match the signed-in person stands."""

from matchmaker.matches.models import Match
from matchmaker.matches.queries import match_of_party
from matchmaker.vocabulary import Party
from matchmaker.web.guards import SCHOOL
from matchmaker.web.sign_in_state import acting


def my_match(match_id: int, *, lock: bool = False) -> Match:
    """A match in which I have a part, in the role I act in. Raises NotFound."""
    return match_of_party(match_id, acting(), lock=lock)


def my_party() -> Party:
    """School staff act for the school, everyone else here for the municipality."""
    membership = acting()
    return Party.SCHOOL if membership and membership.role in SCHOOL else Party.MUNICIPALITY
