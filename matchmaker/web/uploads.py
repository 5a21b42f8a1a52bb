"""Files that come in with a form and go out again. What may come in is decided in `files.uploads`."""

from typing import Any

from flask import Response, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.file import MultipleFileField

from matchmaker.files.actions import read
from matchmaker.files.models import StoredFile
from matchmaker.files.uploads import ACCEPTED, MOST_BYTES, MOST_FILES, Upload, check_uploads
from matchmaker.threads.models import Message
from matchmaker.web.files import named
from matchmaker.web.reading import note_reading
from matchmaker.web.sign_in_state import me

HINT = _l(
    "PDF, Word, PowerPoint, Excel, OpenDocument, foto of tekst. Hoogstens %(files)d bestanden van elk %(megabytes)d MB."
)


class UploadsField(MultipleFileField):
    """One or more files; `checked` looks at each and raises InvalidValue at this field."""

    def __init__(self, label: object, **values: object) -> None:
        hint = HINT % {"files": MOST_FILES, "megabytes": MOST_BYTES // 1024**2}
        super().__init__(label, description=hint, render_kw={"accept": ACCEPTED}, **values)

    @property
    def given(self) -> list[Any]:
        """The files that were chosen; a form without any still sends an empty one."""
        return [each for each in self.data or () if getattr(each, "filename", "")]

    def checked(self) -> list[Upload]:
        """What was handed in and passed; empty when nothing was chosen."""
        read_in = [(each.stream.read(MOST_BYTES + 1), each.filename) for each in self.given[: MOST_FILES + 1]]
        return check_uploads(read_in, by=me() if current_user.is_authenticated else None, field=self.name)


def as_download(row: StoredFile) -> Response:
    """A file to keep, which no browser opens as a page of ours. Who fetches it stands in the log."""
    note_reading(row)
    return named(read(row), row.name, row.media_type)


def attached(message: Message, endpoint: str, **values: object) -> list[dict[str, str]]:
    """The files of a message with their addresses on this page."""
    return [
        {"name": each.file.name, "url": url_for(endpoint, attachment_id=each.id, **values)}
        for each in message.attachments
    ]
