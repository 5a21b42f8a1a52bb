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
        "not_text": gettext("Hier hoort tekst. Typ het opnieuw."),
        "text_too_long": gettext("Gebruik hier hoogstens %(n)s tekens.", n=values.get("n", "")),
        "text_too_short": gettext("Schrijf hier ten minste %(n)s tekens.", n=values.get("n", "")),
        "unusable_text": gettext("Hier staan tekens die wij niet kunnen bewaren. Typ de tekst opnieuw."),
        "not_a_number": gettext("Vul een heel getal in, met alleen cijfers."),
        "too_small": gettext("Dit getal is te laag. Het laagste getal is %(n)s.", n=values.get("n", "")),
        "too_large": gettext("Dit getal is te hoog. Het hoogste getal is %(n)s.", n=values.get("n", "")),
        "too_often": gettext("Dit adres heeft vandaag al vijf vragen. Bevestig die eerst, of probeer het morgen."),
        "too_many": gettext("Kies er hoogstens %(n)s.", n=values.get("n", "")),
        "not_a_date": gettext("Deze datum bestaat niet. Vul dag, maand en jaar in."),
        "not_an_address": gettext("Dit is geen webadres. Begin met https://"),
        "only_with_mbo": gettext("Dit hoort bij mbo. Kies ook een mbo-niveau, of laat dit leeg."),
        "not_yes_or_no": gettext("Vul hier ja of nee in."),
        "not_yours": gettext("Dit is een andere organisatie. Laat de cel leeg, of zet uw eigen naam."),
        "unknown_organisation": gettext("Deze organisatie staat niet in ons register. Kijk hoe u de naam schrijft."),
        "unknown_row": gettext("Dit team of deze opleiding kennen wij niet. Voeg het eerst toe, of laat het leeg."),
        "other_side_posts": gettext("Deze soort plaatst de andere kant. Kies een soort uit de uitleg."),
        "file_empty": gettext("Dit bestand is leeg. Kies een bestand met rijen."),
        "file_too_large": gettext(
            "Dit bestand is te groot. Kies een bestand van hoogstens %(n)s MB.", n=values.get("megabytes", 5)
        ),
        "file_is_not_its_name": gettext(
            "De naam zegt .%(name)s, maar de inhoud is iets anders. Sla het opnieuw op als CSV of Excel.",
            name=values.get("name", ""),
        ),
        "file_old_excel": gettext("Dit is een oud Excel-bestand (.xls). Sla het op als .xlsx."),
        "file_no_table": gettext("Dit is geen CSV en geen Excel. Gebruik ons voorbeeld."),
        "file_broken": gettext("Dit bestand is beschadigd. Open het, sla het opnieuw op en probeer het nog eens."),
        "file_row_too_long": gettext(
            "Rij %(row)s is veel te lang. Kijk of er een aanhalingsteken mist.", row=values.get("row", "")
        ),
        "file_too_many_rows": gettext(
            "Dit zijn te veel rijen. Lees hoogstens %(n)s rijen tegelijk in.", n=values.get("n", "")
        ),
        "file_no_rows": gettext("Er staan geen rijen onder de namen van de kolommen."),
        "slot_unclear": gettext("Dit moment begrijpen wij niet. Kies een dag en een deel van de dag."),
        "beyond_reach": gettext("Deze rol kunt u hier niet geven. Kies een andere rol."),
        "role_does_not_fit": gettext("Deze rol past niet bij deze organisatie. Kies een andere rol."),
        "already_here": gettext("Deze persoon heeft deze rol hier al, of is al uitgenodigd of aangemeld."),
        "account_closed": gettext("Met dit adres kan nu niemand inloggen. Vraag het de beheerder van het platform."),
        "last_administrator": gettext("Dit is de laatste beheerder. Maak eerst iemand anders beheerder."),
        "wrong_password": gettext("Dit is niet uw wachtwoord van nu. Typ het opnieuw."),
        "not_the_same": gettext("Deze twee zijn niet gelijk. Typ het nog een keer."),
        "in_use": gettext("Dit is nog in gebruik. Haal het eerst daar weg."),
        "not_a_domain": gettext("Dit is geen domein. Schrijf het zoals achter het apenstaartje: school.nl."),
        "public_domain": gettext("Bij dit domein kan iedereen een adres krijgen. Kies het domein van de organisatie."),
        "serves_others": gettext("Dit loket werkt ook voor andere gemeenten. Haal die er eerst bij weg."),
        "has_own_desk": gettext("Deze gemeente heeft al een loket. Een gemeente heeft er één."),
        "unknown_municipality": gettext("Deze gemeente kennen wij niet. Kies een naam uit de lijst."),
        "too_many_searches": gettext("U bewaart er al %(n)s. Haal er eerst een weg.", n=values.get("most", 50)),
        "nothing_counts": gettext("In elke groep moet ten minste één punt meetellen. Geef iets meer dan nul."),
        "successor_needed": gettext("Kies wie het werk overneemt."),
        "minutes": gettext(
            "Kies een duur van %(least)s tot %(most)s minuten.",
            least=values.get("least", 15),
            most=values.get("most", 480),
        ),
        "clock_skips": gettext(
            "In deze nacht gaat de klok een uur vooruit. Deze tijd bestaat dan niet. Kies een andere."
        ),
        "hour_past": gettext("Dit moment is al geweest. Kies een later moment."),
        "more_than_two_years": gettext("Deze datum ligt meer dan twee jaar vooruit. Kies een eerdere datum."),
        "too_long_period": gettext("Deze periode is te lang. Kies een eerdere laatste dag."),
        "slots_needed": gettext("Stel één tot %(most)s momenten voor.", most=values.get("most", 3)),
        "not_yet": gettext("Dit moment moet nog komen. Rond het daarna af."),
        "yourself": gettext("Dit kunt u niet bij uzelf doen. Vraag een andere beheerder."),
    }
