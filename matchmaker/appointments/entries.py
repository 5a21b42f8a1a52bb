"""What stands in a calendar beside appointments and meetings: told by a noun of its own rows, and not kept here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from matchmaker.appointments.ical import uid_of
from matchmaker.appointments.models import Answer, AppointmentStatus

Wording = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A moment, or without `starts_at` a whole day, of row `id` of a noun. `sequence` rises whenever the row changes.

    `wording` holds summary and description by language, put into words by whoever asks; `path` is the page of it.
    """

    noun: str
    id: int
    sequence: int
    title: str
    day: date
    path: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    location: str = ""
    online_url: str = ""
    status: AppointmentStatus = AppointmentStatus.AGREED
    wording: Wording = field(default_factory=dict)

    @property
    def uid(self) -> str:
        """The same in every file and feed for as long as the row lives."""
        return uid_of(self.noun, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarGuest:
    """Who gets such an entry by letter."""

    display_name: str
    email: str
    reads: str
    standby: bool = False
    answer: Answer | None = None
