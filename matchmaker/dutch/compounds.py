"""Compounds of the trade taken apart: stage|opdracht|gever, omgeving|s|vergunning.

Only words whose every part is known are split, so an unknown word stays whole: a wrong split costs more than none.
"""

from functools import lru_cache

from matchmaker.dutch.tokens import fold

_LINKS = ("", "s", "en", "n", "e")

LONGEST_COMPOUND = 40
"""Letters. A longer row of letters is no word and is left whole."""

_KNOWN = """
aanbesteding academie administratie advies afdeling afspraak afstudeer afval agent ambtenaar analyse arbeid archief
armoede asfalt asiel auto avond balie bank basis bedrijf beeld begeleider begeleiding begraaf begroting beheer
belasting beleid berekening berging bericht beroep bescherming bestand bestuur bestuurder beveiliging beweging bewoner
bezoek bezwaar bibliotheek bijeenkomst bijstand bode bodem boerderij boom boot bouw brand brief brigade brug buddy
buitenruimte burgemeester burger bus buurt centrum cijfer coach coalitie collectie college commissie communicatie
contract controle corporatie crisis cultuur data deelname deelneming dienst dienstverlening dier dijk docent dorp
drank drink drugs duurzaamheid dwang ecologie economie educatie energie erfgoed evaluatie evenement expert festival
fiets financien fonds fraude garage gast gebied gebouw gebruik gedrag geluid gemaal gemeente gevel gever gezin
gezondheid griffie groen groep grond gymnastiek halte handhaving haven herstel hitte huis huisarts huishouden
huisvesting hulp hulpverlener huur ict inbraak informatie inkomen inkoop inspecteur inspectie installateur installatie
integratie isolatie jaar jeugd jongeren journalist jurist kaart kabel kade kansen kantoor kennis kerk kind kinder
klacht klant klas klimaat kliniek koop kosten kraam kracht kunst kwaliteit kwartier laad laadpaal land landschap
leefbaarheid leer leerling leerplicht leiding lening leraar les lijn loket lucht maatregel maatschappij mantel
mantelzorg markt master medewerker melding methode middag migratie milieu minima mobiliteit model moestuin molen
monitor monument museum muziek natuur netwerk noodopvang norm nota ochtend oefening oever omgeving onderhoud
ondernemer onderneming onderwijs onderzoek onderzoeker ontvangst ontwerp ontwikkeling opdracht opgave opleiding opvang
orde organisatie ouder ouderen overeenkomst overlast overleg overschot pad paneel panel panelen park parkeer paspoort
peiling personeel peuter plaats plan planning plant plek plicht podium polder politie politiek pomp portaal praktijk
preventie prijs privacy proces programma project publiek raad ramp rapport recht rechten reclame recreatie redactie
regeling regels regen regie regio register reiniging reis respijt rioleer riolering riool route ruimte schade school
schoonmaak schrift schuld secretaris sector seizoen signaal sloop sloot sluis sociaal speel sport spreek spreker stad
stage stagiair station statistiek statushouder storm straat strategie stroom student studie subsidie taal taxi team
techniek tegel tekening tentoonstelling terrein theater toekomst toerisme toets toezicht toezichthouder traject
transitie trein trend tuin tunnel uitkering uitleg uitvoering vak vastgoed veiligheid veld verbinding verduurzaming
vereniging vergadering vergunning verhaal verhuizing verhuur verkeer verkiezing verlening verordening verslag vervoer
verwachting verwerking visie vlucht vluchteling voedsel voertuig vogel voorlichting voorziening vraag vraagstuk
vrijwilliger waarde wacht wapen warmte water weg wegen welzijn werk werkgever werknemer werkveld wet wetgeving
wethouder wijk winkel winter wonen woning woo woon zaak zaal zaken zomer zonne zorg zwem
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
