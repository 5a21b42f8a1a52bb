"""What each column holds, of whom, why and how long. A test refuses a column without it.

Written beside the column: `mapped_column(..., info=PUBLIC)`. The record of processing and the retention table are
made from it, so they cannot differ from the database.
"""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    TECHNICAL = "technical"
    PUBLIC = "public"
    INTERNAL = "internal"
    CONTACT = "contact"
    PERSONAL = "personal"
    FREE_TEXT = "free_text"
    SECRET = "secret"  # noqa: S105  # nosec B105  # names a class


class Whose(StrEnum):
    NOBODY = "nobody"
    ORGANISATION = "organisation"
    ACCOUNT = "account"
    OUTSIDER = "outsider"
    STUDENT = "student"


class Why(StrEnum):
    RUN = "run_the_service"
    MATCH = "match_supply_and_demand"
    ANSWER = "answer_a_request"
    SIGN_IN = "sign_in"
    PROVE = "prove_what_happened"
    INFORM = "keep_people_informed"
    PLACE = "carry_out_a_placement"
    AGREED = "what_someone_agreed_to"


class Keep(StrEnum):
    """How long: the terms themselves are settings, these are their names."""

    WITH_ROW = "as_long_as_the_row"
    WITH_ACCOUNT = "as_long_as_the_account"
    CONTACT = "two_years_after_last_contact"
    REQUEST = "one_year_after_the_answer"
    APPLICATION = "four_weeks_after_the_answer_or_a_year_with_a_place"
    LOG = "one_year"
    SHORT = "thirty_days"
    TERM = "one_year_after_the_term"
    PLACEMENT = "one_year_after_the_placement"
    CONSENT = "one_year_after_the_consent"
    MINUTES = "seven_years_after_the_meeting"


@dataclass(frozen=True, slots=True)
class Classified:
    what: What
    whose: Whose
    why: Why
    keep: Keep


def classified(what: What, whose: Whose, why: Why, keep: Keep) -> dict[str, Classified]:
    """The `info` of a column."""
    return {"classified": Classified(what, whose, why, keep)}


TECHNICAL = classified(What.TECHNICAL, Whose.NOBODY, Why.RUN, Keep.WITH_ROW)
PUBLIC = classified(What.PUBLIC, Whose.ORGANISATION, Why.MATCH, Keep.WITH_ROW)
INTERNAL = classified(What.INTERNAL, Whose.ORGANISATION, Why.RUN, Keep.WITH_ROW)
WHO = classified(What.PERSONAL, Whose.ACCOUNT, Why.RUN, Keep.WITH_ACCOUNT)
NAME = classified(What.CONTACT, Whose.ACCOUNT, Why.RUN, Keep.WITH_ACCOUNT)
SECRET = classified(What.SECRET, Whose.ACCOUNT, Why.SIGN_IN, Keep.WITH_ACCOUNT)
OWN_SECRET = classified(What.SECRET, Whose.ORGANISATION, Why.SIGN_IN, Keep.WITH_ROW)
"""Of the organisation itself: what it agreed with its login provider."""
SETTING = classified(What.PERSONAL, Whose.ACCOUNT, Why.INFORM, Keep.WITH_ACCOUNT)
VISITOR = classified(What.CONTACT, Whose.OUTSIDER, Why.ANSWER, Keep.REQUEST)
REQUEST_TEXT = classified(What.FREE_TEXT, Whose.ACCOUNT, Why.ANSWER, Keep.REQUEST)
LISTING_TEXT = classified(What.PUBLIC, Whose.ORGANISATION, Why.MATCH, Keep.WITH_ROW)
LOGGED = classified(What.PERSONAL, Whose.ACCOUNT, Why.PROVE, Keep.LOG)
LETTER = classified(What.CONTACT, Whose.ACCOUNT, Why.INFORM, Keep.SHORT)
MEMBER = classified(What.CONTACT, Whose.OUTSIDER, Why.RUN, Keep.TERM)
MEMBER_ACCOUNT = classified(What.PERSONAL, Whose.ACCOUNT, Why.RUN, Keep.TERM)
PLACED = classified(What.PERSONAL, Whose.STUDENT, Why.PLACE, Keep.PLACEMENT)
PLACED_TEXT = classified(What.FREE_TEXT, Whose.STUDENT, Why.PLACE, Keep.PLACEMENT)
PLACED_CONTACT = classified(What.CONTACT, Whose.STUDENT, Why.PLACE, Keep.PLACEMENT)
AGREED = classified(What.PERSONAL, Whose.STUDENT, Why.AGREED, Keep.PLACEMENT)
AGREED_TEXT = classified(What.FREE_TEXT, Whose.STUDENT, Why.AGREED, Keep.PLACEMENT)
STUDENT_DATA = classified(What.PERSONAL, Whose.STUDENT, Why.MATCH, Keep.WITH_ACCOUNT)
STUDENT_TEXT = classified(What.FREE_TEXT, Whose.STUDENT, Why.MATCH, Keep.WITH_ACCOUNT)
APPLICATION = classified(What.PERSONAL, Whose.STUDENT, Why.ANSWER, Keep.APPLICATION)
APPLICATION_TEXT = classified(What.FREE_TEXT, Whose.STUDENT, Why.ANSWER, Keep.APPLICATION)
