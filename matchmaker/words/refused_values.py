"""The sentence for every reason the domain refuses a value. Each says what is wrong and what to do."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

_FIELDS = {
    "required": _l("Vul dit in."),
    "not_text": _l("Hier hoort tekst. Typ het opnieuw."),
    "text_too_long": _l("Gebruik hier hoogstens %(n)s tekens."),
    "text_too_short": _l("Schrijf hier ten minste %(n)s tekens."),
    "unusable_text": _l("Hier staan tekens die wij niet kunnen bewaren. Typ de tekst opnieuw."),
    "not_a_number": _l("Vul een heel getal in, met alleen cijfers."),
    "too_small": _l("Dit getal is te laag. Het laagste getal is %(n)s."),
    "too_large": _l("Dit getal is te hoog. Het hoogste getal is %(n)s."),
    "range_reversed": _l("Het eerste getal is hoger dan het tweede. Draai de twee om."),
    "unknown_code": _l("Deze keuze kennen wij niet. Kies iets uit de lijst."),
    "no_account": _l("Dit adres heeft geen account. Kijk het na."),
    "no_such_number": _l("Dit nummer bestaat niet bij deze soort. Kijk het na."),
    "one_thing": _l("Kies een mens of een ding, niet allebei. Maak een van de twee leeg."),
    "nothing_chosen": _l("Vul een mailadres in, of kies een soort en een nummer."),
    "too_many": _l("Kies er hoogstens %(n)s."),
    "too_many_searches": _l("U bewaart er al %(n)s. Haal er eerst een weg."),
    "not_an_address": _l("Dit is geen webadres. Begin met https://"),
    "not_yes_or_no": _l("Vul hier ja of nee in."),
    "changes_nothing": _l("Zo verandert er niets. Pas eerst iets aan."),
    "taken": _l("Dit bestaat al. Kies iets anders."),
    "too_often": _l("Dit adres heeft vandaag al vijf vragen. Bevestig die eerst, of probeer het morgen."),
}
_DAYS = {
    "not_a_date": _l("Deze datum bestaat niet. Vul dag, maand en jaar in."),
    "reversed": _l("Het einde ligt voor het begin. Draai de twee om."),
    "past": _l("Deze datum is al geweest. Kies een datum vanaf vandaag."),
    "too_far": _l("Deze datum ligt meer dan vijf jaar vooruit. Kies een eerdere datum."),
    "years_away": _l("Deze datum ligt meer dan %(n)s jaar vooruit. Kies een eerdere datum."),
    "more_than_two_years": _l("Deze datum ligt meer dan twee jaar vooruit. Kies een eerdere datum."),
    "too_long_period": _l("Deze periode is te lang. Kies een eerdere laatste dag."),
    "hour_past": _l("Dit moment is al geweest. Kies een later moment."),
    "clock_skips": _l("In deze nacht gaat de klok een uur vooruit. Deze tijd bestaat dan niet. Kies een andere."),
    "minutes": _l("Kies een duur van %(least)s tot %(most)s minuten."),
    "slots_needed": _l("Stel één tot %(most)s momenten voor."),
    "slot_unclear": _l("Dit moment begrijpen wij niet. Kies een dag en een deel van de dag."),
    "not_yet": _l("Dit moment moet nog komen. Rond het daarna af."),
}
_LISTINGS = {
    "not_this_kind": _l("Dit hoort niet bij deze soort. Laat het leeg."),
    "other_side_posts": _l("Deze soort plaatst de andere kant. Kies een soort uit de uitleg."),
    "only_with_mbo": _l("Dit hoort bij mbo. Kies ook een mbo-niveau, of laat dit leeg."),
    "below_taken": _l("Er zijn al %(n)s plekken vergeven. Kies een hoger aantal."),
    "unknown_place": _l("Deze plaats kennen wij niet. Kijk hoe u de naam schrijft."),
    "unknown_row": _l("Dit team of deze opleiding kennen wij niet. Voeg het eerst toe, of laat het leeg."),
    "unknown_organisation": _l("Deze organisatie staat niet in ons register. Kijk hoe u de naam schrijft."),
    "not_yours": _l("Dit is een andere organisatie. Laat de cel leeg, of zet uw eigen naam."),
}
_FILES = {
    "file_empty": _l("Dit bestand is leeg. Kies een ander bestand."),
    "file_too_large": _l("Dit bestand is te groot. Kies een bestand van hoogstens %(n)s MB."),
    "file_too_full": _l(
        "In dit bestand zit meer dan wij in één keer kunnen lezen. Haal opmaak en andere tabbladen weg, of verdeel "
        "de rijen over twee bestanden."
    ),
    "file_is_not_its_name": _l(
        "De naam zegt .%(name)s, maar de inhoud is iets anders. Sla het opnieuw op als CSV of Excel."
    ),
    "file_kind_unknown": _l(
        "Dit soort bestand nemen wij niet aan. "
        "Kies PDF, Word, PowerPoint, Excel, OpenDocument, JPG, PNG of tekst (.txt)."
    ),
    "file_with_program": _l("In dit bestand zit een programma, macro of object. Sla het op als PDF."),
    "file_with_elsewhere": _l("Dit bestand haalt iets op van internet zodra het opengaat. Sla het op als PDF."),
    "file_with_virus": _l("In dit bestand zit een virus. Het is niet bewaard. Laat uw computer nakijken."),
    "scanner_away": _l("Wij kunnen dit bestand nu niet op virussen nakijken. Probeer het over vijf minuten nog eens."),
    "picture_too_large": _l("Deze foto is te groot om te openen. Maak haar kleiner."),
    "no_room": _l("Er is nu geen plaats voor bestanden. Wij weten ervan. Probeer het morgen nog eens."),
    "quota_of_day": _l("Er kan hoogstens %(n)s MB per dag bij. Probeer het morgen nog eens, of stuur minder."),
    "too_many_files": _l("Stuur hoogstens %(n)s bestanden tegelijk."),
    "file_old_excel": _l("Dit is een oud Excel-bestand (.xls). Sla het op als .xlsx."),
    "file_no_table": _l("Dit is geen CSV en geen Excel. Gebruik ons voorbeeld."),
    "file_broken": _l("Dit bestand is beschadigd. Open het, sla het opnieuw op en probeer het nog eens."),
    "file_row_too_long": _l("Rij %(row)s is veel te lang. Kijk of er een aanhalingsteken mist."),
    "file_too_many_rows": _l("Dit zijn te veel rijen. Lees hoogstens %(n)s rijen tegelijk in."),
    "file_names_alike": _l("De kolommen %(name)s en %(other)s zijn voor hetzelfde. Haal er één weg."),
    "file_name_twice": _l("De kolom %(name)s staat er twee keer. Haal er één weg."),
    "file_no_rows": _l("Er staan geen rijen onder de namen van de kolommen."),
}
_PEOPLE = {
    "too_short": _l("Kies een wachtwoord van %(n)s tekens of meer."),
    "too_long": _l("Kies een wachtwoord van hoogstens %(n)s tekens."),
    "too_common": _l(
        "Dit wachtwoord is makkelijk te raden. Neem drie of vier woorden die niets met elkaar te maken hebben."
    ),
    "about_you": _l(
        "Hier staat uw naam, adres of organisatie in. Wie u kent, raadt dat. "
        "Neem drie of vier woorden die niets met u te maken hebben."
    ),
    "breached": _l("Dit wachtwoord staat in een lijst van gelekte wachtwoorden. Anderen kennen het. Kies een ander."),
    "wrong_password": _l("Dit is niet uw wachtwoord van nu. Typ het opnieuw."),
    "same_address": _l("Met dit adres logt u nu al in. Vul een ander adres in."),
    "wrong_code": _l("Deze code klopt niet. Kijk in de app en typ de code die er nu staat."),
    "last_second_step": _l("Voor uw rol is een tweede stap nodig. Voeg eerst een andere toe."),
    "too_many_tokens": _l("U hebt al %(n)s programma's. Trek er eerst een in."),
    "list_changed": _l("Kies bij iedereen. Misschien is er net iemand bij gekomen of weggegaan."),
    "hand_over_first": _l("Draag eerst het werk over van: %(names)s. Daarna kan de rol stoppen."),
    "too_many_passkeys": _l("U hebt er al %(n)s. Haal er eerst een weg."),
    "beyond_reach": _l("Deze rol kunt u hier niet geven. Kies een andere rol."),
    "role_does_not_fit": _l("Deze rol past niet bij deze organisatie. Kies een andere rol."),
    "already_here": _l("Deze persoon heeft deze rol hier al, of is al uitgenodigd of aangemeld."),
    "account_closed": _l("Met dit adres kan nu niemand inloggen. Vraag het de beheerder van het platform."),
    "last_administrator": _l("Dit is de laatste beheerder. Maak eerst iemand anders beheerder."),
    "officer_needed": _l("Kies eerst een collega van het loket."),
    "successor_needed": _l("Kies wie het werk overneemt."),
    "yourself": _l("Dit kunt u niet bij uzelf doen. Vraag een andere beheerder."),
    "in_use": _l("Dit is nog in gebruik. Haal het eerst daar weg."),
    "not_a_domain": _l("Dit is geen domein. Schrijf het zoals achter het apenstaartje: school.nl."),
    "public_domain": _l("Bij dit domein kan iedereen een adres krijgen. Kies het domein van de organisatie."),
    "serves_others": _l("Dit loket werkt ook voor andere gemeenten. Haal die er eerst bij weg."),
    "has_own_desk": _l("Deze gemeente heeft al een loket. Een gemeente heeft er één."),
    "unknown_municipality": _l("Deze gemeente kennen wij niet. Kies een naam uit de lijst."),
    "round_running": _l("Er loopt al een ronde. Wacht tot die klaar is."),
    "nothing_counts": _l("In elke groep moet ten minste één punt meetellen. Geef iets meer dan nul."),
}
_TOGETHER = {
    "choose_with": _l("Kies een of meer gemeenten uit de lijst."),
    "with_others": _l("Deze gemeente doet al samen met een ander, of zei nee. Kies een andere."),
    "answer_first": _l("Een andere gemeente vroeg u al om mee te doen. Geef eerst daar antwoord."),
    "group_needed": _l("Voeg eerst een groep toe."),
    "presentation_needed": _l("Plan eerst de presentatie."),
    "words_of_a_student": _l("Dit is de tekst van een student. Schrijf het in uw eigen woorden."),
    "consent_needed": _l("Zonder toestemming laten wij dit niet zien. Zet een vinkje."),
}
_COMMITTEES = {
    "content_needs_programme": _l("Kies een opleiding. Deze commissie gaat over de inhoud daarvan."),
    "other_faculty": _l("Deze opleiding hoort bij een andere faculteit. Kies een andere."),
    "already_member": _l("Deze persoon zit al in de commissie, of is al gevraagd. Kies iemand anders."),
    "unlikely_year": _l("Dit jaar kan niet kloppen. Kies een jaar van %(first)s tot %(last)s."),
    "in_the_future": _l("Deze datum moet nog komen. Kies vandaag of een dag daarvoor."),
    "unknown_faculty": _l("Deze faculteit kennen wij niet. Kijk hoe u de naam schrijft."),
    "not_your_faculty": _l("Deze faculteit is niet de uwe. Laat deze rij weg."),
    "unknown_programme": _l("Deze opleiding kennen wij niet bij deze faculteit. Kijk hoe u de naam schrijft."),
    "differs_above": _l("In een rij hierboven staat iets anders voor dezelfde commissie. Maak het gelijk."),
    "seat_taken": _l("Op deze plek zit in deze tijd al iemand. Kijk de dagen na."),
}
_PLACEMENTS = {
    "parent_is_student": _l("Dit is het adres van de student. Vul het adres van de ouder in."),
    "arrangement_incomplete": _l("Er moet nog iets bij. Kijk wat er mist."),
    "not_a_crebo": _l("Een crebo heeft vijf cijfers. Kijk op de website van s-bb.nl."),
    "not_recognised": _l("De gemeente is op de eerste dag geen erkend leerbedrijf voor crebo %(crebo)s."),
    "outside_school_year": _l("Deze dag valt niet in dit schooljaar of het volgende. Kies een andere dag."),
    "ends_after_school_year": _l("Dit is na het einde van het schooljaar. Kies een dag tot en met 31 augustus."),
    "outside_placement": _l("Deze dag valt niet in de stage. Kies een dag tussen de eerste en de laatste."),
    "level_needed": _l("Kies bij elke competentie een niveau van 1 tot 4."),
    "still_to_come": _l("Deze dag moet nog komen. Kies vandaag of een dag ervoor."),
    "checklist_full": _l("De lijst is vol. Er passen %(n)s punten op."),
    "checklist_open": _l("Nog niet alles op de lijst is klaar. Vink eerst af wat er is."),
    "too_early": _l("De eerste dag is er nog niet. Begin op die dag."),
    "hours_of_a_day": _l("Vul in hoeveel uur het was, van 0,25 tot 12."),
    "day_confirmed": _l("Deze dag is al bevestigd. Vraag je begeleider als er iets niet klopt."),
    "evaluation_waits": _l("Niet iedereen heeft verteld hoe het ging. Wacht daarop, of tot de termijn voorbij is."),
    "evaluation_not_open": _l("Bij deze stage kan nu nog niemand vertellen hoe het ging, of niet meer."),
    "evaluation_still_theirs": _l("Deze kant kan het nog zelf vertellen. Lees het in als de termijn voorbij is."),
    "evaluation_given": _l("Deze kant heeft al iets anders verteld. Inlezen verandert dat niet. Haal de rij weg."),
    "not_your_placement": _l("Deze stage is niet van u. Gebruik het nummer uit de lijst met stages."),
    "other_student": _l("Bij dit nummer hoort een andere student. Kijk het nummer na."),
    "before_first_day": _l("Deze dag ligt voor het begin van de stage. Kijk de datum na."),
    "levels_unclear": _l("Schrijf per leerdoel het nummer en het niveau: 1=3; 2=4."),
    "contacts_wanting": _l("Er mist nog een gesprek: %(n)s. Bij mbo horen er drie, en één daarvan is op de werkplek."),
    "rows_are_bad": _l("Er staan nog fouten in het bestand. Verbeter die eerst."),
    "followed_too_long": _l("Kies een dag binnen %(n)s jaar. Daarna kun je opnieuw ja zeggen."),
}
_AGREEMENTS = {
    "signed_already": _l("Dit is al getekend. Twee keer tekenen kan niet."),
    "text_changed": _l("De afspraken zijn veranderd. Uw handtekening past niet meer bij dit document."),
    "parent_needed": _l("Een student onder de 18 tekent samen met een ouder. Wijs eerst een ouder aan."),
    "parent_is_other": _l("Het adres van de ouder is ook van iemand anders hier. Vul het eigen adres van de ouder in."),
    "agreement_needed": _l("Zet een vinkje als u akkoord gaat."),
    "nothing_changed": _l("Er verandert niets. Pas iets aan, of ga terug."),
    "started_already": _l("De stage is al begonnen. De eerste dag kan niet meer veranderen."),
    "article_without_text": _l("Schrijf wat er in dit artikel staat, of haal de titel weg."),
    "article_without_title": _l("Geef dit artikel een titel, of haal de tekst weg."),
    "article_without_dutch": _l("Schrijf dit artikel ook in het Nederlands. Die tekst geldt."),
    "english_needed": _l("Schrijf dit ook in het Engels. U koos dat elke overeenkomst er ook in het Engels is."),
    "english_articles_missing": _l(
        "Deze overeenkomst komt er ook in het Engels. De eigen artikelen van de school zijn er alleen in het "
        "Nederlands. Schrijf ze in het Engels bij Ons sjabloon."
    ),
}
_STUDENTS = {
    "too_young": _l("Je kunt meedoen als je 16 bent of ouder. Vraag je school om hulp."),
    "not_when_18": _l("Kies de maand waarin je 18 wordt: deze maand of een van de komende 24 maanden."),
    "not_of_programme": _l("Kies een niveau van je opleiding."),
    "place_for_distance": _l("Vul ook een plaats in. Daarvandaan tellen wij de afstand."),
    "school_address_needed": _l("Studenten doen mee met het mailadres van hun school, of met een uitnodiging."),
    "not_a_mail_address": _l("Dit is geen e-mailadres. Kijk het na."),
    "too_many_addresses": _l("Nodig hoogstens %(n)s mensen tegelijk uit."),
    "more_than_a_year": _l("Kies een dag binnen een jaar."),
    "of_one_faculty": _l("Kies opleidingen van één faculteit."),
    "not_so_many": _l("Kies een getal van 1 tot en met %(n)s: zoveel plekken zijn er vrij."),
    "wished_twice": _l("Je noemt een plek twee keer. Kies elke plek één keer."),
    "does_not_fit": _l("Een van deze plekken past niet bij je niveau of reis, of doet niet meer mee."),
    "no_cv_here": _l("Je opleiding wil geen cv of ander bestand bij de eerste reactie."),
    "already_applied": _l("Je hebt hier al gereageerd."),
    "too_many_running": _l("Je hebt al %(n)s reacties die lopen. Trek er eerst een in."),
    "profile_first": _l("Vul eerst in welke opleiding je doet."),
}
_PROVIDERS = {
    "secret_needed": _l("Vul het geheim in. Bij een nieuw adres hoort een nieuw geheim."),
    "no_issuer": _l("Dit kan geen issuer zijn. Het is een adres dat met https:// begint, zonder vraagteken of hekje."),
    "one_tenant": _l(
        "Vul het adres in met het nummer van uw eigen tenant. Met een gedeeld adres kan iedereen inloggen."
    ),
    "identity_taken": _l("Deze login hoort al bij een ander account. Vraag uw beheerder om hulp."),
    "tied_already": _l("Uw account is al gekoppeld aan een login van deze organisatie. Koppel die eerst los."),
    "provider_not_yours": _l("Met deze login kunt u niet in dit account. Vraag uw beheerder om hulp."),
}
SENTENCES: dict[str, LazyString] = {
    **_FIELDS,
    **_DAYS,
    **_LISTINGS,
    **_FILES,
    **_PEOPLE,
    **_TOGETHER,
    **_COMMITTEES,
    **_PLACEMENTS,
    **_AGREEMENTS,
    **_STUDENTS,
    **_PROVIDERS,
}
