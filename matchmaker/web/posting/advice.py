"""The writing aid: how it reads, what could be said otherwise, what is missing, what work it is about, who sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from matchmaker.clock import today
from matchmaker.dutch.readability import Reading, reading
from matchmaker.listings.essentials import essentials
from matchmaker.listings.models import Listing
from matchmaker.listings.reach import Reach, reach_of
from matchmaker.listings.semesters import Semester, missed_semester
from matchmaker.listings.suggesting import worth_showing
from matchmaker.listings.wording import Swap, swaps
from matchmaker.listings.writing import values_of
from matchmaker.matches.answered import answered_postings
from matchmaker.vocabulary import Kind
from matchmaker.web.posting.forms import StepForm
from matchmaker.web.posting.kin import done_already
from matchmaker.web.posting.leads import Lead, study_leads, work_leads
from matchmaker.words.field_names import field_names
from matchmaker.words.writing_aid import compared_sentence, essential_names, why_it_excludes

MOST_COMPARED = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything the aid shows. `swaps` come with why a word keeps people away, empty when it is only stiff.

    `expects` is True when `reach` counts the fields of study the text points to, because none is chosen yet.
    """

    reading: Reading
    swaps: list[tuple[Swap, str]]
    checklist: list[tuple[str, bool]]
    work: list[Lead]
    studies: list[Lead]
    reach: Reach | None
    expects: bool
    late: str
    earlier: list[dict[str, Any]]

    @property
    def done(self) -> int:
        return sum(done for _, done in self.checklist)


def advice_for(listing: Listing, form: StepForm | None = None) -> Advice:
    """Advice on what is typed now, or on what was saved where this step does not ask it."""
    values = {**values_of(listing), **(form.values() if form is not None else {})}
    title, text = str(values["title"] or ""), str(values["text"] or "")[:8000]
    found = worth_showing(title, text)
    expected = [] if values["study_fields"] or listing.is_published else [each.code for each in found.study_fields]
    return Advice(
        reading=reading(text),
        swaps=[(swap, why_it_excludes(swap.excludes)) for swap in swaps(text)],
        checklist=checklist(listing.kind, values),
        work=work_leads(found.work_fields, _known_codes(values["work_fields"])),
        studies=study_leads(found.study_fields, _known_codes(values["study_fields"])),
        reach=reach_of(listing, study_fields=expected or values["study_fields"] or ()),
        expects=bool(expected),
        late=_late(listing, values.get("starts_on")),
        earlier=done_already(listing, title, text),
    )


def _known_codes(codes: Sequence[str]) -> list[str]:
    """Without what no register has: a code that was forged is refused when it is saved."""
    names = field_names()
    return [code for code in codes or () if code in names]


def checklist(kind: Kind, values: dict[str, Any]) -> list[tuple[str, bool]]:
    """What most readers look for, and whether it is there."""
    names = essential_names()
    return [
        (
            gettext("%(what)s (staat in uw tekst)", what=names[each.name]) if each.in_text_only else names[each.name],
            each.done,
        )
        for each in essentials(kind, values)
    ]


def compared(listing: Listing) -> list[str]:
    """What answered postings of this kind had, in sentences; empty while too little is known."""
    seen = answered_postings(listing.kind, listing.side)
    names = essential_names()
    return [
        compared_sentence(
            names[each.name],
            answered=seen.answered,
            had=each.answered,
            others=seen.unanswered,
            without=each.unanswered,
        )
        for each in seen.had[:MOST_COMPARED]
    ]


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
