"""One line in the calendar of an organisation. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from matchmaker.appointments.models import AppointmentStatus
from matchmaker.clock import local


class Dated(StrEnum):
    """What is on a day, beside the appointments and meetings that people are invited to."""

    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    INTERIM = "interim"
    CONTACT = "contact"
    PRESENTATION = "presentation"
    MILESTONE = "milestone"
    OFFER_CLOSES = "offer_closes"
    NEED_CLOSES = "need_closes"
    WISHES_CLOSE = "wishes_close"


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """A day, or a moment, of something that has its page at `path`. Of a placement it names no student.

    `wording` is put in by `words.calendar`: `{"nl": {"summary": ..., "description": ...}}`.
    """

    what: Dated
    id: int
    title: str
    path: str
    on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    location: str = ""
    with_whom: str = ""
    sequence: int = 0
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    online_url = ""
    status = AppointmentStatus.AGREED

    @property
    def uid(self) -> str:
        """The same as long as the thing itself lives."""
        return f"{self.what.value}-{self.id}@matchmaker"

    @property
    def day(self) -> date:
        if self.starts_at is not None:
            return local(self.starts_at).date()
        assert self.on is not None
        return self.on
