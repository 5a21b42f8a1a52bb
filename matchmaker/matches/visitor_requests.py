"""A confirmed question of someone without an account goes to the desk, and its asker gets the link to follow it."""

from matchmaker.listings.models import VisitorRequest
from matchmaker.listings.visitors import confirm_request
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.matches.asking import ask_desk
from matchmaker.matches.models import Match
from matchmaker.matches.readers import follow_link


def bring_to_desk(made: VisitorRequest) -> Match:
    """Make the need, ask the municipality, and send the asker the standing link."""
    match = ask_desk(confirm_request(made), made.municipality, by=None, note=made.text)
    queue_letter(
        "visitor_received",
        topic=Topic.REQUESTS,
        address=made.email,
        name=made.name,
        language=made.language,
        link=follow_link(match),
        municipality=match.municipality.name,
        title=made.title,
        due=match.due_at.isoformat() if match.due_at else "",
    )
    return match
