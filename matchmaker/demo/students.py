"""Students of the region: what they look for, where they applied, and who answered."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from matchmaker.applications import actions
from matchmaker.applications.models import Application
from matchmaker.clock import today
from matchmaker.cohorts import actions as cohorts
from matchmaker.cohorts.models import CohortPlace
from matchmaker.database import db
from matchmaker.demo.content import Row
from matchmaker.demo.moments import Calendar
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.organisations.models import Programme
from matchmaker.placements.starting import start_from_application
from matchmaker.students.actions import begin, change_rules, change_wishes, set_alert
from matchmaker.students.inviting import invite_students
from matchmaker.students.queries import profile_of
from matchmaker.vocabulary import Kind, Level, Party, Refusal

BEGAN_DAYS_AGO = 20
RULES = ("no_cv", "no_talk", "school_approves", "blind_until_talk")
Step = Callable[[World, Application, Row], object]


def first_applied(calendar: Calendar, rows: Row) -> dict[str, datetime]:
    """When each offer was first answered by a student or asked for by a round: by then it is online."""
    first: dict[str, datetime] = {}
    for row in rows["applications"]:
        moment = _moment(calendar, row)
        first[row["offer"]] = min(moment, first.get(row["offer"], moment))
    for row in rows["rounds"]:
        moment = _opened(calendar, row)
        for asked in row["asked"]:
            first[asked["offer"]] = min(moment, first.get(asked["offer"], moment))
    return first


def plan_students(world: World, timeline: Timeline, rows: Row, people: Mapping[str, Row]) -> None:
    """Put it all on the timeline."""
    began = world.calendar.working(BEGAN_DAYS_AGO, "students")
    for row in rows["rules"]:
        timeline.add(began, partial(_set_rules, world, row))
    for key in rows["blind_desks"]:
        timeline.add(began, partial(_read_without_names, world, key))
    for row in rows["students"]:
        timeline.add(began, partial(_begin, world, row, people[row["person"]]))
    for row in rows["invitations"]:
        timeline.add(world.calendar.working(row["days_ago"], row["by"]), partial(_invite, world, row))
    for row in rows["rounds"]:
        timeline.add(_opened(world.calendar, row), partial(_open_round, world, row))
        for asked in row["asked"]:
            if asked["by"]:
                moment = world.calendar.working(asked["days_ago"], f"{row['name']}/{asked['offer']}")
                timeline.add(moment, partial(_answer_round, world, asked))
    for row in rows["applications"]:
        timeline.add(_moment(world.calendar, row), partial(_apply, world, row))
        for step in row["steps"]:
            moment = world.calendar.working(step["days_ago"], f"{row['person']}/{row['offer']}/{step['step']}")
            timeline.add(moment, partial(_take_step, world, row, step))


def _moment(calendar: Calendar, row: Row) -> datetime:
    return calendar.working(row["days_ago"], f"{row['person']}/{row['offer']}")


def _opened(calendar: Calendar, row: Row) -> datetime:
    return calendar.working(row["days_ago"], row["name"])


def _open_round(world: World, row: Row) -> None:
    by = world.account(row["by"])
    cohort = cohorts.open_round(
        [_programme(world, row)],
        name=row["name"],
        kind=Kind(row["kind"]),
        wishes_until=world.calendar.day(row["wishes_in_days"]),
        by=by,
    )
    offers = [world.listings[each["offer"]] for each in row["asked"]]
    cohorts.ask_places(cohort, offers, by=by)


def _answer_round(world: World, row: Row) -> None:
    offer = world.listings[row["offer"]]
    place = db.session.scalars(select(CohortPlace).where(CohortPlace.offer_id == offer.id)).one()
    if row["places"]:
        cohorts.lend(place, places=row["places"], by=world.account(row["by"]))
    else:
        cohorts.refuse(place, note=row["note"], by=world.account(row["by"]))


def _programme(world: World, row: Row) -> Programme:
    return world.programmes[row["school"], row["programme"]]


def _set_rules(world: World, row: Row) -> None:
    asked = {name: bool(row.get(name)) for name in RULES}
    change_rules(_programme(world, row), **asked, time_kept=None, by=world.account(row["by"]))


def _read_without_names(world: World, key: str) -> None:
    desk = world.members[key].organisation.desk
    assert desk is not None
    desk.blind_until_talk = True


def _begin(world: World, row: Row, person: Row) -> None:
    member = world.members[row["person"]]
    minor = person.get("turns_18_in_days")
    profile = begin(
        member.account,
        member.organisation,
        sixteen=True,
        adult_from=today() + timedelta(days=minor) if minor else None,
        programme=world.programmes[person["organisation"], person["programme"]],
        level=Level(person["level"]),
    )
    wishes = {name: row[name] for name in ("work_fields", "place", "max_distance_km", "hours_min", "hours_max")}
    days = {
        "starts_on": world.calendar.day(row["start_in_days"]),
        "ends_on": world.calendar.day(row["end_in_days"]),
        "workplace_needs": row["needs"],
    }
    change_wishes(profile, {**wishes, **days}, by=member.account)
    if row["alert"]:
        set_alert(profile, on=True, by=member.account)


def _invite(world: World, row: Row) -> None:
    invite_students(row["addresses"], _programme(world, row), by=world.members[row["by"]])


def _apply(world: World, row: Row) -> None:
    profile, offer = profile_of(world.account(row["person"])), world.offer(row["offer"])
    assert profile is not None and offer is not None
    shares = bool(row.get("shares_needs"))
    actions.apply(profile, offer, motivation=row["motivation"], share_needs=shares)


def _take_step(world: World, row: Row, step: Row) -> None:
    student, offer = world.account(row["person"]), world.offer(row["offer"])
    assert offer is not None
    application = db.session.scalars(
        select(Application).where(Application.student_id == student.id, Application.offer_id == offer.id)
    ).one()
    _STEPS[step["step"]](world, application, step)


def _refuse(world: World, application: Application, step: Row) -> object:
    refusal, by = Refusal(step["refusal"]), world.account(step["by"])
    return actions.refuse(application, refusal=refusal, note=step["note"], by=by, as_party=Party.MUNICIPALITY)


def _accept(_world: World, application: Application, _step: Row) -> object:
    assert application.student is not None
    actions.accept(application, by=application.student)
    return start_from_application(application, by=application.student)


_STEPS: dict[str, Step] = {
    "approve": lambda world, application, step: actions.approve(application, by=world.account(step["by"])),
    "invite": lambda world, application, step: actions.invite(
        application, note=step["note"], by=world.account(step["by"])
    ),
    "offer": lambda world, application, step: actions.offer(
        application, note=step["note"], by=world.account(step["by"])
    ),
    "refuse": _refuse,
    "accept": _accept,
}
