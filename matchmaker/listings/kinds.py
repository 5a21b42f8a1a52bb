"""Who posts which side of which kind, which fields each kind asks, and what it needs before it can go online.

Nothing is asked twice: the audience of a lecture is `levels`, the number of groups of an assignment is `places`, the
length of its block is `duration_weeks`, working partly at home is `mode`. The school says for which course a
lecture is, so only its need asks it.
"""

from matchmaker.errors import InvalidValue
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import PLACE_KINDS, SESSION_KINDS, Kind, Level, Mode, OrganisationKind, Side

MUNICIPAL_SIDE = {kind: Side.NEED if kind is Kind.QUESTION else Side.OFFER for kind in Kind}
"""The side the municipality posts. It asks a question without shape; of every other kind it has the offer."""

KINDS_FOR_SIDE: dict[tuple[OrganisationKind, Side], tuple[Kind, ...]] = {
    (OrganisationKind.MUNICIPALITY, Side.OFFER): tuple(kind for kind in Kind if kind is not Kind.QUESTION),
    (OrganisationKind.MUNICIPALITY, Side.NEED): (Kind.QUESTION,),
    (OrganisationKind.INSTITUTION, Side.OFFER): (Kind.QUESTION,),
    (OrganisationKind.INSTITUTION, Side.NEED): tuple(kind for kind in Kind if kind is not Kind.QUESTION),
}
MUNICIPAL_POSTERS = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.REGION})

_WHAT = ("title", "text")
_FOR_WHOM = ("levels", "study_fields", "study_words", "work_fields", "languages")
_WHERE = ("place", "mode", "max_distance_km", "respond_before")
_REST = ("particulars", "source_url")
_PERIOD = ("starts_on", "ends_on")
_PLACE = ("tracks", "hours_min", "hours_max", *_PERIOD, "duration_weeks", "places", "pairs_welcome", "vog_required")
_ALLOWANCE = ("allowance_min", "allowance_max", "allowance_note", "supervisor_title")
_SESSION = ("group_size", "minutes", "slots", *_PERIOD, "audience_year", "places")

_OWN: dict[Kind, tuple[str, ...]] = {
    **dict.fromkeys(PLACE_KINDS, (*_PLACE, *_ALLOWANCE)),
    Kind.GROUP: (*_PERIOD, "duration_weeks", "places", "group_size", "supervisor_title"),
    Kind.LECTURE: (*_SESSION, "course", "course_url", "preparation", "supervisor_title", "vog_required"),
    Kind.VISIT: (*_SESSION, "preparation", "supervisor_title"),
    Kind.SEAT: ("committee", "profile", "term_years", "meetings_per_year", "starts_on", "places"),
    Kind.COURSE: ("ects", "form", "hours", *_PERIOD, "duration_weeks", "places"),
    Kind.QUESTION: ("what_is_needed", "starts_on"),
}
FIELDS: dict[Kind, tuple[str, ...]] = {
    kind: (*_WHAT, "team_id", "programme_id", "on_behalf_of", *_FOR_WHOM, *own, *_WHERE, *_REST)
    for kind, own in _OWN.items()
}
TRAVELLING_KINDS = frozenset({Kind.LECTURE, Kind.SEAT, Kind.COURSE, Kind.QUESTION})
"""Kinds whose offer comes to the other side, so that a longest distance means something."""

_NOT_IN_NEED = frozenset({"supervisor_title"})
_NOT_IN_OFFER = frozenset({"course", "course_url"})
_NEVER_VO = frozenset({Kind.WORK, Kind.RESEARCH, Kind.GRADUATION, Kind.TRAINEESHIP, Kind.SEAT})

USEFUL: dict[Kind, tuple[str, ...]] = {
    **dict.fromkeys(
        PLACE_KINDS,
        ("levels", "work_fields", "hours_min", "starts_on", "duration_weeks", "allowance_min", "supervisor_title"),
    ),
    **dict.fromkeys(SESSION_KINDS, ("levels", "work_fields", "group_size", "minutes", "slots", "course")),
    Kind.GROUP: ("levels", "work_fields", "group_size", "starts_on", "duration_weeks", "supervisor_title"),
    Kind.SEAT: ("work_fields", "study_fields", "committee", "profile", "term_years", "meetings_per_year"),
    Kind.COURSE: ("levels", "work_fields", "study_fields", "starts_on", "ects"),
    Kind.QUESTION: ("work_fields", "what_is_needed"),
}
"""What most readers look for. Not asked to publish: real postings often do not know it yet."""

SHORTEST_TITLE = 5
SHORTEST_TEXT = 30


def who_posts(kind: Kind, side: Side) -> OrganisationKind:
    """The kind of organisation that posts this side of this kind; a region posts as its municipalities do."""
    return OrganisationKind.MUNICIPALITY if MUNICIPAL_SIDE[kind] is side else OrganisationKind.INSTITUTION


def kinds_for(organisation_kind: OrganisationKind, side: Side) -> tuple[Kind, ...]:
    """What this kind of organisation may post on this side; empty for one that posts nothing."""
    if organisation_kind in MUNICIPAL_POSTERS:
        organisation_kind = OrganisationKind.MUNICIPALITY
    return KINDS_FOR_SIDE.get((organisation_kind, side), ())


def fields_for(kind: Kind, side: Side) -> tuple[str, ...]:
    """The fields asked of whoever posts this side of this kind, in a fixed order."""
    municipal = who_posts(kind, side) is OrganisationKind.MUNICIPALITY
    left_out = {"programme_id"} if municipal else {"team_id"}
    if side is Side.OFFER and kind not in TRAVELLING_KINDS:
        left_out.add("max_distance_km")
    left_out |= _NOT_IN_NEED if side is Side.NEED else _NOT_IN_OFFER
    return tuple(name for name in FIELDS[kind] if name not in left_out)


def levels_for(kind: Kind) -> tuple[Level, ...]:
    """The levels this kind exists for: pupils of a vo school get no placement of months."""
    return tuple(level for level in Level if level is not Level.VO or kind not in _NEVER_VO)


def missing(listing: Listing) -> tuple[InvalidValue, ...]:
    """What it still needs before it can go online, each at its field. Levels and fields may be empty: that is all."""
    return missing_from(listing.title, listing.text, mode=listing.mode, has_place=listing.latitude is not None)


def missing_from(title: str, text: str, *, mode: str, has_place: bool) -> tuple[InvalidValue, ...]:
    """The same for values that are not in a listing yet."""
    problems = []
    for name, typed, shortest in (("title", title, SHORTEST_TITLE), ("text", text, SHORTEST_TEXT)):
        if not (typed or "").strip():
            problems.append(InvalidValue(name, "required"))
        elif len(typed.strip()) < shortest:
            problems.append(InvalidValue(name, "text_too_short", n=shortest))
    if mode != Mode.ONLINE and not has_place:
        problems.append(InvalidValue("place", "required"))
    return tuple(problems)
