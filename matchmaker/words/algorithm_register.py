"""The entry of matching in the register of algorithms: from the criteria and weights in force and the columns read."""

from collections.abc import Mapping

from flask_babel import gettext

from matchmaker.engine.criteria import APPLIES
from matchmaker.engine.weights import Weights
from matchmaker.privacy.registry import columns_matched_on, columns_of_wishes
from matchmaker.words.processing import Table
from matchmaker.words.reasons import CRITERIA


def algorithm_entry(weights: Weights, crosswalk_version: str) -> Table:
    """Field and answer, as the Dutch register of algorithms asks them."""
    return Table(
        [gettext("Veld"), gettext("Antwoord")],
        [[name, text] for name, text in _fields(weights, crosswalk_version).items()],
    )


def _fields(weights: Weights, crosswalk_version: str) -> Mapping[str, str]:
    named = {criterion for group in APPLIES.values() for criterion in group}
    criteria = ", ".join(str(CRITERIA[each]) for each in CRITERIA if each in named)
    read = ", ".join(column.name for column in columns_matched_on())
    return {
        gettext("Naam"): gettext("Matchmaker: vraag en aanbod bij elkaar brengen"),
        gettext("Wat het doet"): gettext(
            "Het zoekt bij een vraag van een school het aanbod van gemeenten dat past, en andersom. "
            "Bij elk voorstel staat waarom het past."
        ),
        gettext("Doel"): gettext("Scholen en gemeenten vinden elkaar sneller en met minder toeval."),
        gettext("Status"): gettext("In gebruik"),
        gettext("Soort"): gettext("Vaste regels met punten. Het leert niet uit zichzelf en gebruikt geen taalmodel."),
        gettext("Gevolgen voor mensen"): gettext(
            "Een voorstel is geen besluit. Het zet vragen en aanbod op volgorde. Het beoordeelt geen mensen."
        ),
        gettext("Menselijke controle"): gettext("Het loket, de school en de student beslissen altijd zelf."),
        gettext("Waar het naar kijkt"): criteria,
        gettext("Gegevens die het leest"): read,
        gettext("Gegevens over mensen"): gettext(
            "Van een student: de wensen die hij zelf opgaf, om plekken voor hem te zoeken. "
            "Studenten worden nooit op volgorde gezet."
        ),
        gettext("Wensen die het leest"): ", ".join(column.name for column in columns_of_wishes()),
        gettext("Versie van de weging"): weights.version,
        gettext("Versie van de kruistabel"): crosswalk_version,
        gettext("Risico en maatregel"): gettext(
            "Een te zware weging kan goed aanbod verbergen. Daarom is de weging openbaar en heeft elke versie een "
            "reden. Elk voorstel blijft bij de versie waarmee het is gemaakt."
        ),
        gettext("Grondslag"): gettext("Taak van algemeen belang (AVG, artikel 6 lid 1 onder e)"),
        gettext("Bezwaar"): gettext("Neem contact op met het loket van uw gemeente of met de beheerder."),
    }
