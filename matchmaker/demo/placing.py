"""Students on their way at municipalities: some about to begin, some half way, one done and one who stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from matchmaker.accounts.models import Account
from matchmaker.committees.days import months_on
from matchmaker.competences.queries import competences
from matchmaker.demo.content import Row
from matchmaker.demo.moments import Calendar
from matchmaker.demo.signing import sign_agreement
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import DESK_ROLES, World
from matchmaker.organisations.models import Organisation
from matchmaker.placements import actions, municipal
from matchmaker.placements.actor import Actor
from matchmaker.placements.arranging import SCHOOL_YEAR_BEGINS, SCHOOL_YEAR_ENDS, Goal
from matchmaker.placements.models import EndReason, Placement, PlacementPerson, Presence
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import EvaluationMoment
from matchmaker.placements.starting import Named
from matchmaker.placements.states import PlacementState
from matchmaker.vocabulary import Mode

REACHED = (
    PlacementState.ARRANGING, PlacementState.TO_APPROVE, PlacementState.APPROVED, PlacementState.SIGNING,
    PlacementState.SIGNED, PlacementState.RUNNING, PlacementState.FINISHED,
)  # fmt: skip
NAMED = {"school_supervisor": Part.SCHOOL_SUPERVISOR, "supervisor": Part.SUPERVISOR, "trainer": Part.PRACTICE_TRAINER}
ARRANGED_AFTER, APPROVED_AFTER, SIGNED_AFTER = 3, 6, 9


@dataclass(slots=True)
class Played:
    """A row with the placement it became and the days it runs."""

    world: World
    row: Row
    first: date
    last: date
    made: Placement | None = None

    @property
    def placement(self) -> Placement:
        assert self.made is not None
        return self.made

    def by(self, part: Part) -> Actor:
        """Whoever has this part."""
        person = self.placement.person(part)
        return Actor(part, person.account if person else None, person)

    @property
    def work(self) -> Part:
        return Part.PRACTICE_TRAINER if self.row["trainer"] else Part.SUPERVISOR

    @property
    def halfway(self) -> date:
        return self.first + (self.last - self.first) / 2

    def holds(self, ahead: int) -> bool:
        """Whether a day lies in the placement; at the end of a school year some do not."""
        return self.first <= self.world.calendar.day(ahead) <= self.last

    def reaches(self, state: PlacementState) -> bool:
        """Whether the row comes as far as this; one that stopped had been running."""
        until = PlacementState(self.row["until"])
        until = PlacementState.RUNNING if until is PlacementState.STOPPED else until
        return REACHED.index(until) >= REACHED.index(state)


def first_placed(calendar: Calendar, rows: list[Row]) -> dict[str, datetime]:
    """When the first placement of an offer begins, by key."""
    return {row["offer"]: calendar.past(row["opened_ago"], row["key"]) for row in rows}


def plan_placements(world: World, timeline: Timeline, rows: Row) -> None:
    """Put it all on the timeline."""
    begin = world.calendar.past(150, "erkenning")
    for row in rows["recognitions"]:
        timeline.add(begin, partial(_recognise, world, row))
    for row in rows["standard_checks"]:
        timeline.add(begin, partial(_check_always, world, row))
    for row in rows["placements"]:
        _plan(world, timeline, row)


def _plan(world: World, timeline: Timeline, row: Row) -> None:
    first = world.calendar.day(row["first_in"])
    played = Played(world, row, first, _last_day(first, world.calendar.day(row["last_in"])))
    opened = int(row["opened_ago"])

    def at(days_ago: int, act: Callable[[Played], object]) -> None:
        timeline.add(world.calendar.past(max(days_ago, 0), row["key"]), partial(act, played))

    at(opened, _open)
    at(opened - ARRANGED_AFTER, _arrange)
    at(opened - APPROVED_AFTER, _approve)
    at(opened - SIGNED_AFTER, _sign)
    at(-int(row["first_in"]), _start)
    for ahead, at_workplace, about in row["contacts"]:
        if not played.holds(ahead):
            continue
        at(-int(row["first_in"]), partial(_plan_talk, ahead, at_workplace, about))
        if ahead < 0:
            at(-ahead, partial(_hold_talk, ahead))
    for part, shared, text in row["notes"]:
        at(min(opened - SIGNED_AFTER, -int(row["first_in"]) - 7), partial(_note, Part(part), shared, text))
    _plan_rest(played, at)


def _plan_rest(played: Played, at: Callable[[int, Callable[[Played], object]], None]) -> None:
    row, today = played.row, played.world.calendar.today
    if row["interim"]:
        at((today - played.halfway).days - 3, partial(_evaluate, EvaluationMoment.INTERIM))
    for ahead, minutes in row["days"]:
        if played.holds(ahead):
            at(-ahead, partial(_write_day, ahead, minutes))
    if row["signal"]:
        at(row["signal"]["ago"], _signal)
    if row["stop"]:
        at(row["stop"]["ago"], _stop)
    if row["final"]:
        at((today - played.last).days - 2, _finish)


def _open(played: Played) -> None:
    row, world = played.row, played.world
    offer, school = world.offer(row["offer"]), world.organisations[row["school"]]
    assert offer is not None and offer.organisation is not None
    coordinator = world.account(row["coordinator"])
    month = date(world.calendar.today.year, world.calendar.today.month, 1)
    people = [_person(world, Part.STUDENT, row["student"]), PlacementPerson(part=Part.COORDINATOR, account=coordinator)]
    people.append(PlacementPerson(part=Part.OFFICER, account=_officer(world, offer.organisation)))
    played.made = actions.open_placement(
        kind=offer.kind,
        programme=world.programmes[row["school"], row["programme"]],
        institution=school,
        municipality=offer.organisation,
        offer=offer,
        title=offer.title,
        people=people,
        by=Actor(Part.COORDINATOR, coordinator),
        minor_until=months_on(month, row["minor_in"]) if row["minor_in"] else None,
        presence=Presence(row["presence"]),
    )
    for name, part in NAMED.items():
        if row[name]:
            actions.name_person(played.placement, part, _named(world, row[name]), by=played.by(Part.COORDINATOR))
    if row["parent"]:
        named = _named(world, row["parent"])
        actions.name_person(played.placement, Part.PARENT, named, by=played.by(Part.COORDINATOR))


def _arrange(played: Played) -> None:
    row, known = played.row, {each.code: each for each in competences()}
    values = {
        "assignment": row["assignment"],
        "hours_per_week": row["hours"],
        "weekdays": row["weekdays"],
        "first_day": played.first,
        "last_day": played.last,
        "allowance": row["allowance"],
        "workplace": row["workplace"],
        "mode": Mode.HYBRID,
        "crebo": row["crebo"],
    }
    goals = [Goal(text, known[code], level) for code, level, text in row["goals"]]
    actions.arrange(played.placement, values, goals, by=played.by(played.work))
    if played.reaches(PlacementState.TO_APPROVE):
        actions.submit(played.placement, by=played.by(played.work))


def _approve(played: Played) -> None:
    if played.reaches(PlacementState.APPROVED):
        values = {"presence": Presence(played.row["presence"]), "interim_on": played.halfway}
        actions.set_presence(played.placement, values, by=played.by(Part.COORDINATOR))
        actions.approve(played.placement, by=played.by(Part.COORDINATOR))


def _sign(played: Played) -> None:
    """The agreement is made and signed, or waits for all but the student; the checklist has one thing open."""
    if not played.reaches(PlacementState.SIGNING):
        return
    signed = played.reaches(PlacementState.SIGNED)
    sign_agreement(played.placement, coordinator=played.by(Part.COORDINATOR), officer=played.by(Part.OFFICER),
                   by_all=signed)  # fmt: skip
    if not signed:
        return
    ready = played.reaches(PlacementState.RUNNING)
    for item in played.placement.checklist if ready else played.placement.checklist[:-1]:
        day = played.placement.events[-1].at.date()
        actions.settle(item, needed=True, done_on=day, by=played.by(played.work))


def _start(played: Played) -> None:
    if played.reaches(PlacementState.RUNNING):
        actions.start(played.placement, by=played.by(played.work))


def _plan_talk(ahead: int, at_workplace: bool, about: str, played: Played) -> None:
    day = played.world.calendar.day(ahead)
    by = played.by(Part.SCHOOL_SUPERVISOR)
    actions.plan_contact(played.placement, day, at_workplace=at_workplace, about=about, by=by)


def _hold_talk(ahead: int, played: Played) -> None:
    day = played.world.calendar.day(ahead)
    contact = next(each for each in played.placement.contacts if each.planned_on == day)
    actions.note_held(
        contact, day, at_workplace=contact.at_workplace, note="", shared=True, by=played.by(Part.SCHOOL_SUPERVISOR)
    )


def _note(part: Part, shared: bool, text: str, played: Played) -> None:
    actions.write_note(played.placement, text, shared=shared, by=played.by(part))


def _evaluate(moment: EvaluationMoment, played: Played) -> None:
    for name, (good, better) in played.row[moment.value].items():
        part = played.work if name == "supervisor" else Part(name)
        levels = {goal.id: goal.level or 1 for goal in played.placement.goals}
        actions.evaluate(
            played.placement, moment, good=good, better=better, enough=True, levels=levels, by=played.by(part)
        )


def _write_day(ahead: int, minutes: int | None, played: Played) -> None:
    day = played.world.calendar.day(ahead)
    actions.write_day(played.placement, day, minutes=minutes, what="", by=played.by(Part.STUDENT))


def _signal(played: Played) -> None:
    said = played.row["signal"]
    to_side = PlacementSide(said["to"])
    actions.raise_signal(played.placement, said["text"], to_side=to_side, by=played.by(Part(said["from"])))


def _stop(played: Played) -> None:
    said = played.row["stop"]
    because = EndReason(said["because"])
    actions.call_off(played.placement, because=because, note=said["note"], by=played.by(Part(said["by"])))


def _finish(played: Played) -> None:
    _evaluate(EvaluationMoment.FINAL, played)
    student, row = played.by(Part.STUDENT), played.row
    actions.reply(played.placement, EvaluationMoment.FINAL, agrees=True, reason="", by=student)
    actions.finish(played.placement, by=played.by(Part.COORDINATOR))
    if row["follow"]:
        until = played.world.calendar.today + timedelta(days=row["follow"])
        actions.let_follow(played.placement, until, consents=True, by=student)
    if row["product"]:
        actions.describe_product(played.placement, **row["product"], may_show=True, by=student)


def _recognise(world: World, row: Row) -> None:
    municipal.keep_recognition(
        world.organisations[row["municipality"]],
        crebo=row["crebo"],
        company_id=row["company_id"],
        valid_until=world.calendar.today + timedelta(days=row["days"]),
        by=world.account(row["by"]),
    )


def _check_always(world: World, row: Row) -> None:
    here = world.organisations[row["municipality"]]
    municipal.add_standard_check(here, row["title"], by=world.account(row["by"]))


def _officer(world: World, municipality: Organisation) -> Account:
    """The first of the desk, in the order of the content."""
    desk = municipality.desk
    return next(
        each.account
        for each in world.members.values()
        if desk and each.organisation is desk.holder and each.role in DESK_ROLES
    )


def _person(world: World, part: Part, who: Row) -> PlacementPerson:
    if "account" in who:
        return PlacementPerson(part=part, account=world.account(who["account"]))
    return PlacementPerson(part=part, name=who["name"], address=who["email"], language=who.get("language", "nl"))


def _named(world: World, who: Row) -> Named:
    if "account" in who:
        account = world.account(who["account"])
        return Named(account.display_name, account.email)
    return Named(who["name"], who["email"])


def _last_day(first: date, last: date) -> date:
    """A placement ends in its school year, whatever day the demo is made."""
    year = first.year if (first.month, first.day) >= SCHOOL_YEAR_BEGINS else first.year - 1
    return min(last, date(year + 1, *SCHOOL_YEAR_ENDS))
