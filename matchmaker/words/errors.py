"""Sentences for values the domain refuses. Each says what is wrong and what to do."""

from flask_babel import gettext

from matchmaker.errors import InvalidValue


def sentence_for(error: InvalidValue) -> str:
    """The sentence for a refused value, in the language of the page."""
    return _sentences(error.values).get(error.reason) or gettext("Dit klopt niet. Kijk het na.")


def _sentences(values: dict[str, object]) -> dict[str, str]:
    return {
        "too_short": gettext("Kies een wachtwoord van %(n)s tekens of meer.", n=values.get("shortest", 12)),
        "too_long": gettext("Kies een wachtwoord van hoogstens %(n)s tekens.", n=values.get("longest", 128)),
        "too_common": gettext("Dit wachtwoord is makkelijk te raden. Kies een ander wachtwoord."),
        "required": gettext("Vul dit in."),
        "reversed": gettext("Het einde ligt voor het begin. Draai de twee om."),
        "past": gettext("Deze datum is al geweest. Kies een datum vanaf vandaag."),
        "too_far": gettext("Deze datum ligt meer dan vijf jaar vooruit. Kies een eerdere datum."),
        "range_reversed": gettext("Het eerste getal is hoger dan het tweede. Draai de twee om."),
        "unknown_code": gettext("Deze keuze kennen wij niet. Kies iets uit de lijst."),
        "not_this_kind": gettext("Dit hoort niet bij deze soort. Laat het leeg."),
        "below_taken": gettext("Er zijn al %(n)s plekken vergeven. Kies een hoger aantal.", n=values.get("taken", 0)),
        "unknown_place": gettext("Deze plaats kennen wij niet. Kijk hoe u de naam schrijft."),
        "taken": gettext("Dit bestaat al. Kies iets anders."),
    }
