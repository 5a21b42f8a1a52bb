"""The conversation of a placement: everyone in it but a parent."""

from collections.abc import Sequence
from typing import Any

from flask import flash
from flask_babel import gettext

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotAllowed
from matchmaker.placements.conversation import TALKERS, write_message
from matchmaker.placements.parts import Part
from matchmaker.threads.actions import mark_read
from matchmaker.threads.models import Message
from matchmaker.threads.queries import attachment_in, messages_of, unread
from matchmaker.web.together.forms import MessageForm
from matchmaker.web.together.placements.door import Answer, Seat, both_doors, page
from matchmaker.web.uploads import as_download, attached
from matchmaker.words.dates import say_since
from matchmaker.words.placements import placed


@both_doors("/berichten", methods=("GET", "POST"))
def post_message(seat: Seat) -> Answer:
    """The messages, and a new one; the others read it here and in a letter."""
    if seat.actor.part not in TALKERS:
        raise NotAllowed(action="read_messages", part=seat.actor.part.value)
    form = MessageForm()
    if form.validate_on_submit():
        try:
            files = form.files.checked()
            write_message(seat.placement, text=form.text.data or "", by=seat.actor, files=files)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Verstuurd."), "success")
            return seat.to("post_message")
    return _messages(seat, form)


@both_doors("/berichten/gelezen", methods=("POST",))
def mark_messages_read(seat: Seat) -> Answer:
    """The new messages are no longer new. From a link nothing is kept of what was read."""
    if seat.actor.account is not None:
        mark_read(seat.placement.thread_id, by=seat.actor.account)
        db.session.commit()
    return seat.to("post_message")


@both_doors("/bijlage/<id:attachment_id>")
def download_attachment(seat: Seat, attachment_id: int) -> Answer:
    """A file someone sent along."""
    if seat.actor.part not in TALKERS:
        raise NotAllowed(action="read_messages", part=seat.actor.part.value)
    return as_download(attachment_in(seat.placement.thread_id, attachment_id).file)


def _messages(seat: Seat, form: MessageForm) -> str:
    placement, account = seat.placement, seat.actor.account
    new = unread(account, [placement.thread_id]) if account else {}
    return page(
        "together/placements/post_message.html",
        seat,
        form=form,
        thread=_rows(seat, messages_of(placement.thread_id)),
        unread=new.get(placement.thread_id, 0),
    )


def _rows(seat: Seat, messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The thread as the component draws it. Who has no account is known by the part they write from."""
    return [_row(seat, each) for each in messages]


def _row(seat: Seat, message: Message) -> dict[str, Any]:
    part, own = Part(message.party), seat.actor.account
    person = seat.placement.person(part)
    name = message.author.display_name if message.author else person.display_name if person else placed(part)
    by_link = own is None and message.author_id is None and part is seat.actor.part
    mine = by_link or (own is not None and message.author_id == own.id)
    return {
        "name": gettext("U") if mine else name,
        "role": "" if mine else placed(part),
        "when": say_since(message.at),
        "text": message.text,
        "files": attached(message, **_file_address(seat)),
        "mine": mine,
        "tone": "supply" if part in {Part.OFFICER, Part.SUPERVISOR, Part.PRACTICE_TRAINER} else "demand",
    }


def _file_address(seat: Seat) -> dict[str, Any]:
    if seat.token:
        return {"endpoint": "placement_links.download_attachment", "token": seat.token}
    return {"endpoint": "placements.download_attachment", "placement_id": seat.placement.id}
