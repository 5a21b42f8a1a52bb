"""What is kept of whom, why and how long: the classification of the columns in words, as tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.classification import Keep, What, Whose, Why
from matchmaker.privacy.registry import class_of, columns_of_people, record_of_processing

WHATS = {
    What.CONTACT: _l("naam en mailadres"),
    What.PERSONAL: _l("wat iemand doet en kiest"),
    What.FREE_TEXT: _l("teksten die iemand schrijft"),
    What.SECRET: _l("wachtwoorden, sleutels en links, nooit leesbaar bewaard"),
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
    Why.AGREED: _l("omdat iemand dat zelf wilde"),
}
KEEPS = {
    Keep.WITH_ROW: _l("zo lang het gegeven zelf nodig is"),
    Keep.WITH_ACCOUNT: _l("zo lang het account bestaat"),
    Keep.CONTACT: _l("twee jaar na het laatste contact"),
    Keep.REQUEST: _l("een jaar na het antwoord"),
    Keep.APPLICATION: _l("vier weken na het antwoord, of een jaar als er een plek uit kwam"),
    Keep.LOG: _l("een jaar"),
    Keep.SHORT: _l("dertig dagen"),
    Keep.TERM: _l("een jaar na het einde van de termijn"),
    Keep.PLACEMENT: _l("een jaar na het einde van de stage"),
    Keep.MINUTES: _l("zeven jaar na de vergadering"),
    Keep.CONSENT: _l("een jaar na het intrekken van de toestemming"),
}
GROUNDS = {
    Why.RUN: _l("taak van algemeen belang (AVG, artikel 6 lid 1 onder e)"),
    Why.MATCH: _l("taak van algemeen belang (AVG, artikel 6 lid 1 onder e)"),
    Why.ANSWER: _l("taak van algemeen belang (AVG, artikel 6 lid 1 onder e)"),
    Why.SIGN_IN: _l("taak van algemeen belang, veilig uitgevoerd (AVG, artikel 6 lid 1 onder e en artikel 32)"),
    Why.PROVE: _l("wettelijke plicht om te verantwoorden (AVG, artikel 5 lid 2 en artikel 6 lid 1 onder c)"),
    Why.INFORM: _l("taak van algemeen belang (AVG, artikel 6 lid 1 onder e)"),
    Why.PLACE: _l("overeenkomst met de student (AVG, artikel 6 lid 1 onder b)"),
    Why.AGREED: _l("toestemming (AVG, artikel 6 lid 1 onder a)"),
}
READERS = {
    Why.RUN: _l("de eigen organisatie en wie samen iets afspreekt"),
    Why.MATCH: _l("de student zelf en de eigen school"),
    Why.ANSWER: _l("de gemeente en de school bij wie de vraag ligt"),
    Why.SIGN_IN: _l("niemand"),
    Why.PROVE: _l(
        "de beheerder van het platform, van een zaak wie erbij hoort, van rechten de beheerder van de organisatie"
    ),
    Why.INFORM: _l("de lezer zelf en de beheerder van het platform"),
    Why.PLACE: _l("de student, de school en de gemeente van de stage"),
    Why.AGREED: _l("wie de student dat toestond: de gemeente, of iedereen"),
}
MEASURES = {
    What.CONTACT: _l("Namen staan nooit op openbare pagina’s. Een mailadres blijft voor anderen verborgen."),
    What.PERSONAL: _l("Alleen wie bij de zaak hoort ziet het. Van een ander bestaat de pagina niet."),
    What.FREE_TEXT: _l("Alleen wie bij de zaak hoort leest het. Het gaat weg aan het einde van de termijn."),
    What.SECRET: _l("Alleen de server heeft de sleutel om dit te lezen."),
    What.PUBLIC: _l("Er staan geen namen van mensen in."),
    What.INTERNAL: _l("Alleen de eigen organisatie ziet het."),
    What.TECHNICAL: _l("Zonder de rest zegt het niets over iemand."),
}
Code = TypeVar("Code", What, Whose, Why, Keep)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines: the same on the page and in each file."""

    head: list[str]
    lines: list[list[str]]

    @property
    def whole(self) -> list[list[str]]:
        return [self.head, *self.lines]


def retention_table() -> Table:
    """What is kept of people and how long, straight from the columns of the database, so the two cannot differ."""
    found: defaultdict[tuple[Whose, Why, Keep], set[What]] = defaultdict(set)
    for each in map(class_of, columns_of_people()):
        found[each.whose, each.why, each.keep].add(each.what)
    order = [list(WHOSES), list(WHYS), list(KEEPS)]
    keys = sorted(found, key=lambda key: tuple(order[index].index(part) for index, part in enumerate(key)))
    return Table(
        [gettext("Van wie"), gettext("Wat"), gettext("Waarom"), gettext("Hoe lang")],
        [
            [str(WHOSES[whose]), _said(WHATS, found[whose, why, keep]), str(WHYS[why]), str(KEEPS[keep])]
            for whose, why, keep in keys
        ],
    )


def processing_table() -> Table:
    """The record of processing: one line per purpose, with its ground, its readers, its terms and its tables."""
    return Table(
        [
            gettext("Waarom"), gettext("Van wie"), gettext("Wat"), gettext("Grondslag"), gettext("Wie het ziet"),
            gettext("Hoe lang"), gettext("Tabellen in de database"),
        ],
        [
            [
                str(WHYS[each.why]), _said(WHOSES, each.whose), _said(WHATS, each.what), str(GROUNDS[each.why]),
                str(READERS[each.why]), _said(KEEPS, each.keeps), ", ".join(each.tables),
            ]
            for each in record_of_processing()
        ],
    )  # fmt: skip


def processing_record(*, controller: str, privacy_officer: str, processors: str) -> Table:
    """The record as a file: who answers for it stands in each line, as the page says it above the table."""
    table, missing = processing_table(), gettext("Dit is nog niet ingevuld.")
    who = {
        gettext("Wie het platform draait"): controller or missing,
        gettext("Functionaris gegevensbescherming"): privacy_officer or missing,
        gettext("Wie voor het platform werkt"): processors or missing,
    }
    return Table([*table.head, *who], [[*line, *who.values()] for line in table.lines])


def columns_table() -> Table:
    """The annex of a DPIA: every column that holds something of a person, and what protects it."""
    return Table(
        [
            gettext("Tabel"), gettext("Kolom"), gettext("Van wie"), gettext("Wat"), gettext("Waarom"),
            gettext("Hoe lang"), gettext("Maatregel"),
        ],
        [
            [
                column.table.name, column.name, str(WHOSES[rule.whose]), str(WHATS[rule.what]), str(WHYS[rule.why]),
                str(KEEPS[rule.keep]), str(MEASURES[rule.what]),
            ]
            for column in columns_of_people()
            for rule in (class_of(column),)
        ],
    )  # fmt: skip


def _said(words: Mapping[Code, LazyString], codes: Iterable[Code]) -> str:
    """The words of these codes, in the order of the list."""
    chosen = set(codes)
    return ", ".join(str(text) for code, text in words.items() if code in chosen)
