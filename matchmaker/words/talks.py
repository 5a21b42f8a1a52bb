"""The talks of a placement in words: the entry in a calendar."""

from flask_babel import force_locale

from matchmaker.appointments.entries import CalendarEntry
from matchmaker.placements.calendar import entry_of
from matchmaker.placements.models import Placement
from matchmaker.placements.records import Contact
from matchmaker.words.language import gettext

LANGUAGES = ("nl", "en")


def talk_entry(contact: Contact) -> CalendarEntry:
    """A talk as it stands in a calendar."""
    return entry_of(contact, wording=talk_wording(contact.placement, contact.about))


def talk_wording(placement: Placement, about: str) -> dict[str, dict[str, str]]:
    """Summary and description in each language. A calendar is read by more people than a placement, so no name of the
    student stands in it."""
    wording = {}
    for language in LANGUAGES:
        with force_locale(language):
            sides = gettext(
                "%(school)s en gemeente %(municipality)s spreken elkaar.",
                school=placement.institution.name,
                municipality=placement.municipality.name,
            )
            wording[language] = {
                "summary": gettext("Gesprek over de stage: %(title)s", title=placement.title),
                "description": "\n".join(part for part in (sides, about) if part),
            }
    return wording
