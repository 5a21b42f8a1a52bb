"""The nightly cleaning of what no other task forgets: by the term of each column, but for what is held."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, String, Table, delete, or_, select, update

from matchmaker.audit.actions import record
from matchmaker.audit.retention import forget_events
from matchmaker.classification import Keep
from matchmaker.database import Base, Code, db
from matchmaker.holds.queries import held_people, held_subjects
from matchmaker.links.models import Link
from matchmaker.listings.models import ListingReport, VisitorRequest
from matchmaker.mail.models import Letter, LetterStatus
from matchmaker.matches.models import Match
from matchmaker.privacy.gathered import forget_ended
from matchmaker.privacy.holding import of_no_held_subject
from matchmaker.privacy.mentions import only_codes
from matchmaker.privacy.models import Cleaning
from matchmaker.privacy.owners import accounts_named
from matchmaker.privacy.registry import class_of
from matchmaker.privacy.requests import forget_requests

YEAR = timedelta(days=365)
MONTH = timedelta(days=30)
ANSWERED_FOR = timedelta(days=180)
"""As long as an answer by mail to a letter is taken (`replies.actions.ANSWER_DAYS`)."""


def clean(moment: datetime) -> Cleaning:
    """One night: everything below, and a row with how many of each."""
    numbers = {
        "log": forget_events(moment, held=held_people()),
        "histories": _forget_actors(moment),
        "requests": _forget_requests(moment),
        "visitors": _forget_visitors(moment),
        "reports": _forget_reports(moment),
        "letters": _forget_letters(moment),
        "links": _forget_links(moment),
        "data_requests": forget_requests(moment),
        **forget_ended(moment),
    }
    done = Cleaning(at=moment, numbers=numbers)
    db.session.add(done)
    db.session.flush()
    record("privacy.cleaned", about=done, by=None, **numbers)
    return done


def _forget_requests(moment: datetime) -> int:
    """Texts and names of matches that ended a year ago; the match itself stays to be counted."""
    matches = Base.metadata.tables["matches"]
    old = select(matches.c.id).where(
        matches.c.ended_at < moment - YEAR,
        matches.c.id.not_in(held_subjects("Match")),
        *(or_(each.is_(None), each.not_in(held_people())) for each in accounts_named(matches)),
    )
    number = 0
    for table in Base.metadata.sorted_tables:
        columns = [each for each in table.columns if class_of(each).keep is Keep.REQUEST and not each.primary_key]
        condition = _hangs_on(table, old) if columns else None
        if condition is not None:
            number += _empty(columns, condition)
    return number


def _hangs_on(table: Table, matches: Any) -> ColumnElement[bool] | None:
    """Which rows belong to these matches, by the foreign keys."""
    if table.name == "matches":
        return table.c.id.in_(matches)
    if table.name == "messages":
        threads = Base.metadata.tables["matches"].c
        return table.c.thread_id.in_(select(threads.thread_id).where(threads.id.in_(matches)))
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent.name == "matches":
                return column.in_(matches)
            if parent.name in {"appointments", "assignments", "sessions"}:
                above = _hangs_on(parent, matches)
                if above is not None:
                    return column.in_(select(key.column).where(above))
    return None


def _empty(columns: list[Column[Any]], condition: ColumnElement[bool]) -> int:
    """Empty these columns where they hold something; returns of how many rows."""
    number = 0
    for column in columns:
        table, keys = column.table, list(column.table.primary_key.columns)
        if isinstance(column.type, JSON):
            for *key, value in db.session.execute(select(*keys, column).where(condition)).all():
                kept = only_codes(value)
                if kept != value:
                    own = [each == part for each, part in zip(keys, key, strict=True)]
                    number += _deleted(update(table).where(*own).values({column: kept}))
        elif column.nullable:
            number += _deleted(update(table).where(condition, column.is_not(None)).values({column: None}))
        elif isinstance(column.type, String) and not isinstance(column.type, Code):
            number += _deleted(update(table).where(condition, column != "").values({column: ""}))
    return number


def _forget_actors(moment: datetime) -> int:
    """Who took a step a year ago, in the history of each thing; the step stays."""
    number = 0
    for table in Base.metadata.sorted_tables:
        if table.name.endswith("_events") and table.name != "audit_events":
            actor = table.c.actor_id
            number += _deleted(
                update(table)
                .where(
                    table.c.at < moment - YEAR,
                    actor.is_not(None),
                    actor.not_in(held_people()),
                    *of_no_held_subject(table),
                )
                .values(actor_id=None)
            )
    return number


def _forget_visitors(moment: datetime) -> int:
    """Name, address and words of who asked without an account, a year after it was confirmed; of a match that is held
    they stay."""
    held = select(Match.need_id).where(Match.id.in_(held_subjects("Match")), Match.need_id.is_not(None))
    free = or_(VisitorRequest.need_id.is_(None), VisitorRequest.need_id.not_in(held))
    old = (VisitorRequest.confirmed_at < moment - YEAR) & (VisitorRequest.email != "") & free
    return _deleted(
        update(VisitorRequest).where(old).values(name="", email="", organisation_name="", title="", text="")
    )


def _forget_reports(moment: datetime) -> int:
    old = (ListingReport.created_at < moment - YEAR) & or_(
        ListingReport.text != "", ListingReport.reporter_id.is_not(None)
    )
    free = or_(ListingReport.reporter_id.is_(None), ListingReport.reporter_id.not_in(held_people()))
    return _deleted(update(ListingReport).where(old, free).values(text="", reporter_id=None))


def _forget_letters(moment: datetime) -> int:
    """A letter of thirty days ago goes. Of one that can still be answered by mail stays what it was about, and the
    address where there is no account to know the sender by."""
    over = (LetterStatus.SENT, LetterStatus.FAILED, LetterStatus.REFUSED, LetterStatus.PRINT)
    free = or_(Letter.account_id.is_(None), Letter.account_id.not_in(held_people()))
    done = Letter.status.in_(over) & free
    number = _deleted(delete(Letter).where(done, Letter.created_at < moment - ANSWERED_FOR))
    for letter in db.session.scalars(select(Letter).where(done, Letter.created_at < moment - MONTH)):
        answers = letter.values.get("answers")
        if answers is None:
            db.session.delete(letter)
        elif letter.values != {"answers": answers}:
            letter.values, letter.to_name, letter.calendar = {"answers": answers}, "", None
            letter.to_address = "" if letter.account_id else letter.to_address
        else:
            continue
        number += 1
    return number


def _forget_links(moment: datetime) -> int:
    """Links that opened nothing any more for a month."""
    over = or_(Link.expires_at < moment - MONTH, Link.used_at < moment - MONTH, Link.revoked_at < moment - MONTH)
    return _deleted(delete(Link).where(over))


def _deleted(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)
