"""What stands in the way of erasing an account, and what stays of it: each in a sentence."""

from collections.abc import Mapping

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.classification import Keep
from matchmaker.privacy.obstacles import Obstacle, Way
from matchmaker.words.dates import say_date

STAYS: dict[Keep, LazyString] = {
    Keep.PLACEMENT: _l(
        "Uw stage en overeenkomst: een jaar na het einde. "
        "De school en de gemeente moeten kunnen laten zien wat is afgesproken."
    ),
    Keep.TERM: _l("Uw plek in een commissie: een jaar na de termijn. De school heeft dat nodig voor de keuring."),
    Keep.MINUTES: _l(
        "Wat in de notulen van een commissie staat, zonder uw naam: zeven jaar. Zo lang duurt de keuring."
    ),
    Keep.CONSENT: _l("Dat er toestemming was en wanneer die eindigde: een jaar. Er staat niet meer in van wie."),
    Keep.LOG: _l("Het logboek: een jaar. Er staat niet meer in dat u het deed."),
    Keep.REQUEST: _l(
        "Teksten die u samen met anderen schreef, zonder uw naam: een jaar na het einde. Zij zijn ook van de anderen."
    ),
}


CLEANED: dict[str, LazyString] = {
    "log": _l("Logboek"),
    "histories": _l("Stappen"),
    "requests": _l("Teksten bij vragen"),
    "visitors": _l("Bezoekers"),
    "reports": _l("Meldingen"),
    "letters": _l("Brieven"),
    "links": _l("Links"),
    "sessions": _l("Apparaten"),
    "runs": _l("Beurten van vaste taken"),
    "jobs": _l("Taken"),
    "factors": _l("Apps die niet afgemaakt zijn"),
    "tokens": _l("Sleutels van programma’s"),
    "leaves": _l("Verlof"),
    "holds": _l("Uitstel dat voorbij is"),
    "reviews": _l("Controles van rechten"),
    "consents": _l("Toestemmingen"),
    "data_requests": _l("Verzoeken over gegevens"),
}
"""What a night of cleaning counts."""


def say_cleaned(numbers: Mapping[str, int]) -> str:
    """What a night removed, kind by kind; a kind that is older than this list by its code."""
    found = [f"{CLEANED.get(kind, kind)}: {number}" for kind, number in numbers.items() if number]
    return " · ".join(found) or gettext("Er was niets over zijn termijn.")


def say_obstacle(obstacle: Obstacle) -> str:
    """Why it cannot be now, and what to do."""
    match obstacle.way:
        case Way.HELD:
            day = say_date(obstacle.until) if obstacle.until else ""
            return gettext(
                "Uw gegevens mogen tot en met %(day)s niet worden gewist. De beheerder weet waarom.", day=day
            )
        case Way.LAST_ADMINISTRATOR:
            return gettext(
                "U bent de enige beheerder van %(name)s. Maak eerst een collega beheerder.", name=obstacle.organisation
            )
        case Way.WORK:
            return ngettext(
                "Er staat %(num)d ding op uw naam bij %(name)s. Vraag uw beheerder om het over te dragen.",
                "Er staan %(num)d dingen op uw naam bij %(name)s. Vraag uw beheerder om ze over te dragen.",
                obstacle.number,
                name=obstacle.organisation,
            )
        case Way.COMMITTEE:
            return gettext("U houdt een commissie bij. Geef die eerst aan een collega, of sluit haar.")
        case Way.APPLICATION:
            return gettext("Er loopt nog een reactie op een plek. Trek die eerst in.")
        case Way.PLACEMENT:
            return gettext("Uw stage loopt nog. Wissen kan als zij is afgerond.")
