"""What student, school and municipality arrange, and the programme that looks at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from matchmaker.clock import today
from matchmaker.competences.models import LEVELS, Competence
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.placements.actor import Actor
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import LearningGoal, Placement, Recognition
from matchmaker.placements.parts import WORK_PARTS, Part
from matchmaker.placements.rules import missing
from matchmaker.placements.states import PlacementAction
from matchmaker.placements.step import check_step, follow_clock, log, step
from matchmaker.vocabulary import Mode

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
MOST_HOURS = 40
MOST_ALLOWANCE = 5000
MOST_GOALS = 8
LONGEST = 4000
SCHOOL_YEAR_BEGINS, SCHOOL_YEAR_ENDS = (8, 1), (8, 31)
"""A school year runs from 1 August; what began in it may end in the summer after, up to 31 August."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A learning goal as it is filled in: words, a competence with a level, or both."""

    text: str = ""
    competence: Competence | None = None
    level: int | None = None


def arrange(placement: Placement, values: Mapping[str, Any], goals: Sequence[Goal], *, by: Actor) -> Placement:
    """Write down what was arranged; unfinished is fine. Raises InvalidValue at the field that cannot be true."""
    check_step(placement, PlacementAction.ARRANGE, by=by)
    put_values(placement, values, goals)
    step(placement, PlacementAction.ARRANGE, by=by)
    return placement


def put_values(placement: Placement, values: Mapping[str, Any], goals: Sequence[Goal]) -> None:
    """Check and write what stands in an arrangement; also used by an amendment."""
    for name, value in clean(values, is_mbo=placement.is_mbo).items():
        setattr(placement, name, value)
    put_goals(placement, goals)
    db.session.flush()


def clean(values: Mapping[str, Any], *, is_mbo: bool) -> dict[str, Any]:
    """The values of an arrangement as they are kept. Raises InvalidValue."""
    kept = dict(values)
    for name, most in (("assignment", LONGEST), ("workplace", 300)):
        kept[name] = (kept.get(name) or "").strip()
        if len(kept[name]) > most:
            raise InvalidValue(name, "text_too_long", n=most)
    _check_number("hours_per_week", kept.get("hours_per_week"), least=1, most=MOST_HOURS)
    _check_number("allowance", kept.get("allowance"), least=0, most=MOST_ALLOWANCE)
    kept["weekdays"] = [day for day in WEEKDAYS if day in (kept.get("weekdays") or ())]
    kept["mode"] = Mode(kept["mode"]) if kept.get("mode") else None
    if "in_english" in kept:
        kept["in_english"] = bool(kept["in_english"])
    kept["crebo"] = (kept.get("crebo") or "").strip() if is_mbo else ""
    if kept["crebo"] and not (kept["crebo"].isascii() and kept["crebo"].isdigit() and len(kept["crebo"]) == 5):
        raise InvalidValue("crebo", "not_a_crebo")
    check_period(kept.get("first_day"), kept.get("last_day"), kept.get("interim_on"))
    return kept


def check_period(first: date | None, last: date | None, interim: date | None = None) -> None:
    """Both days in one school year, this one or the next. Raises InvalidValue at the day that is wrong."""
    if first is not None and not _school_year_start(today()) <= first < _next_year(_school_year_start(today()), 2):
        raise InvalidValue("first_day", "outside_school_year")
    if first is None or last is None:
        return
    if last < first:
        raise InvalidValue("last_day", "reversed")
    if last > date(_school_year_start(first).year + 1, *SCHOOL_YEAR_ENDS):
        raise InvalidValue("last_day", "ends_after_school_year")
    if interim is not None and not first <= interim <= last:
        raise InvalidValue("interim_on", "outside_placement")


def put_goals(placement: Placement, goals: Sequence[Goal]) -> None:
    """The goals in this order, kept where they are the same. Raises InvalidValue at `goals`."""
    wanted = [each for each in goals if each.text.strip() or each.competence is not None]
    if len(wanted) > MOST_GOALS:
        raise InvalidValue("goals", "too_many", n=MOST_GOALS)
    for each in wanted:
        if len(each.text) > LONGEST:
            raise InvalidValue("goals", "text_too_long", n=LONGEST)
        if each.competence is not None and each.level not in LEVELS:
            raise InvalidValue("goals", "level_needed")
    before = {_key(each.text, each.competence_id, each.level): each for each in placement.goals}
    kept = []
    for position, goal in enumerate(wanted):
        competence_id = goal.competence.id if goal.competence else None
        key = _key(goal.text, competence_id, goal.level if goal.competence else None)
        row = before.pop(key, None) or LearningGoal(text=key[0], competence_id=key[1], level=key[2])
        row.position = position
        kept.append(row)
    placement.goals[:] = kept


