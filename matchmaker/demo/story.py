"""One story between a need and a municipality: who says what when, before it is played."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import AppointmentKind
from matchmaker.appointments.spans import Span, appointment_kind, period_span, session_span
from matchmaker.database import db
from matchmaker.demo.content import Row
from matchmaker.demo.moments import Calendar, next_working_moment
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import DESK_ROLES, World
from matchmaker.matches.conversation import write_message
from matchmaker.matches.models import Match
from matchmaker.matches.states import AT_DESK, State
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Kind, Party, Refusal

COUNTS_WORKING_DAYS = AT_DESK | {State.PROPOSED, State.OFFERED, State.SCHEDULING}
BETWEEN = timedelta(minutes=6)
SESSION_MINUTES = 60
PERIOD_WEEKS = 10
USUAL_HOUR = "10:00"


@dataclass(slots=True)
class Story:
    """A row of the stories with what it points at. `match` exists from the moment the need is posted or asked."""

    world: World
    timeline: Timeline
    row: Row
    need: Row
    found: Match | None = None
    last: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.last = began(self.world.calendar, self.row) - BETWEEN

    @property
    def key(self) -> str:
        return str(self.row["key"])

    @property
    def state(self) -> State:
        return State(self.row["state"])

    @property
    def match(self) -> Match:
        assert self.found is not None, f"{self.key}: nobody has asked yet"
        return self.found

    @property
    def kind(self) -> Kind:
        return Kind(self.need["kind"])

    @property
    def messages(self) -> list[Row]:
        return list(self.row["messages"])

    @property
    def school_contact(self) -> Account:
        """Who speaks for the school: it has the need, or for an open question the offer."""
        if self.kind is not Kind.QUESTION:
            return self.world.account(self.need["owner"])
        owner = self.world.listings[self.row["offer"]].owner
        assert owner is not None
        return owner

    @property
    def officer(self) -> Account:
        """Who holds it at the desk; where the content names nobody, the first of the desk that has it."""
        key = self.row["owner"]
        return self.world.account(key) if key else officer_of(self.world, self.match)

    @property
    def colleague(self) -> Membership | None:
        return self.world.members[self.row["colleague"]] if self.row["colleague"] else None

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.row["refusal"]["code"])

    def moment(self, days_ago: int, what: str) -> datetime:
        """Working days for what still runs, so that no clock depends on the weekend; days for what has ended."""
        calendar = self.world.calendar
        counted = calendar.working if self.state in COUNTS_WORKING_DAYS else calendar.past
        return counted(days_ago, f"{self.key}/{what}")

    def after(self, moment: datetime, days: int, what: str) -> datetime:
        return next_working_moment(moment, days, f"{self.key}/{what}")

    def do(self, moment: datetime, act: Callable[[], object]) -> datetime:
        """Put an act on the timeline, after the one before it and never ahead of now."""
        self.last = min(max(moment, self.last + BETWEEN), self.world.calendar.now)
        self.timeline.add(self.last, act)
        return self.last

    def party_of(self, key: str) -> Party:
        if key == self.row["colleague"]:
            return Party.COLLEAGUE
        member = self.world.members[key]
        municipality = self.world.organisations.get(self.row["municipality"])
        if key == self.need["owner"] and self.kind is not Kind.QUESTION:
            return Party.SCHOOL
        return Party.MUNICIPALITY if member.organisation is municipality or self._is_officer(key) else Party.SCHOOL

    def _is_officer(self, key: str) -> bool:
        return self.world.members[key].role in DESK_ROLES

    def say(self, message: Row) -> None:
        """Post a message in the thread."""
        author = message["from"]
        write_message(self.match, text=message["text"], by=self.world.account(author), as_party=self.party_of(author))

    def proposal(self) -> Match | None:
        """The engine's proposal for this pair, when it made one."""
        offer = self.world.offer(self.row["offer"])
        if offer is None:
            return None
        need = self.world.need(self.row["need"])
        return db.session.scalar(select(Match).where(Match.need_id == need.id, Match.offer_id == offer.id))

    def agreed_day(self) -> date | None:
        """The day the content says was agreed."""
        row = self.row
        days = row["agreed_in_days"] if row["agreed_ago"] is None else -row["agreed_ago"]
        return None if days is None else self.world.calendar.day(days, row["agreed_weekday"])

    def spans(self) -> list[Span]:
        """The moments proposed: the slots of the content, else the one moment or period that was agreed."""
        day = self.world.calendar.day
        slots = [(day(slot["in_days"], slot["weekday"]), slot["time"]) for slot in self.row["slots"]]
        agreed = self.agreed_day()
        if not slots and agreed is not None and appointment_kind(self.kind) is AppointmentKind.SESSION:
            slots = [(agreed, USUAL_HOUR)]
        if slots:
            minutes, fields = self.need.get("minutes") or SESSION_MINUTES, ("day", "hour", "minutes")
            return [session_span(each, time.fromisoformat(hour), minutes, fields=fields) for each, hour in slots]
        assert agreed is not None, f"{self.key}: no moment to propose"
        return [period_span(agreed, self.last_day(agreed), fields=("first", "last"))]

    def last_day(self, first: date) -> date:
        """Of a placement or block its weeks on, of a seat its term on; of a session the day itself."""
        if appointment_kind(self.kind) is AppointmentKind.SESSION:
            return first
        if self.need.get("term_years"):
            return first.replace(year=first.year + self.need["term_years"], day=min(first.day, 28))
        weeks = self.need.get("block_weeks") or self.need.get("duration_weeks") or PERIOD_WEEKS
        return first + timedelta(weeks=weeks, days=-1)


def began(calendar: Calendar, row: Row) -> datetime:
    """When a story begins."""
    counted = calendar.working if State(row["state"]) in COUNTS_WORKING_DAYS else calendar.past
    return counted(row["days_ago"], f"{row['key']}/request")


def officer_of(world: World, match: Match) -> Account:
    """The first officer of the desk a match lies at."""
    return next(
        each.account
        for each in world.members.values()
        if match.desk is not None and each.organisation_id == match.desk.holder_id and each.role in DESK_ROLES
    )
