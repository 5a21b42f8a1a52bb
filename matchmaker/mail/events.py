"""Which events someone may choose the letters of, each by the template that is written then."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from matchmaker.mail.models import Topic


class Readers(StrEnum):
    """Who gets a letter: the desk, colleagues who said yes or posted, who asks for a school, students, all."""

    DESK = "desk"
    COLLEAGUE = "colleague"
    SCHOOL = "school"
    STUDENT = "student"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, named as the template of its letter, under the topic it counts for when nothing is chosen."""

    name: str
    topic: Topic
    readers: frozenset[Readers]


CANNOT_WAIT = frozenset({"match_routed", "placement_signal", "agreement_to_sign", "seat_asked"})
"""Letters on which someone must act by a link that expires, or that say it does not go well: they come at once,
whatever was chosen."""

_DESK = frozenset({Readers.DESK})
_MUNICIPALITY = frozenset({Readers.DESK, Readers.COLLEAGUE})
_SCHOOL = frozenset({Readers.SCHOOL})
_STUDENT = frozenset({Readers.STUDENT})
_BOTH_SIDES = _MUNICIPALITY | _SCHOOL
_ALL = frozenset({Readers.ALL})

_READERS: dict[Topic, dict[str, frozenset[Readers]]] = {
    Topic.REQUESTS: {
        "match_requested": _DESK,
        "match_replied": _DESK,
        "match_assigned": _DESK,
        "match_colleague_answered": _DESK,
        "colleague_wrote": _DESK,
        "match_taken": _SCHOOL,
        "match_passed_on": _SCHOOL,
        "match_forwarded": _SCHOOL,
        "match_asked": _SCHOOL,
        "match_offered": _SCHOOL,
        "match_refused": _SCHOOL,
        "match_accepted": _MUNICIPALITY,
        "match_declined": _MUNICIPALITY,
        "dates_proposed": _BOTH_SIDES,
        "match_withdrawn": _BOTH_SIDES,
        "match_due": _BOTH_SIDES,
        "match_late": _DESK,
        "match_other_side_late": _DESK,
        "handed_over": _BOTH_SIDES,
        "desk_moved": _BOTH_SIDES,
        "joint_asked": _DESK,
        "joint_answered": _DESK,
        "joint_stopped": _DESK,
        "assignment_started": _MUNICIPALITY,
        "assignment_handed_in": _MUNICIPALITY,
        "assignment_decided": _SCHOOL,
        "assignment_due": _BOTH_SIDES,
        "assignment_late": _MUNICIPALITY,
        "placement_step": _ALL,
        "placement_due": _ALL,
        "placement_signal_answered": _ALL,
        "agreements_to_sign": _DESK | _SCHOOL,
        "agreement_signed": _ALL,
        "agreement_withdrawn": _ALL,
        "application_received": _MUNICIPALITY,
        "application_accepted": _BOTH_SIDES,
        "application_withdrawn": _MUNICIPALITY,
        "application_late": _DESK,
        "application_student_late": _MUNICIPALITY,
        "application_to_approve": _SCHOOL,
        "application_refused_told": _SCHOOL,
        "application_due": _BOTH_SIDES | _STUDENT,
        "application_approved": _STUDENT,
        "application_invited": _STUDENT,
        "application_offered": _STUDENT,
        "application_refused": _STUDENT,
        "application_filled": _STUDENT,
        "application_waits": _STUDENT,
        "cohort_place_asked": _MUNICIPALITY,
        "cohort_placed": _STUDENT,
        "cohort_no_place": _STUDENT,
    },
    Topic.MESSAGES: {"message_posted": _BOTH_SIDES},
    Topic.LISTINGS: {
        "listing_to_check": _DESK,
        "listing_reported": _DESK,
        "listing_approved": _MUNICIPALITY,
        "listing_returned": _MUNICIPALITY,
        "listing_expiring": _BOTH_SIDES,
        "listing_expired": _BOTH_SIDES,
        "listing_removed": _BOTH_SIDES,
        "listing_report_decided": _ALL,
        "saved_search_news": _ALL,
        "offers_for_student": _STUDENT,
    },
    Topic.PROPOSALS: {"match_proposed": _BOTH_SIDES},
    Topic.COMMITTEES: {
        "seat_answered": _SCHOOL,
        "term_ending": _BOTH_SIDES,
        "term_renewed": _MUNICIPALITY,
        "term_ended": _MUNICIPALITY,
        "advice_answered": _MUNICIPALITY,
        "advice_due": _SCHOOL,
    },
}
EVENTS = tuple(Event(name, topic, readers) for topic, each in _READERS.items() for name, readers in each.items())


def events_for(reader: Collection[Readers]) -> dict[Topic, tuple[Event, ...]]:
    """What these readers can choose of each topic. A topic with one event has no choice beside its own."""
    mine = {Readers.ALL, *reader}
    found = {
        topic: tuple(event for event in EVENTS if event.topic is topic and event.readers & mine) for topic in Topic
    }
    return {topic: events for topic, events in found.items() if len(events) > 1}
