"""The queue as the page draws it: groups, rows, chips and the sentence on top."""

from collections.abc import Collection
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from matchmaker.clock import now, today
from matchmaker.matches.models import Match
from matchmaker.matches.queue import PAGE, Group, Pace, Part, Queue, group_of
from matchmaker.matches.states import State
from matchmaker.organisations.models import Leave
from matchmaker.organisations.queries import leave_on
from matchmaker.web.sign_in_state import me
from matchmaker.words.language import joined
from matchmaker.words.match_story import who_asks
from matchmaker.words.queue import clock_of, count_in_words, due_line


def finding(queue: Queue) -> str:
    """What the queue says, as the heading of the page."""
    if queue.late:
        return ngettext(
            "%(count)s vraag is te laat", "%(count)s vragen zijn te laat", queue.late, count=count_in_words(queue.late)
        )
    if queue.today:
        return ngettext(
            "%(count)s vraag moet vandaag weg",
            "%(count)s vragen moeten vandaag weg",
            queue.today,
            count=count_in_words(queue.today),
        )
    if queue.counts[Part.ALL]:
        return gettext("Vandaag hoeft er niets weg")
    return gettext("De wachtrij is leeg")


def pace_line(queue: Queue, pace: Pace) -> str:
    """`9 open · 0 te laat · gemiddeld antwoord na 1,3 werkdag · 96% op tijd`."""
    parts = [
        gettext("%(num)s open", num=queue.counts[Part.ALL]),
        gettext("%(num)s te laat", num=queue.late),
    ]
    if pace.mean_days is not None and pace.on_time is not None:
        mean = f"{pace.mean_days:.1f}".replace(".", gettext(","))
        parts.append(gettext("gemiddeld antwoord na %(mean)s werkdag", mean=mean))
        parts.append(gettext("%(share)s%% op tijd", share=round(100 * pace.on_time)))
    return " · ".join(parts)


def groups(
    queue: Queue, *, open_id: int | None, ticked: Collection[int], address: dict[str, str]
) -> list[dict[str, Any]]:
    """The rows of this page under their headings, empty groups left out."""
    titles = {
        Group.LATE: gettext("Te laat"),
        Group.TODAY: gettext("Vandaag"),
        Group.TOMORROW: gettext("Morgen"),
        Group.LATER: gettext("Later"),
    }
    moment, away = now(), _away(queue)
    placed: dict[Group, list[dict[str, Any]]] = {group: [] for group in Group}
    for match in queue.items:
        row = _row(match, away, address=address)
        placed[group_of(match, moment)].append({**row, "open": match.id == open_id, "ticked": match.id in ticked})
    return [
        {"id": f"groep-{group.value}", "title": titles[group], "rows": rows} for group, rows in placed.items() if rows
    ]


def chips(queue: Queue, *, current: Part) -> list[dict[str, Any]]:
    """The parts of the queue with their counts."""
    titles = {
        Part.ALL: gettext("Alles"),
        Part.TODAY: gettext("Vandaag"),
        Part.COLLEAGUE: gettext("Wacht op collega"),
        Part.ASKER: gettext("Wacht op school"),
        Part.MINE: gettext("Van mij"),
    }
    return [
        {
            "label": title,
            "count": queue.counts[part],
            "current": part is current,
            "url": url_for("desk.queue", deel=None if part is Part.ALL else part.value),
        }
        for part, title in titles.items()
    ]


def pages(queue: Queue, address: dict[str, str]) -> dict[str, str]:
    """What stands under a queue of more than one page."""
    first = (queue.page - 1) * PAGE + 1
    last = min(queue.page * PAGE, queue.total)
    return {
        "shown": gettext("%(first)s tot %(last)s van %(total)s", first=first, last=last, total=queue.total),
        "previous": _page_url(queue.page - 1, address) if queue.page > 1 else "",
        "next": _page_url(queue.page + 1, address) if queue.page < queue.pages else "",
    }


def _page_url(page: int, address: dict[str, str]) -> str:
    return url_for("desk.queue", **{**address, "pagina": str(page)})


def _row(match: Match, away: dict[int, Leave], *, address: dict[str, str]) -> dict[str, Any]:
    clock = clock_of(match)
    who = who_asks(match)
    leave, covered = away.get(match.owner_id or 0), _covered(match, away)
    if covered:
        who += " · " + gettext("waarneming voor %(names)s", names=joined(covered))
    elif leave is not None and match.owner is not None:
        cover = leave.cover.display_name if leave.cover else gettext("niemand")
        who += " · " + gettext(
            "%(owner)s is met verlof, %(cover)s neemt waar", owner=match.owner.display_name, cover=cover
        )
    elif match.owner is not None:
        who += " · " + gettext("van %(owner)s", owner=match.owner.display_name)
    return {
        "id": match.id,
        "title": match.need.title,
        "url": url_for("desk.show_item", match_id=match.id, **address),
        "who": who,
        "due": due_line(match),
        "clock": clock,
    }


def _covered(match: Match, away: dict[int, Leave]) -> list[str]:
    """For whom the reader stands in with this item: its owner, or the colleague who was asked."""
    people = [match.owner, match.colleague if match.state is State.ROUTED else None]
    leaves = [(person, away.get(person.id)) for person in people if person is not None]
    names = [person.display_name for person, leave in leaves if leave is not None and leave.cover_id == me().id]
    return list(dict.fromkeys(names))


def _away(queue: Queue) -> dict[int, Leave]:
    people = {person for match in queue.items for person in (match.owner_id, match.colleague_id) if person is not None}
    return leave_on(sorted(people), today()) if people else {}
