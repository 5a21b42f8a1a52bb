"""What municipalities do together, what came out of work that is done, and what was sought in vain."""

from functools import partial

from matchmaker.demo.content import Row
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.insights.searches import count_search
from matchmaker.joint.actions import answer, propose
from matchmaker.joint.queries import joint_on
from matchmaker.library.actions import show
from matchmaker.listings.search.filters import DEFAULT_KM, Filter
from matchmaker.vocabulary import Side

NETWORK = "198.51.100.{}"
"""Addresses that are kept free for examples (RFC 5737)."""


def plan_together(world: World, timeline: Timeline, rows: Row) -> None:
    """Put it all on the timeline."""
    for row in rows["joint"]:
        timeline.add(world.calendar.working(row["days_ago"], row["lead"]), partial(_propose, world, row))
        if row["answer"]:
            answered = world.calendar.working(row["answer"]["days_ago"], row["with"])
            timeline.add(answered, partial(_answer, world, row))
    for row in rows["finished"]:
        timeline.add(world.calendar.working(row["days_ago"], row["listing"]), partial(_show, world, row))
    for row in rows["searches_in_vain"]:
        moment = world.calendar.working(row["days_ago"], row["work_field"])
        timeline.add(moment, partial(_search, row))


def _propose(world: World, row: Row) -> None:
    lead, other = world.listings[row["lead"]], world.listings[row["with"]]
    propose(lead, to=[other], note=row["note"], by=world.account(row["by"]))


def _answer(world: World, row: Row) -> None:
    joint = joint_on(world.listings[row["lead"]])
    assert joint is not None
    [partner] = joint.partners
    said = row["answer"]
    answer(partner, yes=said["yes"], note=said["note"], by=world.account(said["by"]))


def _show(world: World, row: Row) -> None:
    show(
        world.listings[row["listing"]],
        title=row["title"],
        summary=row["summary"],
        school_id=None,
        consents=True,
        by=world.account(row["by"]),
    )


def _search(row: Row) -> None:
    wanted = Filter(
        Side.OFFER, kinds=(row["kind"],), work_fields=(row["work_field"],), place=row["place"], km=DEFAULT_KM
    )
    for number in range(1, row["networks"] + 1):
        count_search(wanted, address=NETWORK.format(number))
