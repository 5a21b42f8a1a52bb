"""The writing aid: how it reads, what could be said otherwise, what is missing, what work it is about, who sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.dutch.readability import Reading, reading
from matchmaker.listings.kinds import USEFUL
from matchmaker.listings.models import Listing
from matchmaker.listings.reach import Reach, reach_of
from matchmaker.listings.semesters import Semester, missed_semester
from matchmaker.listings.suggesting import suggested_work_fields
from matchmaker.listings.wording import Swap, swaps
from matchmaker.listings.writing import values_of
from matchmaker.web.posting.forms import StepForm, WhatForm
from matchmaker.web.posting.kin import done_already
from matchmaker.words.field_names import work_field_names


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything the aid shows."""

    reading: Reading
    swaps: tuple[Swap, ...]
    checklist: list[tuple[str, bool]]
    work: list[str]
    reach: Reach | None
    late: str
    earlier: list[dict[str, Any]]

    @property
    def done(self) -> int:
        return sum(done for _, done in self.checklist)


def advice_for(listing: Listing, form: StepForm | None = None) -> Advice:
    """Advice on what is typed now, or on what was saved where this step does not ask it."""
    title, text = listing.title, listing.text
    typed = form.values() if form is not None else {}
    if isinstance(form, WhatForm):
        title, text = form.title.data or "", (form.text.data or "")[:8000]
    return Advice(
        reading=reading(text),
        swaps=swaps(text),
        checklist=checklist({**values_of(listing), **typed}, listing),
        work=work_field_names(suggested_work_fields(title, text)),
        reach=reach_of(listing),
        late=_late(listing, typed.get("starts_on", listing.starts_on)),
        earlier=done_already(listing, title, text),
    )


def _late(listing: Listing, starts_on: date | None) -> str:
    """That schools mostly choose earlier for this start; empty when it is in time or already online."""
    if listing.is_published:
        return ""
    semester = missed_semester(listing.kind, listing.side, starts_on, posted_on=today())
    if semester is None:
        return ""
    return {
        Semester.FEBRUARY: gettext(
            "Dit is laat voor februari. Veel scholen zoeken hun plekken voor 1 november. "
            "U kunt het gewoon plaatsen. Misschien krijgt u minder reacties."
        ),
        Semester.SEPTEMBER: gettext(
            "Dit is laat voor september. Veel scholen zoeken hun plekken voor 1 mei. "
            "U kunt het gewoon plaatsen. Misschien krijgt u minder reacties."
        ),
    }[semester]


def checklist(values: dict[str, object], listing: Listing) -> list[tuple[str, bool]]:
    """What most readers look for, and whether it is there."""
    names = {
        "title": gettext("Titel"),
        "text": gettext("Wat iemand doet"),
        "levels": gettext("Niveau"),
        "work_fields": gettext("Werk van de gemeente"),
        "study_fields": gettext("Studierichting"),
        "hours_min": gettext("Uren per week"),
        "starts_on": gettext("Wanneer het begint"),
        "duration_weeks": gettext("Hoe lang het duurt"),
        "allowance_min": gettext("Vergoeding"),
        "group_size": gettext("Hoe groot de groep is"),
        "minutes": gettext("Hoe lang het duurt"),
        "slots": gettext("Dagen die kunnen"),
        "committee": gettext("Welke commissie"),
        "term_years": gettext("Voor hoeveel jaar"),
        "meetings_per_year": gettext("Hoe vaak per jaar"),
        "what_is_needed": gettext("Wat u zou helpen"),
    }
    wanted = [name for name in ("title", "text", *USEFUL[listing.kind]) if name in values]
    return [(names[name], values[name] not in (None, "", [])) for name in wanted]
