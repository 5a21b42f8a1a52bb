"""The thread of a match."""

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.matches.conversation import write_message
from matchmaker.matches.states import State
from matchmaker.threads.actions import mark_read
from matchmaker.threads.queries import attachment_in
from matchmaker.web.sign_in_state import me
from matchmaker.web.together import together
from matchmaker.web.together.forms import MessageForm
from matchmaker.web.together.matches import match_page
from matchmaker.web.together.party import my_match, my_party
from matchmaker.web.uploads import as_download


@together.post("/<id:match_id>/bericht")
def post_message(match_id: int) -> Response | str:
    """Write to the other side; they read it here and in a letter, without each other's address."""
    match, form = my_match(match_id), MessageForm()
    if form.validate_on_submit() and match.state is not State.PROPOSED:
        try:
            files = form.files.checked()
            write_message(match, text=form.text.data or "", by=me(), as_party=my_party(), files=files)
        except InvalidValue as error:
            form.refuse(error)
        else:
            db.session.commit()
            flash(gettext("Verstuurd."), "success")
            return redirect(url_for("together.show_match", match_id=match.id, _anchor="berichten"))
    return match_page(match, message_form=form)


@together.post("/<id:match_id>/gelezen")
def mark_thread_read(match_id: int) -> Response:
    """The new messages are no longer new."""
    match = my_match(match_id)
    mark_read(match.thread_id, by=me())
    db.session.commit()
    return redirect(url_for("together.show_match", match_id=match.id, _anchor="berichten"))


@together.get("/<id:match_id>/bijlage/<id:attachment_id>")
def download_attachment(match_id: int, attachment_id: int) -> Response:
    """A file someone sent along."""
    return as_download(attachment_in(my_match(match_id).thread_id, attachment_id).file)
