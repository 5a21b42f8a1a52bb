"""Letters leave: rendered in the reader's language, sent by SMTP, at least once and with the same Message-ID."""

import logging
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import groupby
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from config import Settings
from matchmaker.accounts.models import Account
from matchmaker.audit.actions import coming_from
from matchmaker.clock import local, now
from matchmaker.database import db
from matchmaker.links.actions import known_token, token_of
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import frequency_for, queue_letter
from matchmaker.mail.models import Frequency, Letter, LetterStatus, Topic
from matchmaker.replies.addresses import reply_address
from matchmaker.sessions.models import WhyNot
from matchmaker.words.dates import say_date, say_moment, say_span
from matchmaker.words.replies import refusal_sentence
from matchmaker.words.sessions import WHY_NOT

_log = logging.getLogger(__name__)
ATTEMPTS = 8
MOST_TURNS = 2 * ATTEMPTS
"""So often a worker takes up a letter, those included at which it died before there was an answer."""
SMTP_SECONDS = 20
LEASE = timedelta(minutes=5)
AWAY = timedelta(minutes=1)
"""After a mail server that could not be reached, a letter waits this long."""
LINK_PATHS = {
    Purpose.INVITATION: "/uitnodiging/",
    Purpose.PASSWORD: "/wachtwoord/",
    Purpose.SIGN_UP: "/aanmelden/",
    Purpose.SECOND_STEP: "/tweede-stap/",
    Purpose.NEW_ADDRESS: "/adres/",
    Purpose.KEEP_ADDRESS: "/adres-houden/",
    Purpose.COLLEAGUE_ANSWER: "/l/",
    Purpose.CONFIRM_APPOINTMENT: "/afspraak/",
    Purpose.SESSION_AFTER: "/les/",
    Purpose.CONFIRM_REQUEST: "/vraag/",
    Purpose.FOLLOW_REQUEST: "/vraag/",
    Purpose.FEED: "/agenda/feed/",
    Purpose.SEAT: "/stoel/",
    Purpose.MEETING: "/vergadering/",
    Purpose.PLACEMENT: "/plaatsing/",
    Purpose.SIGN_AGREEMENT: "/tekenen/",
    Purpose.OFFERS_FEED: "/student/feed/",
    Purpose.ORGANISATION_FEED: "/agenda/organisatie/",
    Purpose.TIE_IDENTITY: "/inloggen/koppelen/",
    Purpose.DATA_REQUEST: "/privacy/verzoek/",
    Purpose.SIGN_UP_BY_PROVIDER: "/aanmelden/organisatie/",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter as its reader sees it."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Subject, text and HTML of a letter, in the language of its reader."""
    env = current_app.jinja_env
    context: dict[str, Any] = {
        "to_name": letter.to_name,
        "values": _with_addresses(letter.values),
        "url": _address(letter.link_id, letter.values.get("path", "")),
        "site_url": _settings().public_url,
        "topic": letter.topic,
        "has_account": letter.account_id is not None,
        "answerable": bool(reply_address(letter)),
        "refusal": lambda: refusal_sentence(letter.values),
        "why_not": lambda code: str(WHY_NOT[WhyNot(code)]),
        "moment": lambda value: say_moment(datetime.fromisoformat(value)) if value else "",
        "day": lambda value: say_date(date.fromisoformat(value)) if value else "",
        "span": lambda start, end: say_span(datetime.fromisoformat(start), datetime.fromisoformat(end)),
    }
    with force_locale(letter.language):
        text = env.get_template(f"mail/{letter.template}.txt")
        html = env.get_template(f"mail/{letter.template}.html")
        subject = "".join(text.blocks["subject"](text.new_context(context)))
        return Rendered(
            subject=" ".join(subject.split())[:200], text=_tidy(text.render(context)), html=html.render(context)
        )


def send_due(*, limit: int = 50) -> int:
    """Send the letters that are due; returns how many left. Commits after each, so nothing is sent twice knowingly.

    When the mail server hangs up, or the lease runs out, the rest is given back untried. Raises OSError or
    smtplib.SMTPException when it is away.
    """
    numbers, until = _claim(limit), now() + LEASE / 2
    if not numbers:
        return 0
    sent, tried = 0, 0
    try:
        with _postman() as postman:
            for number in numbers:
                sent += _take_up(number, postman)
                tried += 1
                if now() > until or (postman is not None and postman.sock is None):
                    break
    finally:
        _give_back(numbers[tried:], at=now() if tried else now() + AWAY)
    return sent


def send_digests(moment: datetime) -> int:
    """Gather held letters into one overview per person: daily on working days, weekly on the first of the week."""
    held = db.session.execute(
        select(Letter, Account)
        .join(Account, Account.id == Letter.account_id)
        .where(Letter.status == LetterStatus.HELD)
        .order_by(Letter.account_id, Letter.created_at, Letter.id)
    ).all()
    written = 0
    for _account_id, rows in groupby(held, key=lambda row: row[1].id):
        pairs = list(rows)
        account = pairs[0][1]
        due = [letter for letter, _ in pairs if _digest_due(account, letter, moment)]
        written += _write_digest(account, due)
    return written


def _write_digest(account: Account, letters: Sequence[Letter]) -> int:
    if not letters:
        return 0
    entries = [
        {"subject": render(each).subject, "path": each.values.get("path", ""), "link_id": each.link_id}
        for each in letters
    ]
    digest = queue_letter("digest", topic=Topic.ACCOUNT, to=account, entries=entries, path="/start")
    for letter in letters:
        letter.status, letter.sent_at = LetterStatus.SENT, now()
    return int(digest is not None)


def _digest_due(account: Account, letter: Letter, moment: datetime) -> bool:
    frequency = frequency_for(account, letter.topic, letter.template)
    return frequency in (Frequency.NOW, Frequency.DAILY) or (
        frequency is Frequency.WEEKLY and local(moment).weekday() == 0
    )


def _claim(limit: int) -> Sequence[int]:
    """Take letters for this worker, by number; another may take them again when this one dies."""
    moment = now()
    ids = db.session.scalars(
        select(Letter.id)
        .where(Letter.status == LetterStatus.QUEUED, Letter.next_attempt_at <= moment)
        .order_by(Letter.next_attempt_at, Letter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    db.session.execute(update(Letter).where(Letter.id.in_(ids)).values(next_attempt_at=moment + LEASE))
    db.session.commit()
    return sorted(ids)


def _give_back(numbers: Sequence[int], *, at: datetime) -> None:
    """Who was not tried is due again, as if never claimed."""
    db.session.rollback()
    db.session.execute(update(Letter).where(Letter.id.in_(numbers)).values(next_attempt_at=at))
    db.session.commit()


def _take_up(number: int, postman: smtplib.SMTP | None) -> int:
    """One letter; one that was erased while it waited or was on its way holds up nobody."""
    letter = db.session.get(Letter, number, populate_existing=True)
    if letter is None:
        return 0
    try:
        with coming_from(letter.origin):
            sent = _send(letter, postman)
        db.session.commit()
    except (ObjectDeletedError, StaleDataError):
        db.session.rollback()
        return 0
    return sent


def _send(letter: Letter, postman: smtplib.SMTP | None) -> int:
    """Send one. The database is let go of before the mail server is spoken to: it may take its time.

    The attempt counts from here: a letter that only waited beside the one at which a worker died loses none.
    """
    if letter.attempts >= MOST_TURNS:
        _failed(letter, "the worker ended each time at this letter")
        return 0
    letter.attempts += 1
    db.session.commit()
    try:
        message = _compose(letter)
        db.session.commit()
        if postman is not None:
            postman.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        later = all(400 <= code < 500 for code, _said in refused.recipients.values())
        _failed(letter, str(refused), for_good=not later)
        return 0
    except SQLAlchemyError:
        raise
    except Exception as failed:  # whatever is wrong with one letter, the next ones go
        _failed(letter, f"{type(failed).__name__}: {failed}")
        return 0
    letter.status, letter.sent_at, letter.error = LetterStatus.SENT, now(), ""
    _log.info("letter %s of %s sent", letter.id, letter.origin)
    return 1


def _failed(letter: Letter, error: str, *, for_good: bool = False) -> None:
    letter.error = error[:1000]
    if for_good or letter.attempts >= ATTEMPTS:
        letter.status = LetterStatus.REFUSED if for_good else LetterStatus.FAILED
    else:
        letter.next_attempt_at = now() + timedelta(seconds=30 * 2**letter.attempts)


def _check_link(letter: Letter) -> None:
    """A letter does not go out without the link it is about. Raises LinkUnusable."""
    link = db.session.get(Link, letter.link_id) if letter.link_id else None
    if link is not None:
        token_of(link)


def _compose(letter: Letter) -> EmailMessage:
    settings = _settings()
    _check_link(letter)
    rendered = render(letter)
    message = EmailMessage()
    name, domain = settings.mail_from.rsplit("@", 1)
    message["From"] = Address(settings.site_name, name, domain)
    message["To"] = letter.to_address
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = f"<{letter.message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Request-Id"] = letter.origin
    if answers := reply_address(letter):
        message["Reply-To"] = answers
    message["Content-Language"] = letter.language
    message.set_content(rendered.text)
    message.add_alternative(rendered.html, subtype="html")
    if letter.calendar:
        message.add_alternative(
            letter.calendar.decode(),
            subtype="calendar",
            params={"method": letter.calendar_method, "name": "afspraak.ics"},
        )
    return message


@contextmanager
def _postman() -> Iterator[smtplib.SMTP | None]:
    """A connection to the mail server; None when none is set (demo): letters are then read in administration."""
    settings = _settings()
    if not settings.smtp_host:
        yield None
        return
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SMTP_SECONDS)
    try:
        if settings.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        server.close()


def _address(link_id: int | None, path: str) -> str:
    base = _settings().public_url
    link = db.session.get(Link, link_id) if link_id else None
    if link and (token := known_token(link)):
        return f"{base}{LINK_PATHS[link.purpose]}{token}"
    return f"{base}{path}" if path else ""


def _with_addresses(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a letter; an overview keeps which links it names and never their secrets."""
    if "entries" not in values:
        return values
    entries = [{**each, "url": _address(each.get("link_id"), each.get("path", ""))} for each in values["entries"]]
    return {**values, "entries": entries}


def _tidy(text: str) -> str:
    """At most one blank line in a row."""
    lines: list[str] = []
    for line in (each.rstrip() for each in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _settings() -> Settings:
    return current_app.extensions["settings"]
