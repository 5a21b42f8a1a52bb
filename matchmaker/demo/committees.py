"""Committees of the region: who was asked, who met, what was advised and what the schools did with it."""

from datetime import time, timedelta
from functools import partial

from matchmaker.appointments.spans import Span
from matchmaker.clock import at, now
from matchmaker.committees import actions, advising, filling, meetings
from matchmaker.committees.filling import Person
from matchmaker.committees.meeting_models import Advice, Meeting
from matchmaker.committees.models import Committee, Seat
from matchmaker.demo.content import Row
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.documents.committee_sealing import seal
from matchmaker.organisations.queries import programmes_of
from matchmaker.vocabulary import AdviceAnswer, CommitteeKind, Level, MunicipalitySize
from matchmaker.words.committees import meeting_wording


class Story:
    """One committee on its way through the months."""

    def __init__(self, world: World, row: Row) -> None:
        self.world, self.row = world, row
        self.keeper = world.account(row["owner"])
        self.seats: dict[str, Seat] = {}
        self.meetings: dict[str, Meeting] = {}
        self.advices: dict[str, Advice] = {}
        self.committee: Committee | None = None

    def plan(self, timeline: Timeline) -> None:
        """Put it all on the timeline, in the order in which it happened."""
        calendar, key = self.world.calendar, self.row["key"]
        timeline.add(calendar.past(self.row["days_ago"], key), self.make)
        for row in self.row["seats"]:
            if "invited" in row:
                timeline.add(calendar.past(row["invited"]["days_ago"], key), partial(self.invite, row))
            if "need" in row:
                timeline.add(calendar.working(0, key), partial(self.link, row))
        for row in self.row["meetings"]:
            timeline.add(calendar.past(row["planned_days_ago"], row["title"]), partial(self.meet, row))
            if "held" in row:
                timeline.add(self.span(row).ends_at + timedelta(hours=1), partial(self.hold, row))
        for row in self.row["advices"]:
            timeline.add(calendar.past(-row["in_days"], row["title"]), partial(self.advise, row))
            if row["answer"]:
                timeline.add(calendar.past(-row["answer"]["in_days"], row["title"]), partial(self.answer, row))
            if row["follow_up"]:
                timeline.add(calendar.past(-row["follow_up"]["in_days"], row["title"]), partial(self.close, row))
        if self.row.get("sealed"):
            timeline.add(calendar.past(self.row["sealed"]["days_ago"], key), self.seal)

    def make(self) -> None:
        """The committee with its seats, and who sat there already."""
        row, school = self.row, self.world.organisations[self.row["organisation"]]
        programme = self.world.programmes.get((row["organisation"], row["programme"] or ""))
        faculties = {each.faculty.name: each.faculty for each in programmes_of(school)}
        self.committee = actions.save_committee(
            None,
            faculty=faculties[row["faculty"]],
            programme=programme,
            name=row["name"],
            kind=CommitteeKind(row["kind"]),
            purpose=row["purpose"],
            term_years=row["term_years"],
            renewals=row["renewals"],
            meetings_per_year=row["meetings_per_year"],
            owner=self.keeper,
            by=self.keeper,
        )
        for seat in row["seats"]:
            self.add_seat(seat)

    def add_seat(self, row: Row) -> None:
        assert self.committee is not None
        seat = self.seats[row["name"]] = actions.save_seat(
            None,
            committee=self.committee,
            name=row["name"],
            work_field=row["work_field"],
            size=MunicipalitySize(row["size"]) if row["size"] else None,
            level=Level(row["level"]) if row["level"] else None,
            profile=row["profile"],
            by=self.keeper,
        )
        if "member" in row:
            self.seat_member(seat, row["member"])

    def seat_member(self, seat: Seat, row: Row) -> None:
        member, calendar = self.world.members[row["account"]], self.world.calendar
        person = Person(
            name=member.account.display_name,
            email=member.account.email,
            organisation_name=f"Gemeente {member.organisation.name}",
            job_title=member.job_title,
            work_field=row["work_field"],
            size=MunicipalitySize(row["size"]),
        )
        first, last = (calendar.today + timedelta(days=row[name]) for name in ("first_in_days", "last_in_days"))
        filling.seat_member(seat, person, starts_on=first, ends_on=last, by=self.keeper)

    def invite(self, row: Row) -> None:
        asked = {name: row["invited"][name] for name in ("name", "email", "organisation_name", "job_title")}
        person, first = Person(**asked), self.world.calendar.today + timedelta(days=30)
        filling.invite(self.seats[row["name"]], person, starts_on=first, note=row["invited"]["note"], by=self.keeper)

    def link(self, row: Row) -> None:
        """The posting that looks for someone; when its match is agreed the seat is filled."""
        self.seats[row["name"]].need = self.world.need(row["need"])
        filling.fill_agreed_seats(now())

    def span(self, row: Row) -> Span:
        day = self.world.calendar.day(row["in_days"], row["weekday"])
        start = at(day, time.fromisoformat(row["time"]))
        return Span(start, start + timedelta(minutes=row["minutes"]))

    def meet(self, row: Row) -> None:
        assert self.committee is not None
        title, agenda = row["title"], row["agenda"]
        meeting = self.meetings[title] = meetings.plan(
            self.committee,
            self.span(row),
            title=title,
            location=row["location"],
            agenda=agenda,
            wording=meeting_wording(self.committee, title=title, agenda=agenda),
            by=self.keeper,
        )
        coming = {self.world.account(key).id for key in row.get("coming", ())}
        for each in meeting.people:
            if each.account is not None and each.account.id in coming:
                meetings.answer(each, coming=True, by=each.account)

    def hold(self, row: Row) -> None:
        meeting, there = self.meetings[row["title"]], {self.world.account(key).id for key in row["held"]["present"]}
        present = [each.id for each in meeting.people if each.account is not None and each.account.id in there]
        meetings.hold(meeting, present=present, minutes=row["held"]["minutes"], by=self.keeper)

    def advise(self, row: Row) -> None:
        assert self.committee is not None
        self.advices[row["title"]] = advising.give(
            self.committee,
            title=row["title"],
            text=row["text"],
            given_on=self.world.calendar.today + timedelta(days=row["in_days"]),
            meeting=self.meetings.get(row["meeting"] or ""),
            by=self.keeper,
        )

    def answer(self, row: Row) -> None:
        said = row["answer"]
        advising.answer(
            self.advices[row["title"]], answer=AdviceAnswer(said["answer"]), text=said["text"], by=self.keeper
        )

    def close(self, row: Row) -> None:
        advising.close(self.advices[row["title"]], follow_up=row["follow_up"]["text"], by=self.keeper)

    def seal(self) -> None:
        assert self.committee is not None
        row, today = self.row["sealed"], self.world.calendar.today
        first, last = (today + timedelta(days=row[name]) for name in ("first_in_days", "last_in_days"))
        seal(self.committee, first, last, by=self.keeper)


def plan_committees(world: World, timeline: Timeline, rows: list[Row]) -> None:
    """Put every committee on the timeline."""
    for row in rows:
        Story(world, row).plan(timeline)
