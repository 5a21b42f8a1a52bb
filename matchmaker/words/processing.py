"""What is kept of whom, why and how long: the classification of the columns in words."""

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from matchmaker.classification import Classified, Keep, What, Whose, Why
from matchmaker.database import Base

WHATS = {
    What.CONTACT: _l("naam en mailadres"),
    What.PERSONAL: _l("wat iemand doet en kiest"),
    What.FREE_TEXT: _l("teksten die iemand schrijft"),
    What.SECRET: _l("wachtwoord en sleutels, alleen versleuteld"),
    What.PUBLIC: _l("wat op openbare pagina's staat"),
    What.INTERNAL: _l("gegevens voor het werk zelf"),
    What.TECHNICAL: _l("technische gegevens"),
}
WHOSES = {
    Whose.ACCOUNT: _l("mensen met een account"),
    Whose.OUTSIDER: _l("vragers zonder account"),
    Whose.STUDENT: _l("studenten"),
    Whose.ORGANISATION: _l("organisaties"),
    Whose.NOBODY: _l("niemand"),
}
WHYS = {
    Why.RUN: _l("om de dienst te laten werken"),
    Why.MATCH: _l("om vraag en aanbod bij elkaar te brengen"),
    Why.ANSWER: _l("om een vraag te beantwoorden"),
    Why.SIGN_IN: _l("om veilig in te loggen"),
    Why.PROVE: _l("om te kunnen laten zien wat er is gebeurd"),
    Why.INFORM: _l("om mensen op de hoogte te houden"),
    Why.PLACE: _l("om een stage te regelen en te begeleiden"),
}
KEEPS = {
    Keep.WITH_ROW: _l("zo lang het gegeven zelf nodig is"),
    Keep.WITH_ACCOUNT: _l("zo lang het account bestaat"),
    Keep.CONTACT: _l("twee jaar na het laatste contact"),
    Keep.REQUEST: _l("een jaar na het antwoord"),
    Keep.APPLICATION: _l("vier weken na het antwoord"),
    Keep.LOG: _l("een jaar"),
    Keep.SHORT: _l("dertig dagen"),
    Keep.PLACEMENT: _l("een jaar na het einde van de stage"),
}
OF_PEOPLE = frozenset({Whose.ACCOUNT, Whose.OUTSIDER, Whose.STUDENT})


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the retention table."""

    whose: str
    what: str
    why: str
    how_long: str


def retention_table() -> list[Kept]:
    """What is kept of people, straight from the columns of the database, so the two cannot differ."""
    found: defaultdict[tuple[Whose, Why, Keep], set[What]] = defaultdict(set)
    for each in _classified():
        if each.whose in OF_PEOPLE:
            found[each.whose, each.why, each.keep].add(each.what)
    order = [list(WHOSES), list(WHYS), list(KEEPS)]
    keys = sorted(found, key=lambda key: tuple(order[index].index(part) for index, part in enumerate(key)))
    return [
        Kept(
            str(WHOSES[whose]),
            ", ".join(str(WHATS[what]) for what in WHATS if what in found[whose, why, keep]),
            str(WHYS[why]),
            str(KEEPS[keep]),
        )
        for whose, why, keep in keys
    ]


def _classified() -> list[Classified]:
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return [column.info["classified"] for column in columns if "classified" in column.info]
