"""Dutch titles and texts from written parts: topics and tasks of each field of work, and turns of phrase."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from matchmaker.vocabulary import SESSION_KINDS, Kind, OrganisationKind, Side

FOLDER = Path(__file__).parent / "content"
MOST_IN_TEXT = 3
LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class About:
    """What a posting is about: who asks, where, and with which field of work."""

    side: Side
    kind: Kind
    poster: OrganisationKind
    work_field: str
    place: str
    village: str
    team: str
    programme: str


def title_and_text(about: About, dice: Random) -> tuple[str, str]:
    """A title of at most 160 characters and a text of five to nine sentences."""
    field, phrases = _work()[about.work_field], _phrases()
    topics = dice.sample(field["topics"], 2)
    tasks = dice.sample(field["tasks"], MOST_IN_TEXT)
    words = {
        "topic": topics[0],
        "topic_capital": topics[0][0].upper() + topics[0][1:],
        "place": about.place,
        "village": about.village,
        "team": about.team,
        "programme": about.programme,
        "number": dice.randrange(6, 60),
    }
    side = about.side.value
    title: str = dice.choice(phrases[f"{side}_title"][about.kind.value]).format(**words)
    asks = about.poster is OrganisationKind.INSTITUTION
    opening = "need_opening" if asks else "offer_opening"
    doing, close = ("need_task", "need_close") if asks else ("offer_task", "offer_close")
    if about.kind in SESSION_KINDS and not asks:
        doing, close = "meeting_task", "meeting_close"
    sentences = [dice.choice(phrases[opening])]
    for task, turn in zip(tasks, dice.sample(phrases[doing], dice.randint(2, MOST_IN_TEXT)), strict=False):
        sentences.append(turn.replace("{task}", task))
    if dice.random() < 0.6:
        sentences.append(dice.choice(phrases["topic_more"]).replace("{topic}", topics[1]))
    sentences += dice.sample(phrases[close], dice.randint(2, 4))
    return title[0].upper() + title[1:LONGEST_TITLE], " ".join(sentences).format(**words)


def work_fields() -> tuple[str, ...]:
    """The codes of the fields of work there are parts for."""
    return tuple(_work())


@cache
def _work() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = json.loads((FOLDER / "work.json").read_text("utf-8"))
    return read


@cache
def _phrases() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((FOLDER / "phrases.json").read_text("utf-8"))
    return read
