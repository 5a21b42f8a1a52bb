"""Subject: does the field of work fit the field of study?

Named on both sides beats the crosswalk, which is knowledge and no truth. Naming more than 15 study fields is no choice,
and is then judged by the crosswalk alone.
"""

from typing import Literal

from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import NEUTRAL, Criterion, Finding, Values
from matchmaker.engine.profiles import Profile

MOST_CHOSEN = 15
MOST_SHOWN = 3

BOTH_SHARED = 100
WORK_SHARED_STUDY_NEAR = 85
WORK_SHARED_STUDY_DIFFERS = 70
STUDY_SHARED = 95
STUDY_SHARED_WORK_DIFFERS = 60
STUDY_NEAR = 75
STUDY_NEAR_WORK_DIFFERS = 50
OPEN_TO_ALL = 80
OTHER_WORK_FIELD = 30
BY_STRENGTH = {3: 85, 2: 65, 1: 40, 0: 15}
BY_STRENGTH_OTHER_CHOICE = {3: 50, 2: 40, 1: 25, 0: 10}
"""When the two sides name fields themselves and name different ones."""

Meeting = Literal["shared", "near", "differs", "open"]


def subject(need: Profile, offer: Profile, crosswalk: Crosswalk) -> Finding:
    """Score the fields of both postings. Near study fields share their ISCED-F narrow field (first three digits)."""
    need_studies = crosswalk.named(need.study_fields)
    offer_studies = crosswalk.named(offer.study_fields)
    same_work = need.work_fields & offer.work_fields
    work_differs = bool(need.work_fields and offer.work_fields and not same_work)
    meeting = _studies_meet(need_studies, offer_studies)
    same_study = need_studies & offer_studies
    if same_work:
        values: Values = {"work_fields": _shown(same_work), "study_fields": _shown(same_study)}
        if meeting == "near":
            return _found(WORK_SHARED_STUDY_NEAR, "same_work_near_study", values)
        if meeting == "differs":
            return _found(WORK_SHARED_STUDY_DIFFERS, "same_work_other_study", values)
        return _found(BOTH_SHARED, "same_work_and_study" if meeting == "shared" else "same_work", values)
    if meeting == "shared":
        values = {"study_fields": _shown(same_study)}
        if work_differs:
            return _found(STUDY_SHARED_WORK_DIFFERS, "same_study_other_work", values)
        return _found(STUDY_SHARED, "same_study", values)
    if meeting == "near":
        return _found(STUDY_NEAR_WORK_DIFFERS if work_differs else STUDY_NEAR, "near_study", {})
    return _through_crosswalk(need, offer, need_studies, offer_studies, crosswalk, work_differs, meeting)


def _studies_meet(need: frozenset[str], offer: frozenset[str]) -> Meeting:
    if not need or not offer or len(need) > MOST_CHOSEN or len(offer) > MOST_CHOSEN:
        return "open"
    if need & offer:
        return "shared"
    return "near" if {code[:3] for code in need} & {code[:3] for code in offer} else "differs"


def _through_crosswalk(
    need: Profile,
    offer: Profile,
    need_studies: frozenset[str],
    offer_studies: frozenset[str],
    crosswalk: Crosswalk,
    work_differs: bool,
    meeting: Meeting,
) -> Finding:
    """The strongest link between the work field of one side and the study field of the other."""
    sides = ((offer.work_fields, need_studies), (need.work_fields, offer_studies))
    linkable = [(works, studies) for works, studies in sides if works and studies]
    if not linkable:
        if work_differs:
            return _found(OTHER_WORK_FIELD, "other_work", {"work_fields": _shown(offer.work_fields)})
        if meeting == "differs":
            return _found(BY_STRENGTH_OTHER_CHOICE[0], "no_link", {})
        if need.work_fields or offer.work_fields:
            return _found(OPEN_TO_ALL, "open_to_all", {"work_fields": _shown(need.work_fields | offer.work_fields)})
        return _found(NEUTRAL, "unknown", {})
    links = (crosswalk.strongest(works, studies) for works, studies in linkable)
    strength, work, study = min(links, key=lambda link: (-link[0], link[1], link[2]))
    other_choice = work_differs or meeting == "differs"
    score = (BY_STRENGTH_OTHER_CHOICE if other_choice else BY_STRENGTH)[strength]
    if strength == 0:
        return _found(score, "no_link", {})
    code = "linked_other_choice" if other_choice else "linked"
    return _found(score, code, {"work_field": work, "study_field": study, "strength": strength})


def _shown(codes: frozenset[str]) -> list[str]:
    """The first codes in order: a sentence that names fifteen programmes is not read."""
    return sorted(codes)[:MOST_SHOWN]


def _found(score: int, code: str, values: Values) -> Finding:
    return Finding(Criterion.SUBJECT, score, f"subject.{code}", values)
