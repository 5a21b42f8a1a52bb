"""Consents in words: what each is about, what was read, and what happens when it is taken back."""

from flask_babel.speaklater import LazyString

from matchmaker.consents.models import Consent, Purpose
from matchmaker.consents.texts import current_version, text_of
from matchmaker.words.language import language
from matchmaker.words.language import lazy_gettext as _l

TITLES: dict[Purpose, LazyString] = {
    Purpose.FOLLOW: _l("In beeld blijven na een stage"),
    Purpose.PRODUCT: _l("Uw werk in de bibliotheek"),
    Purpose.FINISHED_WORK: _l("Afgerond werk laten zien"),
}
AFTERWARDS: dict[Purpose, LazyString] = {
    Purpose.FOLLOW: _l("De gemeente mag u niet meer benaderen. Zij ziet u ook niet meer in haar lijst."),
    Purpose.PRODUCT: _l("Uw werk gaat meteen uit de bibliotheek. Niemand vindt het meer."),
    Purpose.FINISHED_WORK: _l("Dit gaf u namens uw gemeente. Elke collega van het loket kan het weghalen."),
}


def asked_now(purpose: Purpose) -> LazyString:
    """The words of a tick box, in the language of the page."""
    return LazyString(lambda: text_of(purpose, current_version(purpose), language()))


def was_read(consent: Consent) -> str:
    """The words as this person read them."""
    return text_of(consent.purpose, consent.text_version, consent.language)
