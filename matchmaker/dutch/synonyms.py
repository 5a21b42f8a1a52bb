"""Abbreviations and other names of the trade. `Wmo` and `wet maatschappelijke ondersteuning` are one subject.

Each row is one subject: the short name first, then every other way it is written. Reading works in both directions:
who writes the short name is found by who writes it in full, and the other way round.
"""

from collections.abc import Iterator, Sequence

from matchmaker.dutch.stems import stem
from matchmaker.dutch.tokens import words

SUBJECTS: tuple[tuple[str, ...], ...] = (
    ("wmo", "wet maatschappelijke ondersteuning", "maatschappelijke ondersteuning"),
    ("woo", "wet open overheid", "wob", "wet openbaarheid van bestuur"),
    ("awb", "algemene wet bestuursrecht"),
    ("avg", "algemene verordening gegevensbescherming", "gegevensbescherming"),
    ("apv", "algemene plaatselijke verordening"),
    ("omgevingswet", "ow", "wet ruimtelijke ordening", "wro"),
    ("omgevingsplan", "bestemmingsplan"),
    (
        "vth",
        "vergunningen toezicht en handhaving",
        "vergunningverlening toezicht en handhaving",
    ),
    ("ro", "ruimtelijke ordening", "planologie"),
    ("brp", "basisregistratie personen", "bevolkingsregister"),
    ("bag", "basisregistratie adressen en gebouwen"),
    ("bgt", "basisregistratie grootschalige topografie"),
    (
        "gis",
        "geo informatie",
        "geografische informatie",
        "geografisch informatiesysteem",
    ),
    ("woz", "waardering onroerende zaken"),
    ("bibob", "wet bevordering integriteitsbeoordelingen"),
    ("boa", "buitengewoon opsporingsambtenaar", "handhaver"),
    ("oov", "openbare orde en veiligheid"),
    ("kcc", "klantcontactcentrum", "klant contact centrum"),
    (
        "hrm",
        "hr",
        "human resource management",
        "personeelszaken",
        "personeel en organisatie",
    ),
    ("ict", "informatietechnologie", "automatisering"),
    ("ai", "kunstmatige intelligentie", "artificial intelligence"),
    ("ggd", "gemeentelijke gezondheidsdienst"),
    ("vve", "voorschoolse en vroegschoolse educatie"),
    (
        "rmc",
        "regionale meld en coordinatiefunctie",
        "voortijdig schoolverlaten",
        "vroegtijdig schoolverlaten",
    ),
    ("pw", "participatiewet", "wet werk en bijstand"),
    (
        "wgs",
        "wet gemeentelijke schuldhulpverlening",
        "schuldhulpverlening",
        "schuldhulp",
    ),
    ("bbz", "besluit bijstandverlening zelfstandigen"),
    ("ioaw", "wet inkomensvoorziening oudere werknemers"),
    ("bor", "beheer openbare ruimte", "beheer van de openbare ruimte"),
    ("spp", "strategische personeelsplanning"),
    ("vog", "verklaring omtrent het gedrag", "verklaring omtrent gedrag"),
    ("ov", "openbaar vervoer"),
    ("mjop", "meerjarenonderhoudsplan"),
    ("wkb", "wet kwaliteitsborging voor het bouwen", "wet kwaliteitsborging"),
    ("bopa", "buitenplanse omgevingsplanactiviteit"),
    ("nme", "natuur en milieueducatie"),
    ("res", "regionale energiestrategie"),
    ("warmteplan", "transitievisie warmte", "warmtevisie"),
    ("p en c", "planning en control"),
    ("b en w", "burgemeester en wethouders", "college van burgemeester en wethouders"),
    ("griffie", "raadsgriffie", "ondersteuning van de gemeenteraad"),
    ("bezwaar", "bezwaarschrift", "bezwaar en beroep"),
    ("wajong", "wet arbeidsongeschiktheidsvoorziening jonggehandicapten"),
    ("jeugdwet", "jeugdzorg", "jeugdhulp"),
    ("mkb", "midden en kleinbedrijf"),
    ("zzp", "zelfstandige zonder personeel", "zelfstandigen zonder personeel"),
    ("ggz", "geestelijke gezondheidszorg"),
    ("jgz", "jeugdgezondheidszorg"),
    ("cjg", "centrum voor jeugd en gezin"),
    ("azc", "asielzoekerscentrum"),
    ("nt2", "nederlands als tweede taal"),
    ("bhv", "bedrijfshulpverlening"),
    ("wsp", "werkgeversservicepunt"),
    ("sw", "sociale werkvoorziening"),
    ("dso", "digitaal stelsel omgevingswet"),
    ("vng", "vereniging van nederlandse gemeenten"),
    ("wvggz", "wet verplichte ggz", "wet verplichte geestelijke gezondheidszorg"),
    ("riec", "regionaal informatie en expertisecentrum"),
    ("gww", "grond weg en waterbouw"),
    ("iza", "integraal zorgakkoord"),
    ("gala", "gezond en actief leven akkoord"),
    ("ozb", "onroerendezaakbelasting"),
    ("ihp", "integraal huisvestingsplan"),
    ("bim", "bouwwerk informatie model", "building information modeling"),
)


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in words(phrase))


_SUBJECT_OF: dict[tuple[str, ...], str] = {_key(name): row[0] for row in SUBJECTS for name in row}
_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(key) for key in _SUBJECT_OF if key[0] == first}, reverse=True))
    for first in {key[0] for key in _SUBJECT_OF}
}
"""How long the names are that begin with a stem, longest first: most stems begin none."""
_FULL_NAMES: dict[str, tuple[str, ...]] = {row[0]: row[1:] for row in SUBJECTS}


def other_names(name: str) -> tuple[str, ...]:
    """Every other way the subject of `name` is written, short name first. Empty when the trade has no other name."""
    short = _SUBJECT_OF.get(_key(name))
    if short is None:
        return ()
    own = _key(name)
    return tuple(other for other in (short, *_FULL_NAMES[short]) if _key(other) != own)


def subjects(stems: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Subjects in a row of stems, as (first, past the last, short name). The longest name wins; names never overlap."""
    if _LENGTHS.keys().isdisjoint(stems):
        return
    free_from = 0
    for position in [number for number, own in enumerate(stems) if own in _LENGTHS]:
        if position < free_from:
            continue
        for length in _LENGTHS[stems[position]]:
            short = _SUBJECT_OF.get(tuple(stems[position : position + length]))
            if short is not None:
                free_from = position + length
                yield position, free_from, short
                break
