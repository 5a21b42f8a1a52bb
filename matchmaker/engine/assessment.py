"""The fit of one pair: total, reasons and verdict."""

from dataclasses import dataclass
from enum import StrEnum

from matchmaker.engine.criteria import findings
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Finding, Reason
from matchmaker.engine.profiles import Profile, group_of
from matchmaker.engine.requirements import excluded
from matchmaker.engine.weights import Weights

GOOD_FROM = 75.0
FAIR_FROM = 55.0


class Verdict(StrEnum):
    """The fit in a word: good from 75, fair from 55, below it maybe."""

    GOOD = "good"
    FAIR = "fair"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The score (0..100, one decimal, half up) and what each criterion found."""

    score: float
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.score)


def verdict_of(score: float) -> Verdict:
    """The word for a score."""
    if score >= GOOD_FROM:
        return Verdict.GOOD
    return Verdict.FAIR if score >= FAIR_FROM else Verdict.MAYBE


def assess(need: Profile, offer: Profile, *, crosswalk: Crosswalk, weights: Weights) -> Assessment | None:
    """Score one pair, or None when a hard requirement is not met (`requirements.excluded` says which)."""
    if excluded(need, offer) is not None:
        return None
    found = findings(need, offer, crosswalk)
    scores = {criterion: score for criterion, score, _, _ in found}
    return Assessment(weights.total(group_of(need.kind), scores), tuple(found))


def reasons(need: Profile, found: Assessment, weights: Weights) -> tuple[Reason, ...]:
    """The findings with the share each criterion has in the total, in the order of the criteria."""
    group = group_of(need.kind)
    shares = weights.shares(group)
    return tuple(
        [Reason(criterion, score, shares[criterion], code, values) for criterion, score, code, values in found.findings]
    )
