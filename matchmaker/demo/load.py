"""Fill an empty database with the region of the demo, in one transaction: it is there wholly or not at all."""

import time
from collections.abc import Callable, Mapping

from flask import current_app
from sqlalchemy import func, select

from config import ConfigurationError, Settings
from matchmaker.clock import local, now, pretending
from matchmaker.competences.loading import load_competences
from matchmaker.database import db
from matchmaker.demo import content
from matchmaker.demo.daily_life import plan_daily_life
from matchmaker.demo.letters import leave_the_newest
from matchmaker.demo.moments import Calendar
from matchmaker.demo.people import make_organisations_and_people, region_code
from matchmaker.demo.placing import first_placed, plan_placements
from matchmaker.demo.postings import post_listings
from matchmaker.demo.stories import first_uses, plan_stories
from matchmaker.demo.students import first_applied, plan_students
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.together import plan_together
from matchmaker.demo.world import World
from matchmaker.matches.models import Match
from matchmaker.organisations.queries import organisation_by_code
from matchmaker.organisations.registers import load_registers
from matchmaker.vocabulary import Side

START_DAYS_AGO = 160


def load_demo(say: Callable[[str], object] = print) -> bool:
    """Load the demo unless it is there; returns whether it was loaded. `say` gets a line on each step.

    Raises ConfigurationError outside a demo. Commits once, at the end.
    """
    _must_be_demo(current_app.extensions["settings"])
    if organisation_by_code(region_code()) is not None:
        say("The demo is there already: your changes were kept.")
        return False
    say("Filling the database with the demo region. This takes about a quarter of a minute.")
    began = time.monotonic()
    calendar = Calendar(now())
    world, timeline = World(calendar), Timeline()
    with pretending(calendar.past(START_DAYS_AGO, "start")):
        counts = load_registers()
        load_competences()
        say(f"  registers: {counts.municipalities} municipalities, {counts.institutions} schools")
        make_organisations_and_people(world)
    say(f"  the region: {len(world.organisations)} organisations, {len(world.members)} people")
    _plan(world, timeline)
    say(f"  playing what happened since {local(calendar.past(START_DAYS_AGO, 'start')):%d-%m-%Y} ...")
    acts = timeline.play(calendar.now)
    say(f"  {len(world.listings)} offers and needs, {_count_matches()} matches, {acts} acts since the start")
    waiting = leave_the_newest()
    db.session.commit()
    say(f"  {waiting} letters wait to be sent. Ready in {time.monotonic() - began:.0f} seconds.")
    return True


def _must_be_demo(settings: Settings) -> None:
    if settings.production or not settings.demo:
        raise ConfigurationError("The demo content is only for a demo: set DEMO=1, never in production")


def _plan(world: World, timeline: Timeline) -> None:
    stories, needs = content.stories(), content.needs()
    students = content.students()
    used = {**first_applied(world.calendar, students), **first_uses(world.calendar, stories)}
    for key, moment in first_placed(world.calendar, content.placements()["placements"]).items():
        used[key] = min(moment, used.get(key, moment))
    post_listings(world, timeline, content.offers(), side=Side.OFFER, first_used=used)
    post_listings(world, timeline, needs, side=Side.NEED, first_used=used)
    plan_stories(world, timeline, stories, _by_key(needs))
    plan_daily_life(world, timeline, content.daily_life())
    plan_together(world, timeline, content.together())
    plan_placements(world, timeline, content.placements())
    plan_students(world, timeline, students, _by_key(content.people()))


def _by_key(rows: list[content.Row]) -> Mapping[str, content.Row]:
    return {row["key"]: row for row in rows}


def _count_matches() -> int:
    return db.session.scalar(select(func.count(Match.id))) or 0
