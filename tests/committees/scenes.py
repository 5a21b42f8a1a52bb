"""A committee of a school with a coordinator who keeps it, and people who sit on it."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from matchmaker.accounts.models import Account
from matchmaker.appointments.spans import Span
from matchmaker.clock import at, today
from matchmaker.committees import actions, filling, meetings
from matchmaker.committees.filling import Person
from matchmaker.committees.meeting_models import Meeting
from matchmaker.committees.models import Committee, Seat, Term
from matchmaker.database import db
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.vocabulary import CommitteeKind, MunicipalitySize, Role
from matchmaker.words.committees import meeting_wording
from tests.factories import people


@dataclass
class Scene:
    """One committee of Hogeschool Vechtland about civil engineering."""

    school: Organisation
    programme: Programme
    coordinator: Account
    committee: Committee

    def seat(self, name: str = "Iemand van water", **profile: object) -> Seat:
        given = {"work_field": "W20", "size": MunicipalitySize.LARGE, **profile}
        return actions.save_seat(None, committee=self.committee, name=name, by=self.coordinator, **given)  # type: ignore[arg-type]

    def member(
        self,
        name: str = "Marit Verhoef",
        *,
        seat: Seat | None = None,
        first: date | None = None,
        last: date | None = None,
        **person: object,
    ) -> Term:
        email = person.pop("email", f"{name.split()[0].lower()}@utrecht.example")
        person.setdefault("organisation_name", "Gemeente Utrecht")
        who = Person(name=name, email=str(email), **person)  # type: ignore[arg-type]
        return filling.seat_member(
            seat or self.seat(f"Plek van {name}"), who, starts_on=first or today(), ends_on=last, by=self.coordinator
        )

    def meeting(self, days: int = 20, *, title: str = "Najaarsoverleg") -> Meeting:
        wording = meeting_wording(self.committee, title=title, agenda="Opening")
        return meetings.plan(
            self.committee, moment(days), title=title, agenda="Opening", wording=wording, by=self.coordinator
        )


def moment(days: int) -> Span:
    start = at(today() + timedelta(days=days), time(15))
    return Span(start, start + timedelta(minutes=120))


def scene(**values: object) -> Scene:
    school = people.institution(name="Hogeschool Vechtland")
    programme = people.programme(school, name="Civiele Techniek", isced="0732")
    coordinator = people.member(Role.COORDINATOR, school, who=people.account(display_name="Desirée Blokland"))
    db.session.expire_all()
    given = {
        "name": "Werkveldcommissie Civiele Techniek",
        "kind": CommitteeKind.CONTENT,
        "purpose": "De commissie kijkt of het onderwijs past bij het werk.",
        "term_years": 4,
        "renewals": 1,
        "meetings_per_year": 2,
        "owner": coordinator,
        **values,
    }
    committee = actions.save_committee(
        None,
        faculty=programme.faculty,
        programme=programme,
        by=coordinator,
        **given,  # type: ignore[arg-type]
    )
    return Scene(school, programme, coordinator, committee)
