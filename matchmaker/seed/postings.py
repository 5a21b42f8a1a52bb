"""Rows of offers and needs as organisations post them: kinds in shares, fields that go together, days and places."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from matchmaker.clock import now, today
from matchmaker.listings.kinds import TRAVELLING_KINDS, levels_for, who_posts
from matchmaker.listings.search.terms import Wording, names_of_fields
from matchmaker.listings.values import MBO
from matchmaker.listings.writing import ALPHABET
from matchmaker.reference import crosswalk
from matchmaker.seed.country import Part, Poster, Spot
from matchmaker.seed.texts import About, title_and_text, work_fields
from matchmaker.vocabulary import PLACE_KINDS, SESSION_KINDS, Kind, Level, ListingStatus, Mode, OrganisationKind, Side

OFFERED = {
    Kind.WORK: 30, Kind.GRADUATION: 18, Kind.LECTURE: 12, Kind.GROUP: 10, Kind.RESEARCH: 8, Kind.ORIENTATION: 8,
    Kind.VISIT: 5, Kind.TRAINEESHIP: 3, Kind.COURSE: 3, Kind.SEAT: 2, Kind.QUESTION: 1,
}  # fmt: skip
NEEDED = {
    Kind.WORK: 28, Kind.LECTURE: 18, Kind.GRADUATION: 15, Kind.GROUP: 12, Kind.ORIENTATION: 8, Kind.RESEARCH: 6,
    Kind.VISIT: 6, Kind.TRAINEESHIP: 2, Kind.COURSE: 2, Kind.QUESTION: 2, Kind.SEAT: 1,
}  # fmt: skip
"""Of a hundred offers and of a hundred needs, how many are of each kind. Choices, not counts of a real year."""

MODES = {Mode.ON_SITE: 65, Mode.HYBRID: 28, Mode.ONLINE: 7}
LANGUAGES = {(): 70, ("nl",): 24, ("nl", "en"): 4, ("en",): 2}
WEEKS = {Kind.ORIENTATION: (1, 2, 4), Kind.TRAINEESHIP: (52, 104), Kind.GROUP: (7, 10, 20), Kind.COURSE: (7, 10)}
USUAL_WEEKS = (10, 20, 20, 22, 40)
PARTS = ("morning", "afternoon", "evening")
TIMES = ("09:00", "10:30", "13:00", "15:00", "19:00")
OF_HIGHER_EDUCATION = tuple(str(each) for each in Level if each.value.startswith(("hbo", "wo")))


@dataclass(frozen=True, slots=True)
class Shares:
    """A choice with shares: things and their running total."""

    things: Sequence[Any]
    totals: Sequence[float]

    @classmethod
    def of(cls, shares: Mapping[Any, float]) -> "Shares":
        return cls(list(shares), list(accumulate(shares.values())))

    def pick(self, dice: Random) -> Any:
        return self.things[bisect(self.totals, dice.random() * self.totals[-1], hi=len(self.things) - 1)]


@dataclass(frozen=True, slots=True)
class Posting:
    """A row of the table of listings, and what it is found by."""

    row: dict[str, Any]
    wording: Wording


class Writer:
    """Writes postings of one side, all from one source of chance: the same seed gives the same postings on one day."""

    def __init__(self, posters: Sequence[Poster], dice: Random, *, taken: set[str]) -> None:
        self.dice, self.taken, self.day, self.moment = dice, taken, today(), now()
        self.posters = {
            kind: Shares.of({each: each.size for each in posters if each.kind is kind and each.parts})
            for kind in (OrganisationKind.MUNICIPALITY, OrganisationKind.INSTITUTION)
        }
        self.kinds = {side: Shares.of(shares) for side, shares in ((Side.OFFER, OFFERED), (Side.NEED, NEEDED))}
        self.modes, self.languages = Shares.of(MODES), Shares.of(LANGUAGES)
        self.studies, self.works = _linked()

    def postings(self, side: Side, number: int, *, first_id: int) -> Iterator[Posting]:
        """That many postings, all online and open, with numbers from `first_id`."""
        for listing_id in range(first_id, first_id + number):
            yield self._posting(side, listing_id)

    def _posting(self, side: Side, listing_id: int) -> Posting:
        dice, kind = self.dice, self.kinds[side].pick(self.dice)
        poster: Poster = self.posters[who_posts(kind, side)].pick(dice)
        part = dice.choice(poster.parts)
        municipal = poster.kind is OrganisationKind.MUNICIPALITY
        field = self._work_field(part, municipal=municipal)
        spot = poster.spots[0] if dice.random() < 0.75 else dice.choice(poster.spots)
        names = {"team": part.name if municipal else "", "programme": "" if municipal else part.name}
        village = dice.choice(poster.spots).name
        about = About(side, kind, poster.kind, field, spot.name, village, **names)
        title, text = title_and_text(about, dice)
        published = self.moment - timedelta(minutes=dice.randrange(60, 60 * 24 * 60))
        row = {
            **self._fixed(side, kind, listing_id, published),
            **self._whose(poster, part, municipal=municipal),
            "title": title,
            "text": text,
            **self._for_whom(kind, part, field, municipal=municipal),
            **self._when(kind),
            **self._where(kind, side, spot),
            **self._places(kind, municipal=municipal),
        }
        if not MBO.intersection(row["levels"]):
            row["tracks"] = []
        return Posting(row, _wording(row, poster, part))

    def _fixed(self, side: Side, kind: Kind, listing_id: int, published: datetime) -> dict[str, Any]:
        return {
            "id": listing_id,
            "reference": self._reference(side),
            "side": side,
            "kind": kind,
            "status": ListingStatus.PUBLISHED,
            "created_at": published - timedelta(hours=1),
            "published_at": published,
            "respond_before": self.day + timedelta(days=self.dice.randrange(7, 90)),
        }

    def _reference(self, side: Side) -> str:
        letter = "A" if side is Side.OFFER else "V"
        while (found := letter + "".join(self.dice.choices(ALPHABET, k=6))) in self.taken:
            pass
        self.taken.add(found)
        return found

    def _whose(self, poster: Poster, part: Part, *, municipal: bool) -> dict[str, Any]:
        of_part = part.id if self.dice.random() < 0.8 else None
        return {
            "organisation_id": poster.id,
            "team_id": of_part if municipal else None,
            "programme_id": None if municipal else of_part,
        }

    def _work_field(self, part: Part, *, municipal: bool) -> str:
        if municipal:
            return self.dice.choice(part.codes)
        linked = self.works.get(part.codes[0])
        return str(linked.pick(self.dice)) if linked else self.dice.choice(work_fields())

    def _for_whom(self, kind: Kind, part: Part, field: str, *, municipal: bool) -> dict[str, Any]:
        """A municipality names fields of study and levels it thinks of; a school has those of its programme."""
        dice = self.dice
        studies: list[str] = []
        if municipal and dice.random() < 0.7:
            studies = sorted({self.studies[field].pick(dice) for _ in range(dice.randint(1, 4))})
        elif not municipal and dice.random() < 0.3:
            studies = [part.codes[0]]
        return {
            "work_fields": self._work_fields(field),
            "study_fields": studies,
            "levels": self._levels(kind) if municipal else [],
            "languages": list(self.languages.pick(dice)),
        }

    def _work_fields(self, field: str) -> list[str]:
        chance = self.dice.random()
        if chance < 0.15:
            return []
        return [field] if chance < 0.8 else sorted({field, self.dice.choice(work_fields())})

    def _levels(self, kind: Kind) -> list[str]:
        dice, fitting = self.dice, [str(each) for each in levels_for(kind)]
        if kind in {Kind.RESEARCH, Kind.GRADUATION}:
            fitting = [each for each in fitting if each in OF_HIGHER_EDUCATION]
        if dice.random() < 0.2:
            return []
        start = dice.randrange(len(fitting))
        return fitting[start : start + dice.randint(1, 3)]

    def _when(self, kind: Kind) -> dict[str, Any]:
        values: dict[str, Any] = dict.fromkeys(("starts_on", "ends_on", "duration_weeks", "hours_min", "hours_max"))
        values |= {"slots": [], "details": {}, "tracks": []}
        dice = self.dice
        if kind in SESSION_KINDS:
            values["slots"] = [self._slot() for _ in range(dice.choice((0, 1, 1, 2, 3)))]
            values["details"] = {"group_size": dice.randrange(12, 90), "minutes": dice.choice((45, 60, 90, 120))}
            return values
        if dice.random() < 0.85:
            values["starts_on"] = self._monday(dice.randrange(20, 320))
        if kind in PLACE_KINDS or kind in WEEKS:
            values["duration_weeks"] = dice.choice(WEEKS.get(kind, USUAL_WEEKS))
        if kind in PLACE_KINDS:
            values["hours_min"] = dice.choice((None, 16, 24, 32, 32, 36))
            values["hours_max"] = values["hours_min"] and dice.choice((values["hours_min"], 36, 40))
            values["tracks"] = dice.choice(([], [], ["bol"], ["bol", "bbl"]))
        return values

    def _slot(self) -> dict[str, Any]:
        dice = self.dice
        if dice.random() < 0.6:
            return {"weekday": dice.randint(1, 5), "part": dice.choice(PARTS)}
        day = self._monday(dice.randrange(14, 200)) + timedelta(days=dice.randrange(5))
        return {"date": day.isoformat(), "time": dice.choice(TIMES)}

    def _monday(self, days: int) -> date:
        found = self.day + timedelta(days=days)
        return found - timedelta(days=found.weekday())

    def _where(self, kind: Kind, side: Side, spot: Spot) -> dict[str, Any]:
        dice = self.dice
        travels = side is Side.NEED or kind in TRAVELLING_KINDS
        return {
            "place": spot.name,
            "latitude": spot.latitude,
            "longitude": spot.longitude,
            "mode": self.modes.pick(dice),
            "max_distance_km": dice.choice((15, 20, 30, 40, 60)) if travels and dice.random() < 0.3 else None,
        }

    def _places(self, kind: Kind, *, municipal: bool) -> dict[str, Any]:
        dice = self.dice
        paid = municipal and kind in PLACE_KINDS and dice.random() < 0.6
        allowance = dice.randrange(350, 750, 25) if paid else None
        return {
            "places": dice.choice((1, 1, 1, 2, 2, 3, 4, 6)) if kind in PLACE_KINDS else dice.choice((1, 1, 2)),
            "allowance_min": allowance,
            "allowance_max": allowance,
        }


def _wording(row: Mapping[str, Any], poster: Poster, part: Part) -> Wording:
    names = [row["place"], poster.name, poster.spots[0].name]
    if row["team_id"] or row["programme_id"]:
        names.append(part.name)
    names += names_of_fields(row["work_fields"], row["study_fields"])
    return Wording(row["id"], row["title"], row["text"], tuple(names))


def _linked() -> tuple[dict[str, Shares], dict[str, Shares]]:
    """Fields of study by field of work, and the other way round: strong links more often than weak ones."""
    studies: dict[str, dict[str, float]] = {}
    works: dict[str, dict[str, float]] = {}
    for (work, study), strength in sorted(crosswalk().items()):
        studies.setdefault(work, {})[study] = works.setdefault(study, {})[work] = float(strength**2)
    return _shares(studies), _shares(works)


def _shares(links: Mapping[str, Mapping[str, float]]) -> dict[str, Shares]:
    return {code: Shares.of(shares) for code, shares in links.items()}
