"""Three sides say how it went, each without seeing the others; the student says whether that is right."""

from collections.abc import Mapping

from matchmaker.clock import now
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
_WRITES = frozenset({PlacementState.RUNNING, PlacementState.FINISHED})


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
    judges = moment is EvaluationMoment.FINAL and by.side is not PlacementSide.STUDENT
    if judges and enough is None:
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
        enough=enough if judges else None,
        levels={str(goal): level for goal, level in sorted(levels.items())},
        given_by=by.name,
    )
    placement.evaluations.append(made)
    log(placement, "evaluate", by=by, moment=moment.value)
    set_clock(placement)
    if is_revealed(placement, moment):
        tell_parts("placement_step", placement, EVALUATES, news="evaluated")
    return made


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
