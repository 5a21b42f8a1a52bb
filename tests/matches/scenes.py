"""Scenes that several tests start from."""

from dataclasses import dataclass

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.listings.models import Need
from matchmaker.matches.actions import ask_desk
from matchmaker.matches.models import Match
from matchmaker.organisations.models import Desk, Membership, Organisation
from matchmaker.vocabulary import Role
from tests.factories import listings, people


@dataclass
class Scene:
    """A lecturer of a school with a need, and a municipality with a desk, an officer and a colleague."""

    school: Organisation
    lecturer: Account
    need: Need
    municipality: Organisation
    officer: Account
    colleague: Account

    @property
    def desk(self) -> Desk:
        assert self.municipality.desk is not None
        return self.municipality.desk

    @property
    def membership(self) -> Membership:
        """That of the colleague."""
        return membership_of(self.colleague)

    def asked(self) -> Match:
        """The question at the desk."""
        return ask_desk(self.need, self.municipality, by=self.lecturer, note="Kan er iemand komen vertellen?")


def scene(*, code: str = "GM0344", name: str = "Utrecht", **need_values: object) -> Scene:
    municipality = people.municipality(code=code, name=name, slug=name.lower())
    school = people.institution(name="Hogeschool Vechtland")
    lecturer = people.member(Role.LECTURER, school, who=people.account(display_name="Marit Verhoef"))
    team = people.team(municipality, work_fields=["W22"])
    officer = people.member(Role.OFFICER, municipality, who=people.account(display_name="Yusuf Bakker"))
    saskia = people.account(display_name="Saskia Mulder")
    colleague = people.member(Role.COLLEAGUE, municipality, who=saskia, team_id=team.id)
    need = listings.need(school, owner_id=lecturer.id, work_fields=["W22"], **need_values)
    db.session.refresh(municipality)
    return Scene(school, lecturer, need, municipality, officer, colleague)


def membership_of(account: Account) -> Membership:
    return db.session.query(Membership).filter_by(account_id=account.id).one()
