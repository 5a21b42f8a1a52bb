"""Lectures and visits after their day, the files that go with them, and answers that came by mail."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

from sqlalchemy import select

from matchmaker.clock import at
from matchmaker.database import db
from matchmaker.demo.content import Row
from matchmaker.demo.story import Story
from matchmaker.demo.timeline import Timeline
from matchmaker.files.uploads import check_upload
from matchmaker.mail.models import Letter
from matchmaker.matches.states import State
from matchmaker.receiving import take
from matchmaker.reference.holidays import CLOSES
from matchmaker.replies.actions import arrive, handle
from matchmaker.replies.addresses import reply_address
from matchmaker.sessions.actions import Report, add_materials, look_back
from matchmaker.sessions.models import Again, Fit
from matchmaker.vocabulary import Party


def plan_lessons(stories: list[Story], timeline: Timeline, content: Row) -> None:
    """Put it on the timeline, after the act of its story that it follows."""
    by_key = {story.key: story for story in stories}
    for key, row in content["lessons"].items():
        _plan_lesson(by_key[key], row)
    for row in content["answers"]:
        _plan_answer(by_key[row["story"]], timeline, row)


def _plan_lesson(story: Story, row: Row) -> None:
    day = story.agreed_day()
    assert day is not None
    for file in row["materials"]:
        moment = story.last if story.state is State.AGREED else at(day, CLOSES)
        story.do(moment, lambda file=file: _add(story, file))  # type: ignore[misc]
    for side in ("municipality", "school"):
        if row.get(side):
            moment = story.after(max(story.last, at(day, CLOSES)), 1, f"{side} looks back")
            story.do(moment, lambda side=side: _tell(story, row, side))  # type: ignore[misc]


def _add(story: Story, file: Row) -> None:
    upload = check_upload(file["text"].encode(), file["name"])
    speaker = story.colleague.account if story.colleague else story.officer
    by, party = (story.school_contact, Party.SCHOOL) if file["side"] == "school" else (speaker, Party.MUNICIPALITY)
    add_materials(story.match, [upload], by=by, as_party=party)


def _tell(story: Story, row: Row, side: str) -> None:
    said = row[side]
    speaker = story.colleague.account if story.colleague else story.officer
    by, party = (story.school_contact, Party.SCHOOL) if side == "school" else (speaker, Party.MUNICIPALITY)
    report = Report(
        held=True, students=row["students"], fit=Fit(said["fit"]), again=Again(said["again"]), note=said["note"]
    )
    look_back(story.match, report, by=by, as_party=party)


def _plan_answer(story: Story, timeline: Timeline, row: Row) -> None:
    timeline.add(max(story.moment(row["days_ago"], "answer by mail"), story.last), lambda: _answer(story, row))


def _answer(story: Story, row: Row) -> None:
    """What a mail program would have sent, to the last letter this person had about it; not where no letter can be
    answered."""
    writer = story.world.account(row["from"])
    letters = select(Letter).where(Letter.account_id == writer.id, Letter.template == "message_posted")
    letter = next(
        (
            each
            for each in db.session.scalars(letters.order_by(Letter.id.desc()))
            if each.values["answers"]["id"] == story.match.id
        ),
        None,
    )
    if letter is None or not reply_address(letter):
        return
    mail = EmailMessage()
    mail["From"], mail["To"] = letter.to_address, reply_address(letter)
    mail["Subject"] = f"Re: Bericht over {story.need['title']}"
    mail["Message-ID"] = f"<{letter.id}@post.example>"
    for name, value in HEADERS.get(row["kind"], {}).items():
        mail[name] = value
    mail.set_content(row["text"])
    if row["kind"] == "refused":
        mail.add_attachment(_with_program(), maintype="application", subtype="octet-stream", filename="oefenblad.docx")
    handle(arrive(mail.as_bytes()), take=take)


HEADERS: Mapping[str, Mapping[str, str]] = {"away": {"Auto-Submitted": "auto-replied"}}


def _with_program() -> bytes:
    """A document with a macro."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")
        packed.writestr("word/vbaProject.bin", "Sub Nakijken()")
    return out.getvalue()
