"""What stands in the calendar of an organisation, in words."""

from dataclasses import replace

from matchmaker.calendars.entries import Dated, DatedEntry
from matchmaker.words.language import gettext
from matchmaker.words.language import lazy_gettext as _l

WHAT = {
    Dated.FIRST_DAY: _l("Eerste dag"),
    Dated.LAST_DAY: _l("Laatste dag"),
    Dated.INTERIM: _l("Tussentijds gesprek over hoe het gaat"),
    Dated.CONTACT: _l("Gesprek met student en begeleider"),
    Dated.PRESENTATION: _l("Presentatie"),
    Dated.MILESTONE: _l("Tussenstap"),
    Dated.OFFER_CLOSES: _l("Laatste dag om te reageren op het aanbod"),
    Dated.NEED_CLOSES: _l("Laatste dag om te reageren op de vraag"),
    Dated.WISHES_CLOSE: _l("Laatste dag voor wensen van studenten"),
}


def summary(entry: DatedEntry) -> str:
    """Eerste dag: Brieven over de bijstand (Nieuwegein)."""
    words = gettext("%(what)s: %(title)s", what=WHAT[entry.what], title=entry.title)
    return f"{words} ({entry.with_whom})" if entry.with_whom else words


def worded(entry: DatedEntry, language: str) -> DatedEntry:
    """With its line for a calendar file, in the language of the page."""
    return replace(entry, wording={language: {"summary": summary(entry), "description": ""}})
