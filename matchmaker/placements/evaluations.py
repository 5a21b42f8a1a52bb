"""Three sides say how it went, each without seeing the others; the student says whether that is right.

What was said on paper or in another system can be read in by the school: its own side as soon as the moment has opened,
the other sides once their term has passed, so that nobody loses the turn to say it, and nobody reads another's early.
"""

from collections.abc import Mapping
from datetime import date, time

from matchmaker.clock import at, now
from matchmaker.competences.models import LEVELS
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements.actor import Actor
from matchmaker.placements.evaluating import given, has_opened, is_revealed, reply_to
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import SIDE_OF, Part, PlacementSide
from matchmaker.placements.records import Evaluation, EvaluationMoment, EvaluationReply
from matchmaker.placements.rules import EVALUATES
from matchmaker.placements.states import PlacementState
from matchmaker.placements.step import log, set_clock

LONGEST = 4000
NOON = time(12)
"""Of what was said elsewhere only the day is known."""
_WRITES = frozenset({PlacementState.RUNNING, PlacementState.FINISHED})
_SPEAKS = {
    PlacementSide.STUDENT: Part.STUDENT,
    PlacementSide.WORK: Part.SUPERVISOR,
    PlacementSide.SCHOOL: Part.SCHOOL_SUPERVISOR,
}


def may_evaluate(placement: Placement, moment: EvaluationMoment, part: Part) -> bool:
    """Whether someone of this side can still give theirs: the moment has opened and the side gave none."""
    if part not in EVALUATES or placement.state not in _WRITES or not has_opened(placement, moment):
        return False
    return SIDE_OF[part] not in given(placement, moment)


def evaluate(
    placement: Placement,
    moment: EvaluationMoment,
    *,
    good: str,
    better: str,
    enough: bool | None,
    levels: Mapping[int, int],
    by: Actor,
) -> Evaluation:
    """Give what one side finds; it is given once. Only work and school say whether it was enough, at the end.

    Raises InvalidMove before it opens or when this side gave one, InvalidValue at `good`, `enough` or `levels`.
    """
    if by.part not in EVALUATES:
        raise NotAllowed(action="evaluate", part=by.part.value)
    if not may_evaluate(placement, moment, by.part):
        raise InvalidMove(state=placement.state.value, action="evaluate")
    if judges(moment, by.side) and enough is None:
        raise InvalidValue("enough", "required")
    known = {goal.id for goal in placement.goals}
    if not set(levels) <= known or not set(levels.values()) <= set(LEVELS):
        raise InvalidValue("levels", "unknown_code")
    made = Evaluation(
        moment=moment,
        side=by.side,
        part=by.part,
        good=_clean(good, "good", needed=True),
        better=_clean(better, "better", needed=False),
        enough=enough if judges(moment, by.side) else None,
        levels={str(goal): level for goal, level in sorted(levels.items())},
        given_by=by.name,
    )
    placement.evaluations.append(made)
    log(placement, "evaluate", by=by, moment=moment.value)
    set_clock(placement)
    if is_revealed(placement, moment):
        tell_parts("placement_step", placement, EVALUATES, news="evaluated")
    return made


def why_not_read_in(placement: Placement, moment: EvaluationMoment, side: PlacementSide) -> str:
    """Why the school cannot read in what a side found, as the code of a refused value; empty when it can."""
    if placement.state not in _WRITES or not has_opened(placement, moment):
        return "evaluation_not_open"
    if side is not PlacementSide.SCHOOL and not is_revealed(placement, moment):
        return "evaluation_still_theirs"
    return ""


def read_in(
    placement: Placement,
    moment: EvaluationMoment,
    side: PlacementSide,
    *,
    good: str,
    better: str,
    enough: bool | None,
    levels: Mapping[int, int],
    given_on: date,
    given_by: str,
    by: Actor,
) -> Evaluation:
    """Keep what a side found elsewhere; that it came from a file, and by whom, stays with it.

    Raises InvalidMove when it cannot be read in, or when this side gave one.
    """
    if why_not_read_in(placement, moment, side) or side in given(placement, moment):
        raise InvalidMove(state=placement.state.value, action="read_evaluation")
    part, name = speaker_of(placement, side)
    made = Evaluation(
        moment=moment,
        side=side,
        part=part,
        good=_clean(good, "good", needed=True),
        better=_clean(better, "better", needed=False),
        enough=enough if judges(moment, side) else None,
        levels={str(goal): level for goal, level in sorted(levels.items())},
        given_at=at(given_on, NOON),
        given_by=(given_by or name)[:120],
        read_in_by=by.account,
    )
    placement.evaluations.append(made)
    log(placement, "read_evaluation", by=by, moment=moment.value)
    set_clock(placement)
    return made


def speaker_of(placement: Placement, side: PlacementSide) -> tuple[Part, str]:
    """Who speaks for a side when nobody is named: its supervisor, or the student."""
    part = _SPEAKS[side]
    person = placement.supervisor if side is PlacementSide.WORK else placement.person(part)
    return (person.part, person.display_name) if person else (part, "")


def judges(moment: EvaluationMoment, side: PlacementSide) -> bool:
    """Whether a side says if it was enough: work and school do, at the end."""
    return moment is EvaluationMoment.FINAL and side is not PlacementSide.STUDENT


def reply(placement: Placement, moment: EvaluationMoment, *, agrees: bool, reason: str, by: Actor) -> EvaluationReply:
    """The student agrees, or does not and says why. Once, and after everyone reads it."""
    if by.part is not Part.STUDENT:
        raise NotAllowed(action="reply", part=by.part.value)
    if not may_reply(placement, moment):
        raise InvalidMove(state=placement.state.value, action="reply")
    made = EvaluationReply(moment=moment, agrees=agrees, reason=_clean(reason, "reason", needed=not agrees), at=now())
    placement.evaluation_replies.append(made)
    log(placement, "reply", by=by, moment=moment.value)
    return made


def may_reply(placement: Placement, moment: EvaluationMoment) -> bool:
    """Whether there is something to agree with that the student has not answered."""
    others = [each for each in given(placement, moment) if each is not PlacementSide.STUDENT]
    return bool(others) and is_revealed(placement, moment) and reply_to(placement, moment) is None


def _clean(text: str, field: str, *, needed: bool) -> str:
    text = text.strip()
    if needed and not text:
        raise InvalidValue(field, "required")
    if len(text) > LONGEST:
        raise InvalidValue(field, "text_too_long", n=LONGEST)
    return text
