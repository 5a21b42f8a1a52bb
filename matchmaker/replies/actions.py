"""Keeping a mail that came in, and doing something with it once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import Identified, db
from matchmaker.errors import DomainError, InvalidMove, InvalidValue
from matchmaker.files.scanner import ScannerAway
from matchmaker.files.uploads import check_uploads
from matchmaker.holds.queries import held_people
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Letter, Topic
from matchmaker.replies.addresses import answered_letter
from matchmaker.replies.answers import Answer
from matchmaker.replies.models import Fate, ReceivedMail
from matchmaker.replies.queries import refused_lately
from matchmaker.replies.quoting import written
from matchmaker.replies.reading import Mail, read_head, read_mail

MOST_BYTES = 45 * 1024 * 1024
"""Three files of ten megabytes, as mail writes them."""
ANSWER_DAYS = 180
KEEP_DAYS = 30
MOST_REFUSALS = 3
"""Letters a day that tell one sender why an answer was not taken."""

Take = Callable[[Answer], None]


def arrive(raw: bytes, *, size: int | None = None) -> ReceivedMail:
    """Keep a mail that came in, before anything is done with it. The same one again gives the row of the first.

    `size` when `raw` is only the beginning of something larger.
    """
    size = max(size or 0, len(raw))
    mail = read_head(raw)
    earlier = _with_key(mail.key)
    if earlier is not None:
        return earlier
    letter = answered_letter(mail.recipients)
    found = ReceivedMail(
        key=mail.key, sender=mail.sender, subject=mail.subject, size=size, letter_id=letter.id if letter else None
    )
    try:
        with db.session.begin_nested():
            db.session.add(found)
    except IntegrityError:
        return _with_key(mail.key)  # type: ignore[return-value]
    if size > MOST_BYTES:
        _refuse(found, mail, letter, "mail_too_large", n=MOST_BYTES // 1024**2)
    elif letter is None:
        _end(found, Fate.IGNORED, mail.automatic or "unknown_address")
    else:
        found.raw = raw
        db.session.flush()
    record("mail.arrived", about=found, by=None)
    return found


def handle(found: ReceivedMail, *, take: Take) -> None:
    """Bring an answer where it belongs, once. What goes wrong unexpectedly leaves the mail for another try."""
    if found.fate is not Fate.ARRIVED or found.raw is None:
        return
    found.attempts += 1
    try:
        with db.session.begin_nested():
            _bring(found, read_mail(found.raw), take)
    except Exception as failure:
        _end(found, Fate.FAILED, type(failure).__name__, keep_mail=True)


def try_again(found: ReceivedMail, *, by: Identified) -> None:
    """Let a mail that failed be handled once more. Raises InvalidMove for any other."""
    if found.fate is not Fate.FAILED or found.raw is None:
        raise InvalidMove(state=found.fate.value, action="try_again")
    found.fate, found.reason, found.handled_at = Fate.ARRIVED, "", None
    db.session.flush()
    record("mail.tried_again", about=found, by=by)


def forget_old_mail(moment: datetime) -> None:
    """What came in more than thirty days ago goes, with the mail that could not be handled; of who is held it stays."""
    held = select(Letter.id).where(Letter.account_id.in_(held_people()))
    free = or_(ReceivedMail.letter_id.is_(None), ReceivedMail.letter_id.not_in(held))
    db.session.execute(delete(ReceivedMail).where(ReceivedMail.arrived_at < moment - timedelta(days=KEEP_DAYS), free))


def _bring(found: ReceivedMail, mail: Mail, take: Take) -> None:
    letter = found.letter
    account = db.session.get(Account, letter.account_id) if letter and letter.account_id else None
    if mail.automatic or letter is None:
        _end(found, Fate.IGNORED, mail.automatic or "unknown_address")
        return
    if mail.sender not in {letter.to_address.lower(), account.email.lower() if account else ""}:
        _refuse(found, mail, letter, "mail_of_another")
        return
    if letter.created_at < now() - timedelta(days=ANSWER_DAYS) or (account is not None and not account.is_active):
        _refuse(found, mail, letter, "mail_too_late")
        return
    try:
        with db.session.begin_nested():
            take(Answer(letter, account, written(mail.text), tuple(check_uploads(mail.files, by=account))))
    except ScannerAway:
        raise
    except InvalidValue as refused:
        _refuse(found, mail, letter, refused.reason, **refused.values)
    except DomainError as refused:
        _refuse(found, mail, letter, f"mail_{refused.code}")
    else:
        _end(found, Fate.TAKEN, "")


def _refuse(found: ReceivedMail, mail: Mail, letter: Letter | None, reason: str, **values: object) -> None:
    """Nothing of it was placed; the writer hears why. Not a machine, not a stranger, and not every time."""
    if mail.automatic or letter is None or not mail.sender:
        _end(found, Fate.IGNORED, mail.automatic or reason)
        return
    if refused_lately(mail.sender) < MOST_REFUSALS:
        queue_letter(
            "reply_refused",
            topic=Topic.ACCOUNT,
            address=mail.sender,
            language=letter.language,
            subject=mail.subject,
            reason=reason,
            details=values,
        )
    found.details = values
    _end(found, Fate.REFUSED, reason)


def _end(found: ReceivedMail, fate: Fate, reason: str, *, keep_mail: bool = False) -> None:
    found.fate, found.reason, found.handled_at = fate, reason[:60], now()
    if not keep_mail:
        found.raw = None
    db.session.flush()
    record(f"mail.{fate.value}", about=found, by=None, reason=reason[:60])


def _with_key(key: str) -> ReceivedMail | None:
    return db.session.scalar(select(ReceivedMail).where(ReceivedMail.key == key))
