"""Asking for a copy of one's own data, and making it: a page to read, the same as JSON, and the files."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.actions import forget, keep, read
from matchmaker.jobs.actions import enqueue
from matchmaker.jobs.models import Job
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.privacy.models import DataExport
from matchmaker.privacy.my_data import Section, everything_of, files_of, person_of
from matchmaker.privacy.owners import Person

TASK = "export_my_data"
KEPT_DAYS = 7
Page = Callable[[Account, Sequence[Section], Sequence[str]], str]


def ask_export(account: Account) -> DataExport:
    """Queue a copy; while one is being made, that one."""
    waiting = db.session.scalars(
        select(DataExport).where(DataExport.account_id == account.id, DataExport.until.is_(None))
    ).first()
    if waiting is not None:
        return waiting
    asked = DataExport(account_id=account.id)
    db.session.add(asked)
    db.session.flush()
    enqueue(TASK, by=account, export=asked.id)
    record("privacy.export_asked", about=asked, by=account)
    return asked


def exports_of(account: Account) -> Sequence[DataExport]:
    """The copies someone asked for and can still fetch or wait for, newest first."""
    return db.session.scalars(
        select(DataExport).where(DataExport.account_id == account.id).order_by(DataExport.id.desc())
    ).all()


def export_of(account: Account, export_id: int) -> DataExport:
    """One copy of one's own that is ready; raises NotFound."""
    found = db.session.scalar(
        select(DataExport).where(
            DataExport.id == export_id, DataExport.account_id == account.id, DataExport.until > now()
        )
    )
    if found is None or found.file is None:
        raise NotFound("export")
    return found


def make_export(job: Job, page: Page) -> None:
    """Make the copy of a job, and write that it is there. Nothing when its person is gone."""
    asked = db.session.get(DataExport, job.values["export"])
    if asked is None or asked.until is not None:
        return
    content = packed(asked.account, page)
    asked.file = keep(content, name="mijn-gegevens.zip", media_type="application/zip", organisation_id=None, by=None)
    asked.until = now() + timedelta(days=KEPT_DAYS)
    db.session.flush()
    record("privacy.export_made", about=asked, by=None)
    queue_letter("export_ready", topic=Topic.ACCOUNT, to=asked.account, path="/account/gegevens", days=KEPT_DAYS)


def packed(account: Account, page: Page) -> bytes:
    """The ZIP of someone with an account: `lees-mij.html`, `gegevens.json` and `bestanden/`."""
    return packed_of(person_of(account), lambda sections, names: page(account, sections, names))


def packed_at(address: str, page: Callable[[Sequence[Section], Sequence[str]], str]) -> bytes:
    """The same of a mail address without an account."""
    return packed_of(Person(0, address.lower()), page)


def packed_of(person: Person, page: Callable[[Sequence[Section], Sequence[str]], str]) -> bytes:
    """The ZIP of a person as the columns know them."""
    sections, files = everything_of(person), files_of(person)
    out = io.BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for each in files:
            try:
                content = read(each)
            except NotFound:
                continue
            names.append(f"bestanden/{each.id}-{PurePath(each.name).name}")
            pack.writestr(names[-1], content)
        tables = {section.table: list(section.lines) for section in sections}
        pack.writestr("gegevens.json", json.dumps(tables, ensure_ascii=False, indent=1))
        pack.writestr("lees-mij.html", page(sections, names))
    return out.getvalue()


def forget_exports(moment: datetime) -> int:
    """Remove copies whose days are over; returns how many."""
    old = db.session.scalars(select(DataExport).where(DataExport.until < moment).order_by(DataExport.id)).all()
    for each in old:
        drop(each)
    return len(old)


def drop(export: DataExport) -> None:
    """A copy and its file go."""
    file = export.file
    db.session.delete(export)
    db.session.flush()
    if file is not None:
        forget(file)
