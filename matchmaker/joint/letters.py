"""Letters between the desks of municipalities that may do something together."""

from typing import Any

from matchmaker.joint.models import JointAssignment
from matchmaker.listings.models import Listing
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.queries import desk_officers

PATH = "/loket/samen"


def tell_desk(template: str, posting: Listing, joint: JointAssignment, **values: Any) -> None:
    """A letter to each officer of the desk that serves the municipality of `posting`."""
    desk = posting.organisation.desk if posting.organisation else None
    if desk is None:
        return
    lead = joint.listing
    facts = {
        "path": PATH,
        "own_title": posting.title,
        "title": lead.title,
        "municipality": lead.organisation.name if lead.organisation else "",
    }
    for officer in desk_officers(desk):
        queue_letter(template, topic=Topic.REQUESTS, to=officer.account, **facts, **values)
