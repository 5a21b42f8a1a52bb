"""Asking to see, correct or erase what is kept of you: with an account, or by a mail address that is confirmed first.

A correction goes to the administrators of an organisation, or to those of the platform, and is answered in a month.
Who has no account gets a copy, or has everything erased that hangs on the address, as soon as the address is confirmed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.orm import joinedload

from matchmaker.accounts.letters import has_enough
from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import account_by_email
from matchmaker.audit.actions import record
from matchmaker.clock import local, now, today
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, LinkUnusable, NotFound
from matchmaker.holds.models import Hold
from matchmaker.holds.queries import held_people
from matchmaker.links.actions import make_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.models import Membership, Organisation
from matchmaker.organisations.queries import members_with_role, platform
from matchmaker.privacy.erasing import erase_address
from matchmaker.privacy.holding import hold_around
from matchmaker.privacy.models import DataRequest, Outcome, RequestKind
from matchmaker.privacy.owners import NOBODY, Person
from matchmaker.vocabulary import Role

ANSWER_DAYS = 30
"""A month, as the law says (AVG, article 12)."""
REMIND_DAYS = 7
CONFIRM_DAYS = 7
LINK_DAYS = 60
LONGEST = 4000
_LETTERS = ("data_confirm", "data_has_account")


def ask_correction(account: Account, text: str, *, organisation: Organisation | None) -> DataRequest:
    """Ask to correct what is kept of oneself. `organisation` None, or one without administrators: the platform answers.

    Raises InvalidValue at `text`.
    """
    answers = organisation if organisation and members_with_role(organisation, Role.ORG_ADMIN) else None
    made = _made(RequestKind.CORRECTION, text=_checked(text), language=account.language)
    made.account_id, made.organisation_id, made.confirmed_at = account.id, answers.id if answers else None, now()
    db.session.add(made)
    db.session.flush()
    record("data_request.asked", about=made, by=account)
    _tell_who_answers(made, reminder=False)
    return made


def ask_without_account(kind: RequestKind, email: str, *, text: str, language: str) -> None:
    """Send a link to confirm the address, or to who has an account a letter that says so: the page answers the same.

    At most three letters an hour to one address. Raises InvalidValue at `text` for a correction without words.
    """
    address = email.strip().lower()
    said = _checked(text) if kind is RequestKind.CORRECTION else ""
    if has_enough(address, *_LETTERS):
        return
    account = account_by_email(address)
    if account is not None:
        queue_letter("data_has_account", topic=Topic.ACCOUNT, to=account, path="/account/gegevens")
        return
    made = _made(kind, text=said, language=language)
    made.email = address
    db.session.add(made)
    db.session.flush()
    record("data_request.asked", about=made, by=None)
    link = make_link(Purpose.DATA_REQUEST, subject_id=made.id, days=LINK_DAYS)
    queue_letter("data_confirm", topic=Topic.ACCOUNT, address=address, language=language, link=link, days=CONFIRM_DAYS)


def request_of_link(link: Link) -> DataRequest:
    """What the link confirms and follows; raises LinkUnusable when it is gone or has an account by now."""
    found = db.session.get(DataRequest, link.subject_id)
    if found is None or not found.email or account_by_email(found.email) is not None:
        raise LinkUnusable("revoked")
    return found


def confirm(asked: DataRequest) -> None:
    """The address is right: a copy is ready, a correction goes to the platform, an erasure is done at once.

    Raises InvalidMove when that was done before, and for an erasure while something of this address is held.
    """
    if asked.confirmed_at is not None:
        raise InvalidMove(state="confirmed", action="confirm")
    if hold_on_erasure(asked) is not None:
        raise InvalidMove(state="held", action="erase")
    asked.confirmed_at, asked.due_on = now(), today() + timedelta(days=ANSWER_DAYS)
    record("data_request.confirmed", about=asked, by=None)
    if asked.kind is RequestKind.CORRECTION:
        _tell_who_answers(asked, reminder=False)
        return
    asked.outcome, asked.answered_at = Outcome.DONE, now()
    db.session.flush()
    if asked.kind is RequestKind.ERASURE:
        erase_address(asked.email)


def hold_on_erasure(asked: DataRequest) -> Hold | None:
    """The hold that stands in the way of what is asked; None when nothing does, or nothing would be erased."""
    return hold_around(Person(NOBODY, asked.email)) if asked.kind is RequestKind.ERASURE else None


def answer(asked: DataRequest, outcome: Outcome, text: str, *, by: Account) -> None:
    """Say what came of it; who asked reads it in a letter. Raises InvalidMove when it was answered before, InvalidValue
    at `answer`."""
    if not asked.is_open:
        raise InvalidMove(state="answered", action="answer")
    asked.outcome, asked.answer, asked.answered_at = outcome, _checked(text, field="answer"), now()
    db.session.flush()
    record("data_request.answered", about=asked, by=by, result=outcome.value)
    values = {"outcome": outcome.value, "answer": asked.answer}
    if asked.account is not None:
        queue_letter("data_answered", topic=Topic.ACCOUNT, to=asked.account, path="/account/gegevens", **values)
    else:
        queue_letter(
            "data_answered",
            topic=Topic.ACCOUNT,
            address=asked.email,
            language=asked.language,
            path="/privacy",
            **values,
        )


def requests_of(account: Account) -> Sequence[DataRequest]:
    """What someone asked, newest first."""
    query = select(DataRequest).where(DataRequest.account_id == account.id).order_by(DataRequest.id.desc())
    return db.session.scalars(query.options(joinedload(DataRequest.organisation))).all()


def requests_for(by: Membership, *, limit: int, offset: int = 0) -> tuple[Sequence[DataRequest], int]:
    """What waits for an answer of this administrator and what was answered: first to answer first; and how many."""
    chosen = _answered_by(by)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    order = (DataRequest.outcome.is_not(None), DataRequest.due_on, DataRequest.id)
    chosen = chosen.options(joinedload(DataRequest.account))
    return db.session.scalars(chosen.order_by(*order).limit(limit).offset(offset)).all(), total


def request_for(by: Membership, number: int, *, lock: bool = False) -> DataRequest:
    """One of those; raises NotFound."""
    query = _answered_by(by).where(DataRequest.id == number)
    found = db.session.scalar(query.with_for_update(of=DataRequest) if lock else query)
    if found is None:
        raise NotFound("data_request")
    return found


def remind_requests(moment: datetime) -> int:
    """Write again to who answers a week before the last day; returns of how many."""
    day = local(moment).date()
    due = select(DataRequest).where(
        DataRequest.outcome.is_(None),
        DataRequest.confirmed_at.is_not(None),
        DataRequest.reminded_at.is_(None),
        DataRequest.due_on <= day + timedelta(days=REMIND_DAYS),
    )
    found = db.session.scalars(due.order_by(DataRequest.id)).all()
    for each in found:
        each.reminded_at = moment
        _tell_who_answers(each, reminder=True)
    db.session.flush()
    return len(found)


def forget_requests(moment: datetime) -> int:
    """What was never confirmed goes after a week, what was answered after a year; returns how many. Of who is held it
    stays."""
    unconfirmed = DataRequest.confirmed_at.is_(None) & (DataRequest.asked_at < moment - timedelta(days=CONFIRM_DAYS))
    free = or_(DataRequest.account_id.is_(None), DataRequest.account_id.not_in(held_people()))
    old = (DataRequest.answered_at < moment - timedelta(days=365)) & free
    return db.session.execute(delete(DataRequest).where(unconfirmed | old)).rowcount


def _answered_by(by: Membership) -> Select[tuple[DataRequest]]:
    confirmed = select(DataRequest).where(DataRequest.confirmed_at.is_not(None))
    if by.role is Role.PLATFORM_ADMIN:
        return confirmed.where(DataRequest.organisation_id.is_(None), DataRequest.kind == RequestKind.CORRECTION)
    return confirmed.where(DataRequest.organisation_id == by.organisation_id)


def _made(kind: RequestKind, *, text: str, language: str) -> DataRequest:
    return DataRequest(kind=kind, text=text, language=language, due_on=today() + timedelta(days=ANSWER_DAYS))


def _checked(text: str, *, field: str = "text") -> str:
    said = text.strip()
    if not said:
        raise InvalidValue(field, "required")
    if len(said) > LONGEST:
        raise InvalidValue(field, "text_too_long", n=LONGEST)
    return said


def _tell_who_answers(asked: DataRequest, *, reminder: bool) -> None:
    """A letter to each administrator; never with what was written, which may be about anyone."""
    if asked.organisation_id is None:
        found = members_with_role(platform(), Role.PLATFORM_ADMIN)
    else:
        found = members_with_role(db.session.get_one(Organisation, asked.organisation_id), Role.ORG_ADMIN)
    for each in found:
        queue_letter(
            "data_request", topic=Topic.ACCOUNT, to=each.account, path=f"/beheer/verzoeken/{asked.id}",
            due_on=asked.due_on.isoformat(), reminder=reminder,
        )  # fmt: skip