def submit(placement: Placement, *, by: Actor) -> None:
    """Lay the arrangement before the programme. Raises InvalidValue while something is missing or not recognised."""
    check_step(placement, PlacementAction.SUBMIT, by=by)
    _must_be_complete(placement)
    step(placement, PlacementAction.SUBMIT, by=by)
    tell_parts("placement_step", placement, {Part.COORDINATOR}, news="to_approve")


def approve(placement: Placement, *, by: Actor, note: str = "") -> None:
    """The programme says yes. Raises InvalidValue when the municipality is not recognised on the first day."""
    check_step(placement, PlacementAction.APPROVE, by=by)
    _must_be_complete(placement)
    step(placement, PlacementAction.APPROVE, by=by, note=note)
    placement.approved_at = placement.events[-1].at
    tell_parts("placement_step", placement, frozenset(Part) - {Part.COORDINATOR}, news="approved", note=note)


def send_back(placement: Placement, *, by: Actor, note: str) -> None:
    """The programme wants something else; who arranges reads what."""
    if not note.strip():
        raise InvalidValue("note", "required")
    step(placement, PlacementAction.SEND_BACK, by=by, note=note.strip())
    tell_parts("placement_step", placement, WORK_PARTS | {Part.STUDENT}, news="sent_back", note=note.strip())


def reopen(placement: Placement, *, by: Actor, note: str = "") -> None:
    """Change what was approved: the programme looks again after that."""
    step(placement, PlacementAction.REOPEN, by=by, note=note)
    placement.approved_at = None
    tell_parts("placement_step", placement, frozenset(Part) - {by.part}, news="reopened", note=note)


def recognition_on(municipality_id: int, crebo: str, day: date) -> Recognition | None:
    """The recognition for a qualification that holds on a day."""
    return db.session.scalar(
        select(Recognition)
        .where(
            Recognition.municipality_id == municipality_id, Recognition.crebo == crebo, Recognition.valid_until >= day
        )
        .order_by(Recognition.valid_until.desc(), Recognition.id)
        .limit(1)
    )


def check_recognition(placement: Placement, day: date | None) -> None:
    """Mbo: a municipality without recognition for this qualification on the day may not train. InvalidValue `crebo`."""
    if not placement.is_mbo or day is None:
        return
    if recognition_on(placement.municipality_id, placement.crebo, day) is None:
        raise InvalidValue("crebo", "not_recognised", crebo=placement.crebo)


def set_presence(placement: Placement, values: Mapping[str, Any], *, by: Actor) -> None:
    """What the programme wants kept of the days at work, and when the interim evaluation is."""
    interim = values.get("interim_on")
    if interim and placement.first_day and placement.last_day:
        check_period(placement.first_day, placement.last_day, interim)
    placement.presence, placement.interim_on = values["presence"], interim
    follow_clock(placement)
    log(placement, "set_presence", by=by)


def _must_be_complete(placement: Placement) -> None:
    if missing(placement):
        raise InvalidValue("missing", "arrangement_incomplete")
    check_recognition(placement, placement.first_day)


def _check_number(name: str, value: int | None, *, least: int, most: int) -> None:
    if value is not None and value < least:
        raise InvalidValue(name, "too_small", n=least)
    if value is not None and value > most:
        raise InvalidValue(name, "too_large", n=most)


def _key(text: str, competence_id: int | None, level: int | None) -> tuple[str, int | None, int | None]:
    return text.strip(), competence_id, level


def _school_year_start(day: date) -> date:
    year = day.year if (day.month, day.day) >= SCHOOL_YEAR_BEGINS else day.year - 1
    return date(year, *SCHOOL_YEAR_BEGINS)


def _next_year(day: date, years: int) -> date:
    return date(day.year + years, day.month, day.day)
