"""Words the trade uses for each municipal field of work, beside the search words of the register.

From knowledge of the trade. A word may stand under several fields; the more fields it has, the less it says.
"""

from collections.abc import Mapping

_BY_FIELD = {
    "W01": """
        gemeenteraad, raadslid, wethouder, bestuurlijk, bestuur, lokale politiek, lokale democratie, politiek,
        beleidsadvies, rekenkamer, verkiezingen, b en w, kabinet
    """,
    "W02": """
        burgerzaken, reisdocumenten, uittreksel, brp, loket, klantcontact, naturalisatie, trouwen,
        dienstverlening, vog, telefoon, akte
    """,
    "W03": """
        jurist, juridisch, bezwaarschrift, rechtbank, beroep, avg, gegevensbescherming, woo-verzoek, inkoop,
        aanbestedingsrecht, bestuursrecht, verordening, apv
    """,
    "W04": """
        financieel, financiën, jaarrekening, boekhouding, belastingen, p en c, administratie, factuur, kosten,
        subsidie, accountant, treasury
    """,
    "W05": """
        hr, personeel, personeelsadvies, arbeidsmarkt, leren en ontwikkelen, vitaliteit, inclusie, spp,
        recruitment, academie, organisatieadvies
    """,
    "W06": """
        communicatie, instagram, redactie, nieuwsbrief, video, podcast, participatie, inwoners betrekken,
        marketing, voorlichting, vormgeving, pers
    """,
    "W07": """
        ict, applicatie, programmeren, dashboard, datagedreven, informatiebeveiliging, cyber, netwerk,
        systeembeheer, geo, helpdesk, algoritme, digitaal, digitalisering, gegevens, power bi
    """,
    "W08": """
        oov, veiligheid, openbare orde, criminaliteit, weerbaarheid, burgemeester, bibob, brandweer, bedreiging,
        onrust, politie, rampen, radicalisering, mensenhandel
    """,
    "W09": """
        handhaving, toezicht, toezichthouder, inspectie, bestuursdwang, dwangsom, boete, hondenoverlast,
        afvaldumping, horecacontrole, vth
    """,
    "W10": """
        verkeer, mobiliteit, verkeerskundig, ov, kruispunt, fietspad, fietsroute, deelauto, laadpaal,
        bereikbaarheid, vervoer, taxi, schoolroute, parkeerbeleid
    """,
    "W11": """
        economie, economisch, ondernemers, winkels, winkelstraat, binnenstad, markt, horeca, toeristen,
        bedrijven, startups, leegstand, evenementenlocatie, bezoekers
    """,
    "W12": """
        onderwijs, schoolverlaters, kansengelijkheid, rmc, leerlingenvervoer, onderwijshuisvesting,
        schooluitval, thuiszitters, peuterspeelzaal, laaggeletterdheid, leerplichtambtenaar
    """,
    "W13": """
        sport, sportclub, sporten, beweegprogramma, zwembad, gymles, sportpark, combinatiefunctionaris
    """,
    "W14": """
        erfgoed, geschiedenis, cultuur, monumenten, archief, archeologie, theater, kunst, bibliotheek,
        tentoonstelling, vrijheid, festival, cultureel, bouwhistorie
    """,
    "W15": """
        natuur, groen, ecologie, ecoloog, boom, bermen, flora, fauna, natuurbeleid, recreatie, plantsoen, nme,
        insecten, groenbeheer
    """,
    "W16": """
        jeugd, jongeren, jeugdzorg, gezin, opvoeding, kinderen, jongerenwerker, pleegzorg, pedagogisch,
        jeugdbeleid, youth, jeugdwet
    """,
    "W17": """
        wmo, sociaal werk, wijkteam, ouderen, mantelzorger, vrijwilligers, statushouders, welzijn, buurthuis,
        dakloos, huishoudelijke hulp, sociaal domein, beperking
    """,
    "W18": """
        uitkering, schulden, armoede, schuldhulpverlening, participatiewet, tozo, tonk, werkzoekenden, inkomen,
        minimaregeling, jobcoach, bijzondere bijstand, budget
    """,
    "W19": """
        gezondheid, gezondheidszorg, volksgezondheid, gezond, roken, verslaving, vaccinatie, epidemiologie,
        zorg, mentale gezondheid, overgewicht, hittestress, health
    """,
    "W20": """
        riolering, regenwater, grondwater, wateroverlast, water, afvalinzameling, wegbeheer, civiel, bestrating,
        bruggen, waterschap, stedelijk water, verzilting, polder, openbare ruimte, straat, begraafplaats,
        kunstwerken, asfalt
    """,
    "W21": """
        milieu, energie, energietransitie, warmtenet, aardgasvrij, zonnepanelen, duurzaamheid, klimaat,
        luchtkwaliteit, circulaire economie, isoleren, energiearmoede, warmteplan, bodemkwaliteit, res
    """,
    "W22": """
        omgevingswet, omgevingsrecht, ro, ruimtelijk, stedenbouwkundig, planoloog, grondzaken,
        gebiedsontwikkeling, omgevingsvisie, bopa, bestemmingsplan, inpassing, grondexploitatie
    """,
    "W23": """
        omgevingsvergunning, vergunningen, bouwplan, woningmarkt, huisvesting, woningtekort, constructie,
        welstand, bouwkunde, wkb, woningen, starterswoning, vergunningverlener, huurders
    """,
    "W24": """
        vastgoed, gebouw, gebouwbeheer, facilitair, kantoor, stadhuis, mjop, schoonmaak, catering, werkplekken,
        installaties, gemeentelijk vastgoed
    """,
    "W25": """
        statistiek, enquête, vragenlijst, cijfers, onderzoeksbureau, leefbaarheidsmonitor, dataset,
        inwonerspanel, beleidsevaluatie, spss, prognose
    """,
}

TRADE_WORDS: Mapping[str, tuple[str, ...]] = {
    code: tuple(" ".join(word.split()) for word in row.split(",")) for code, row in _BY_FIELD.items()
}
"""Code of the field of work (W01..W25) to words and phrases."""
