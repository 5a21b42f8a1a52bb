"""Compounds of the trade taken apart: stage|opdracht|gever, omgeving|s|vergunning.

Only words whose every part is known are split, so an unknown word stays whole: a wrong split costs more than none.
"""

from functools import lru_cache

from matchmaker.dutch.tokens import fold

_LINKS = ("", "s", "en", "n", "e")

LONGEST_COMPOUND = 40
"""Letters. A longer row of letters is no word and is left whole."""

_KNOWN = """
aanbesteding academie administratie advies afdeling afspraak afstudeer afval ambtenaar analyse arbeid archief armoede
balie basis bedrijf beeld begeleider begeleiding begraaf begroting beheer belasting beleid berekening berging beroep
bescherming bestand bestuur beveiliging beweging bewoner bezwaar bibliotheek bijstand bodem boom bouw brand brief
brigade buitenruimte burgemeester burger buurt centrum coach coalitie collectie college commissie communicatie
contract controle corporatie crisis cultuur data deelneming dienst dienstverlening dijk docent duurzaamheid dwang
ecologie economie educatie energie erfgoed evenement expert fiets financien fonds fraude gast gebied gebouw gebruik
gedrag geluid gemeente gever gezin gezondheid griffie groen groep grond handhaving haven herstel huis huishouden
huisvesting hulp huur ict informatie inkomen inkoop inspectie installatie integratie jaar jeugd jongeren jurist kaart
kansen kennis kind klacht klant klimaat kosten kracht kunst kwaliteit laadpaal land landschap leefbaarheid leer
leerling leerplicht les lijn lucht maatschappij mantelzorg markt master medewerker melding methode milieu minima
mobiliteit model monitor monument muziek natuur netwerk norm nota omgeving onderhoud ondernemer onderneming onderwijs
onderzoek onderzoeker ontwerp ontwikkeling opdracht opgave opleiding opvang orde organisatie ouderen overeenkomst
overlast overleg park parkeer paspoort personeel plaats plan planning plek plicht polder politiek praktijk preventie
proces programma project publiek raad rapport recht rechten reclame recreatie redactie regeling regels regie regio
register reiniging reis rioleer riolering riool ruimte schade school schoonmaak schrift schuld secretaris sector sloop
sociaal sport spreek spreker stad stage stagiair station statistiek straat strategie stroom student studie taal team
techniek tekening toerisme toets toezicht toezichthouder traject transitie tuin uitkering uitvoering vak vastgoed
veiligheid verduurzaming vereniging vergadering vergunning verhuizing verhuur verkeer verkiezing verlening verordening
verslag vervoer verwerking vlucht vluchteling voertuig voorlichting voorziening vraag vraagstuk vrijwilliger waarde
warmte water weg wegen welzijn werk werkgever werknemer werkveld wet wethouder wijk winkel wonen woning woo woon zaak
zaken zonne zorg
"""

PARTS = frozenset(_KNOWN.split())
"""Known parts, folded. A part may stand alone as a word."""

_WHOLE = frozenset(
    {
        "wetten",
        "zaken",
        "vergunning",
        "handhaving",
        "onderwijs",
        "opdracht",
        "dienstverlening",
    }
)


@lru_cache(maxsize=65_536)
def split(word: str) -> tuple[str, ...]:
    """The known parts of a compound in order, or the word itself alone when it cannot be split completely.

    The split with the fewest parts wins, then the one with the longest first part. Between two parts one linking
    sound (s, en, n, e) may stand, and after the last a plural (s, en, n).
    """
    plain = fold(word)
    if not 7 <= len(plain) <= LONGEST_COMPOUND or plain in PARTS or plain in _WHOLE:
        return (plain,)
    found = _from(plain)
    return found if found and len(found) > 1 else (plain,)


@lru_cache(maxsize=65_536)
def _from(rest: str) -> tuple[str, ...] | None:
    """The best way to read all of `rest` as parts, or None."""
    best: tuple[str, ...] | None = None
    for length in range(len(rest), 2, -1):
        if rest[:length] not in PARTS:
            continue
        for link in _LINKS:
            if not rest.startswith(link, length):
                continue
            after = rest[length + len(link) :]
            tail = () if not after else _from(after)
            if tail is None or (not after and link == "e"):
                continue
            if best is None or 1 + len(tail) < len(best):
                best = (rest[:length], *tail)
    return best
