"""Putting letters in the outbox."""

import secrets
from typing import Any, Protocol

from sqlalchemy import select

from matchmaker.audit.actions import origin, record
from matchmaker.clock import now
from matchmaker.database import Identified, db
from matchmaker.errors import InvalidMove
from matchmaker.links.models import Link
from matchmaker.mail.events import CANNOT_WAIT
from matchmaker.mail.models import ALWAYS_NOW, Frequency, Letter, LetterStatus, MailPreference, Topic


class Recipient(Protocol):
    """Someone with an account, as far as a letter needs to know."""

    id: Any
    email: Any
    display_name: Any
    language: Any


def queue_letter(
    template: str,
    *,
    topic: Topic,
    to: Recipient | None = None,
    address: str = "",
    name: str = "",
    language: str = "nl",
    link: Link | None = None,
    calendar: bytes | None = None,
    calendar_method: str = "",
    **values: Any,
) -> Letter | None:
    """Put a letter in the outbox, in the transaction of the change.

    `to` an account, or `address` of someone without one; with neither it is made to be printed. `values` are plain
    JSON values for `templates/mail/<template>.txt` and `.html`. None when the person wants no letter of this event.
    """
    frequency = frequency_for(to, topic, template) if to else Frequency.NOW
    if frequency is Frequency.NEVER:
        return None
    status = LetterStatus.QUEUED if frequency is Frequency.NOW else LetterStatus.HELD
    letter = Letter(
        template=template,
        topic=topic,
        account_id=to.id if to else None,
        to_address=to.email if to else address,
        to_name=to.display_name if to else name,
        language=to.language if to else language,
        link_id=link.id if link else None,
        calendar=calendar,
        calendar_method=calendar_method,
        values=values,
        origin=origin.get()[:80],
        message_id=secrets.token_hex(16),
        status=status if (to or address) else LetterStatus.PRINT,
    )
    db.session.add(letter)
    return letter


def frequency_for(account: Recipient, topic: Topic, event: str = "") -> Frequency:
    """How often this person hears about an event: as chosen for it, else for its topic, else at once."""
    if topic in ALWAYS_NOW or event in CANNOT_WAIT:
        return Frequency.NOW
    rows = select(MailPreference.event, MailPreference.frequency).where(
        MailPreference.account_id == account.id, MailPreference.topic == topic
    )
    chosen: dict[str, Frequency] = dict(db.session.execute(rows).all())
    return chosen.get(event) or chosen.get("") or Frequency.NOW


def try_letter_again(letter: Letter, *, by: Identified) -> None:
    """Send a letter that failed or was refused once more, from the start. Raises InvalidMove for any other."""
    if letter.status not in (LetterStatus.FAILED, LetterStatus.REFUSED):
        raise InvalidMove(state=letter.status.value, action="try_again")
    letter.status, letter.attempts, letter.error = LetterStatus.QUEUED, 0, ""
    letter.next_attempt_at = now()
    db.session.flush()
    record("try_letter_again", about=letter, by=by)
