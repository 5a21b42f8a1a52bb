"""When an evaluation can be given, and from when everyone reads it. Pure questions on one placement."""

from datetime import date, timedelta

from matchmaker.clock import today
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import THREE_SIDES, PlacementSide
from matchmaker.placements.records import Evaluation, EvaluationMoment, EvaluationReply

OPENS_BEFORE = timedelta(days=14)
TERM = timedelta(days=14)
"""How long after its day an evaluation waits for those who have not given theirs."""


def day_of(placement: Placement, moment: EvaluationMoment) -> date | None:
    """The day around which a moment lies."""
    return placement.interim_on if moment is EvaluationMoment.INTERIM else placement.last_day


def closes_on(placement: Placement, moment: EvaluationMoment) -> date | None:
    """The last day before what was given is shown, also when not all have given theirs."""
    day = day_of(placement, moment)
    return day + TERM if day else None


def has_opened(placement: Placement, moment: EvaluationMoment) -> bool:
    """Whether it can be given yet."""
    day = day_of(placement, moment)
    return day is not None and day - OPENS_BEFORE <= today()


def given(placement: Placement, moment: EvaluationMoment) -> dict[PlacementSide, Evaluation]:
    """What was given at a moment, by side."""
    return {each.side: each for each in placement.evaluations if each.moment is moment}


def all_given(placement: Placement, moment: EvaluationMoment) -> bool:
    return set(given(placement, moment)) == set(THREE_SIDES)


def is_revealed(placement: Placement, moment: EvaluationMoment) -> bool:
    """Whether everyone reads what was given: all have given theirs, or the term has passed."""
    closes = closes_on(placement, moment)
    return all_given(placement, moment) or (closes is not None and closes < today())


def readable(placement: Placement, moment: EvaluationMoment, side: PlacementSide) -> list[Evaluation]:
    """What one side may read now: everything once it is revealed, before that only its own. A parent reads after."""
    found = given(placement, moment)
    shown = is_revealed(placement, moment)
    return [found[each] for each in THREE_SIDES if each in found and (shown or each is side)]


def reply_to(placement: Placement, moment: EvaluationMoment) -> EvaluationReply | None:
    """What the student said of what was found."""
    return next((each for each in placement.evaluation_replies if each.moment is moment), None)


def levels_by_place(placement: Placement, evaluation: Evaluation) -> dict[int, int]:
    """The levels of an evaluation by the place of the goal in the list, from 1; goals that went are left out."""
    places = {str(goal.id): place for place, goal in enumerate(placement.goals, 1)}
    return {places[goal]: level for goal, level in evaluation.levels.items() if goal in places}
