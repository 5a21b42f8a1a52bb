"""The log of agreements in sentences."""

from flask_babel.speaklater import LazyString

from matchmaker.agreements.states import AgreementAction
from matchmaker.words.language import lazy_gettext as _l

AGREEMENT_EVENTS: dict[str, LazyString] = {
    **{
        f"agreement.{action.value}": sentence
        for action, sentence in {
            AgreementAction.DRAW_UP: _l("De tekst van een overeenkomst is opgesteld."),
            AgreementAction.SEND: _l("De tekst van een overeenkomst is vastgelegd."),
            AgreementAction.MAKE: _l("Het document van een overeenkomst is gemaakt."),
            AgreementAction.SIGN: _l("Iemand heeft een overeenkomst getekend."),
            AgreementAction.COMPLETE: _l("Iedereen heeft een overeenkomst getekend."),
            AgreementAction.WITHDRAW: _l("Een overeenkomst is ingetrokken."),
            AgreementAction.REPLACE: _l("Een overeenkomst is vervangen door een wijziging."),
            AgreementAction.REMIND: _l("Er is aan een handtekening herinnerd."),
        }.items()
    },
    "agreement.forget": _l("De namen en teksten van een overeenkomst zijn weggehaald."),
    "agreement_template.write": _l("Het sjabloon van een overeenkomst is aangepast."),
    "agreement_template.publish": _l("Een versie van het sjabloon is gepubliceerd."),
}
AGREEMENT_OBJECTS: dict[str, LazyString] = {
    "Agreement": _l("Overeenkomst"),
    "AgreementTemplate": _l("Sjabloon van een overeenkomst"),
}
