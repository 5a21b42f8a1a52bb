"""Messages between everyone in a placement but a parent. The school reads along in each, so that nobody writes to a
minor alone; nobody sees an address."""

from collections.abc import Sequence

from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed, NotFound
from matchmaker.files.uploads import Upload
from matchmaker.mail.answers import about
from matchmaker.matches.conversation import gist
from matchmaker.organisations.queries import active_memberships
from matchmaker.placements.actor import Actor
from matchmaker.placements.letters import tell_parts
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.queries import actor_in, placement_by_number, placement_of
from matchmaker.placements.records import Signal
from matchmaker.placements.signalling import answer_signal, signal_by_number
from matchmaker.replies.answers import Answer
from matchmaker.threads.actions import post_message, thread_of
from matchmaker.threads.models import Message

TALKERS = frozenset(Part) - {Part.PARENT, Part.SYSTEM}


def write_message(placement: Placement, *, text: str, by: Actor, files: Sequence[Upload] = ()) -> Message:
    """Post it and tell all the others. Raises InvalidValue at `text`, InvalidMove once it was forgotten."""
    if by.part not in TALKERS:
        raise NotAllowed(action="write_message", part=by.part.value)
    if placement.forgotten_at is not None:
        raise InvalidMove(state="forgotten", action="write_message")
    message = post_message(thread_of(placement), party=by.part.value, text=text, by=by.account, files=files)
    tell_parts(
        "message_posted",
        placement,
        TALKERS - {by.part},
        sender=by.name,
        sender_party=by.part.value,
        gist=gist(text),
        text=text,
        files=[file.name for file in files],
        answers=about("placement", placement.id),
    )
    return message


def take_for_placement(answer: Answer) -> None:
    """An answer by mail to a message is a message. Raises NotFound for who has no part any more."""
    placement = placement_by_number(answer.number, lock=True)
    write_message(placement, text=answer.text, by=_writer(placement, answer), files=answer.files)


def take_for_signal(answer: Answer) -> None:
    """An answer by mail to a signal answers it. Files do not go along: a signal is between two sides."""
    signal: Signal = signal_by_number(answer.number)
    if not answer.text:
        raise InvalidValue("text", "required")
    answer_signal(signal, answer.text, by=_writer(signal.placement, answer))


def _writer(placement: Placement, answer: Answer) -> Actor:
    """As what someone with this account, or this address, stands in the placement."""
    if answer.account is None:
        address = answer.letter.to_address.lower()
        for person in placement.people:
            if person.account is None and person.address == address:
                return Actor(person.part, None, person)
        raise NotFound("placement")
    for membership in active_memberships(answer.account):
        try:
            return actor_in(placement_of(placement.id, membership), membership)
        except NotFound:
            continue
    raise NotFound("placement")
