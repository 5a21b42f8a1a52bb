"""What the loader has made so far, by the keys of the content."""

from dataclasses import dataclass, field

from matchmaker.accounts.models import Account
from matchmaker.demo.moments import Calendar
from matchmaker.listings.models import Listing, Need, Offer
from matchmaker.organisations.models import Membership, Organisation, Programme, Team
from matchmaker.vocabulary import Role

DESK_ROLES = frozenset({Role.OFFICER, Role.REGION_COORDINATOR})


@dataclass(slots=True)
class World:
    """Organisations, people and postings by the key the content gives them."""

    calendar: Calendar
    organisations: dict[str, Organisation] = field(default_factory=dict)
    teams: dict[tuple[str, str], Team] = field(default_factory=dict)
    programmes: dict[tuple[str, str], Programme] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)

    def account(self, key: str) -> Account:
        return self.members[key].account

    def need(self, key: str) -> Need:
        found = self.listings[key]
        assert isinstance(found, Need)
        return found

    def offer(self, key: str | None) -> Offer | None:
        found = self.listings[key] if key else None
        assert found is None or isinstance(found, Offer)
        return found

    def colleagues(self, organisation: str) -> list[Membership]:
        """People of one organisation, in the order of the content."""
        return [each for each in self.members.values() if each.organisation is self.organisations[organisation]]

    def officers(self, organisation: str) -> list[Membership]:
        """Who works at the desk that serves this municipality, in the order of the content."""
        desk = self.organisations[organisation].desk
        return [
            each
            for each in self.members.values()
            if desk and each.organisation is desk.holder and each.role in DESK_ROLES
        ]
