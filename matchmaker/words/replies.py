"""Answers by mail in words: what became of each, and why one was not placed."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from matchmaker.errors import InvalidValue
from matchmaker.replies.models import Fate
from matchmaker.words.errors import sentence_for

FATES = {
    Fate.ARRIVED: _l("Wacht"),
    Fate.TAKEN: _l("Geplaatst"),
    Fate.REFUSED: _l("Niet geplaatst"),
    Fate.IGNORED: _l("Genegeerd"),
    Fate.FAILED: _l("Mislukt"),
}
REASONS = {
    "mail_of_another": _l("U schreef vanaf een ander adres. Antwoord vanaf het adres waarop u de mail kreeg."),
    "mail_too_late": _l("U antwoordde op een oude mail. Dat kan tot een half jaar later. Antwoord op de pagina."),
    "mail_too_large": _l("Uw mail is te groot. Een mail mag hoogstens %(n)s MB zijn, met de bestanden erbij."),
    "mail_not_found": _l("U hoort niet meer bij dit gesprek, of het gesprek bestaat niet meer."),
    "mail_invalid_move": _l("In dit gesprek kunt u nu niet schrijven."),
    "required": _l("Wij vonden geen tekst in uw mail. Schrijf uw antwoord boven de tekst van onze mail."),
    "auto_submitted": _l("Automatisch antwoord"),
    "bounce": _l("Melding van een mailserver"),
    "list": _l("Mail van een lijst"),
    "unknown_address": _l("Hoort bij geen brief van ons"),
}


def refusal_sentence(values: Mapping[str, Any]) -> str:
    """Why an answer was not placed, for who wrote it."""
    return reason_words(values.get("reason", ""), values.get("details", {}))


def reason_words(reason: str, values: Mapping[str, Any]) -> str:
    """A reason as a sentence; an unforeseen failure by its own name."""
    if reason in REASONS:
        return str(REASONS[reason]) % values
    return sentence_for(InvalidValue("text", reason, **values)) if reason.islower() else reason
