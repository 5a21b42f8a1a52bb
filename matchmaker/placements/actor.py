"""Who acts in a placement: someone with an account in one of its parts, or a person without one from a link."""

from dataclasses import dataclass

from matchmaker.accounts.models import Account
from matchmaker.placements.models import PlacementPerson
from matchmaker.placements.parts import SIDE_OF, Part, PlacementSide


@dataclass(frozen=True, slots=True)
class Actor:
    """`account` is empty for who acts from a link, `person` for an officer or coordinator who is not named in it."""

    part: Part
    account: Account | None = None
    person: PlacementPerson | None = None

    @property
    def side(self) -> PlacementSide:
        return SIDE_OF[self.part]

    @property
    def name(self) -> str:
        if self.account is not None:
            return self.account.display_name
        return self.person.display_name if self.person else ""


SYSTEM = Actor(Part.SYSTEM)
