"""Municipalities that ask nearly the same."""

from matchmaker.accounts.models import Account
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import sync_tags
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Kind, Role
from tests.factories import listings, people

PLAY = "Wat maakt een speelplek goed voor een kind dat niet ziet?"
PLAY_TEXT = "Wij vervangen speelplekken. Voor kinderen die slecht zien is er weinig. Wat kan een ontwerp beter doen?"


def question(of: Organisation, title: str = PLAY, text: str = PLAY_TEXT, **values: object) -> Listing:
    """An open question of a municipality, with its tags."""
    made = listings.need(of, **{"kind": Kind.QUESTION, "title": title, "text": text, "work_fields": ["W20"], **values})
    sync_tags(made)
    return made


def town(name: str) -> tuple[Organisation, Account]:
    """A municipality with a desk and one officer."""
    made = people.municipality(name=name)
    return made, people.member(Role.OFFICER, made)
