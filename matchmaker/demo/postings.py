"""Offers and needs: typed, checked, published, sent back and closed, each at a moment that fits its dates."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.clock import at
from matchmaker.demo.content import Row
from matchmaker.demo.moments import MIDDAY, WEEKDAYS, next_working_moment, spread
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.listings.actions import approve, close, publish, return_to_owner, save_draft
from matchmaker.listings.kinds import fields_for
from matchmaker.matches.actions import propose_for
from matchmaker.vocabulary import Kind, ListingStatus, Role, Side

OLDEST_WORKING_DAYS = 28
RENAMED = {"track": "tracks", "groups": "places", "block_weeks": "duration_weeks"}
DAYS = {"start_in_days": "starts_on", "end_in_days": "ends_on", "respond_in_days": "respond_before"}
SAYS_NOTHING: tuple[Any, ...] = (None, "", [], False, 1)
"""One place is what every posting has; a value that says more must be asked for, else the action refuses it."""

NOT_A_FIELD = frozenset(
    {"key", "status", "organisation", "owner", "team", "programme", "language", "reason", "audience_level", "kind"}
)


def post_listings(
    world: World, timeline: Timeline, rows: list[Row], *, side: Side, first_used: Mapping[str, datetime]
) -> None:
    """Put the life of every posting on the timeline. `first_used` says when a story begins with it."""
    for row in rows:
        _plan(world, timeline, row, side, first_used.get(row["key"]))


def _plan(world: World, timeline: Timeline, row: Row, side: Side, used: datetime | None) -> None:
    key, status = row["key"], ListingStatus(row["status"])
    writer, online = _writer(world, row, status), _online_at(world, row, used)
    write, send = partial(_write, world, row, side), partial(_publish, world, key)
    if status is ListingStatus.DRAFT:
        timeline.add(world.calendar.working(1 + int(spread(key) * 8), key), partial(write, by=writer))
    elif status is ListingStatus.IN_CHECK:
        sent = world.calendar.working(int(spread(key) * 4), key)
        timeline.add(sent, partial(write, by=writer))
        timeline.add(sent, partial(send, by=writer))
    elif status is ListingStatus.RETURNED:
        sent = world.calendar.working(4 + int(spread(key) * 4), key)
        timeline.add(sent, partial(write, by=writer))
        timeline.add(sent, partial(send, by=writer))
        back = world.calendar.working(2, key)
        timeline.add(back, partial(_return, world, key, row["reason"]))
    else:
        sent = next_working_moment(online, -1, key)
        timeline.add(sent - timedelta(minutes=25), partial(write, by=writer))
        timeline.add(sent, partial(send, by=writer))
        timeline.add(online, partial(_approve, world, key))
    if status is ListingStatus.CLOSED:
        last_day = world.calendar.day(row["respond_in_days"])
        timeline.add(at(last_day, MIDDAY), partial(_close, world, key))


def _online_at(world: World, row: Row, used: datetime | None) -> datetime:
    """Before the story that uses it; when it had to be answered before a day that has passed, weeks before that."""
    key, share = row["key"], spread(row["key"])
    moments = []
    if used is not None:
        moments.append(next_working_moment(used, -1 - int(share * 5), key))
    if row["respond_in_days"] < 0:
        moments.append(world.calendar.past(20 + int(share * 20) - row["respond_in_days"], key))
    return min(moments, default=world.calendar.working(2 + int(share * OLDEST_WORKING_DAYS), key))


def _writer(world: World, row: Row, status: ListingStatus) -> Account:
    """The owner. What waits for the desk, or came back from it, was written by a colleague of the team."""
    owner = world.members[row["owner"]]
    waits = status in {ListingStatus.IN_CHECK, ListingStatus.RETURNED}
    if not waits or owner not in world.officers(row["organisation"]):
        return owner.account
    colleagues = [each for each in world.colleagues(row["organisation"]) if each.role is Role.COLLEAGUE]
    own_team = [each for each in colleagues if each.team is not None and each.team.name == row["team"]]
    return (own_team or colleagues)[0].account


def _write(world: World, row: Row, side: Side, *, by: Account) -> None:
    world.listings[row["key"]] = save_draft(
        None,
        side=side,
        kind=Kind(row["kind"]),
        organisation=world.organisations[row["organisation"]],
        values=values_of(world, row, side),
        by=by,
    )


def _publish(world: World, key: str, *, by: Account) -> None:
    listing = publish(world.listings[key], by=by)
    if listing.is_published:
        propose_for(listing, by=by)


def _approve(world: World, key: str) -> None:
    """The desk looks at what waits for it; what went online by itself needs nothing."""
    listing = world.listings[key]
    if listing.status is ListingStatus.IN_CHECK:
        officer = _officer(world, key)
        approve(listing, by=officer)
        propose_for(listing, by=officer)


def _return(world: World, key: str, because: str) -> None:
    return_to_owner(world.listings[key], because=because, by=_officer(world, key))


def _close(world: World, key: str) -> None:
    """What was closed already, because another municipality does it too, stays as it is."""
    listing = world.listings[key]
    if listing.is_published:
        close(listing, by=listing.owner)


def _officer(world: World, key: str) -> Account:
    organisation = world.listings[key].organisation
    code = next(code for code, each in world.organisations.items() if each is organisation)
    officers = world.officers(code)
    return officers[int(spread(key) * len(officers))].account


def values_of(world: World, row: Row, side: Side) -> dict[str, Any]:
    """The values a posting of this kind is asked for, from its row."""
    values: dict[str, Any] = {
        RENAMED.get(name, name): value for name, value in row.items() if name not in NOT_A_FIELD and name not in DAYS
    }
    for name, column in DAYS.items():
        if row.get(name) is not None:
            values[column] = world.calendar.day(row[name])
    values["languages"] = [row["language"]]
    values["slots"] = [_slot(world, slot) for slot in row.get("slots", ())]
    if team := world.teams.get((row["organisation"], row.get("team") or "")):
        values["team_id"] = team.id
    if programme := world.programmes.get((row["organisation"], row.get("programme") or "")):
        values["programme_id"] = programme.id
    values["hours"] = str(row["hours"]) if row.get("hours") else ""
    asked = fields_for(Kind(row["kind"]), side)
    return {name: value for name, value in values.items() if name in asked or value not in SAYS_NOTHING}


def _slot(world: World, slot: Row) -> dict[str, Any]:
    if "part" in slot:
        return {"weekday": WEEKDAYS.index(slot["weekday"]) + 1, "part": slot["part"]}
    return {"date": world.calendar.day(slot["in_days"], slot.get("weekday")).isoformat(), "time": slot["time"]}
