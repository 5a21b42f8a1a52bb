"""A match on its way to a date, with the people on both sides."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import Appointment
from matchmaker.appointments.spans import Span, period_span
from matchmaker.clock import at, today
from matchmaker.database import db
from matchmaker.matches import dates
from matchmaker.matches.models import Match
from matchmaker.matches.states import State
from matchmaker.vocabulary import Kind, Party, Role
from tests.factories import listings, matches, people

WORDING = {"nl": {"summary": "Gastles: De Omgevingswet", "description": "Wat: gastles"}}


@dataclass
class Meeting:
    """A lecturer asked; a colleague of the municipality said yes."""

    match: Match
    lecturer: Account
    colleague: Account
    officer: Account
    wording: dict[str, dict[str, str]] = field(default_factory=lambda: dict(WORDING))

    def propose(self, *spans: Span, party: Party = Party.MUNICIPALITY) -> list[object]:
        by = self.colleague if party is Party.MUNICIPALITY else self.lecturer
        return list(dates.propose(self.match, spans or [moment(20)], by=by, as_party=party))

    def agree(self, *spans: Span) -> Appointment:
        slot = self.propose(*spans)[0]
        return dates.choose(self.match, slot, by=self.lecturer, as_party=Party.SCHOOL, wording=self.wording)  # type: ignore[arg-type]


def meeting(kind: Kind = Kind.LECTURE, state: State = State.OFFERED, **values: object) -> Meeting:
    school, municipality = people.institution(name="Hogeschool Vechtland"), people.municipality(name="Nieuwegein")
    lecturer = people.member(Role.LECTURER, school, who=people.account(display_name="Marit Verhoef"))
    colleague = people.member(Role.COLLEAGUE, municipality, who=people.account(display_name="Ruben Westra"))
    officer = people.member(Role.OFFICER, municipality, who=people.account(display_name="Aisha Jansen"))
    shared = {"kind": kind, "places": 3, "places_taken": int(state in {State.SCHEDULING, State.AGREED})}
    need = listings.need(school, owner_id=lecturer.id, place="Utrecht", **{**shared, **values})
    offer = listings.offer(municipality, place="Nieuwegein", **shared)
    match = matches.match(
        need, offer, state=state, initiated_by=Party.SCHOOL, colleague_id=colleague.id, owner_id=officer.id
    )
    db.session.refresh(match)
    return Meeting(match, lecturer, colleague, officer)


def moment(days: int, hour: time = time(10), minutes: int = 90) -> Span:
    """A moment some days from now."""
    start: datetime = at(today() + timedelta(days=days), hour)
    return Span(start, start + timedelta(minutes=minutes))


def period(first: date, last: date) -> Span:
    return period_span(first, last, fields=("first", "last"))
