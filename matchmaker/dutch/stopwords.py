"""Words that say nothing about the subject of a posting."""

from matchmaker.dutch.stems import stem

_FUNCTION = """
aan af al alle alleen allemaal als altijd andere anders ben bent bij binnen bovendien buiten daar daarbij daardoor
daarmee daarna daarnaast daarom dan dat de deze die dit doe doen doet door doorgaans dus een eens eerste elk elke en
enkele er ergens erg even ga gaan gaat geen gedurende geweest goed graag had haar hadden heb hebben hebt heeft heel
hem hen het hier hierbij hij hoe hoeveel hun iemand ieder iedere iets ik in is ja je jij jou jouw jullie kan komen
komt kon kun kunnen kunt laat laten maar maakt maken me mee meer meest men met mijn misschien mocht moet moeten mij
na naar naast nemen neemt net niet niets nog nogal nooit nu of om omdat onder ons onze ook op over overal per pas
samen soms steeds straks te tegen ten ter terwijl tevens tijdens toch toe tot tussen twee drie vier u uit uw van
vanaf vanuit vaak veel verder via volgens voor vooral vooraf waar waarbij waarin waarmee waarom wanneer want was wat
we weer wel welk welke wie wil willen wij word worden wordt zal ze zeer zelf zich zij zijn zo zoals zodat zonder zou
zouden zult zullen the and for with you your our
"""

_EMPTY = """
acht achter alles avonds bedenken bedenkt begin begint beginnen belt bellen best beste beter betekent bezoeken blijf
blijft blijven breng brengen brengt deel dertig dezelfde duren duurt echt echte eerder eerdere eerlijk eerst eigen eind
einde elf elkaar erbij gaf gebeurde gebeuren gebeurt gebruiken gebruikt geef geeft gelijk gemaakt genoeg geven gewoon
goede groot grote haakt half hele help helpen helpt hoeft hoeven honderd hoor hoort horen houden houdt idee ken kennen
kent keer keren kies kiest kiezen kijk kijken kijkt klein kleine klopt kost kreeg krijg krijgen krijgt lang lange langs
lastig later leer leert leest leg leggen legt leren lever leveren levert liefst lig ligt liggen maak mag manier mis
missen mist moest mogen nee negen niemand nieuw nieuwe nodig ontdek ontdekken ontdekt open opnieuw oud pas passen past
praat praten precies proberen probeert regelen regelt rond rustig saai schrijft snappen snel soort sta staan staat stap
stel stellen stelt stuk stukken tel telt terug tien twaalf twintig uitleg uitleggen vaste veertig verdwijnt vertel
vertellen vertelt verwachten vijf vijftig vind vinden vindt voeren vorig vraagt wacht wachten weet weg weinig weten
zeg zeggen zegt zes zet zetten zeven zie zien ziet zit zitten how on one that to two where won boos boze
"""

_POSTING = """
adviseur afloop avond bladzijde commissie contactpersoon erkend euro gesprek leerbedrijf mens mensen middag minuut
minuten moment ochtend praktijkopleider tijd uitkomst voorbeeld

aanbod aanmelden afstuderen afstudeerder afdeling bachelor begeleiding begeleider bol bbl club collega collegas
cursus dag dagen docent eerstejaars derdejaars ervaring euro functie gast gastcollege gastles gemeente gemeentelijke
groep hbo hogeschool instelling jaar klas kwartaal leerling les lopen loopt master maand maanden mbo medewerker
meelopen meewerken minor najaar niveau onderwerp onderzoek onderzoeken onderzoekt opdracht opleiding organisatie
overleg periode plek plaats praktijk project reageren school semester solliciteren spreker stage stageplaats
stageplek stagiair stagiaire start student studenten studie team thema trainee traineeship uren uur vacature
vergoeding voorjaar vraag week weken werk werken werkt werkveld wet wo zoeken zoekt
"""

FUNCTION_WORDS = frozenset(_FUNCTION.split()) | frozenset(_EMPTY.split())
"""Left out altogether: function words, and verbs, numbers and qualities that fit any subject."""

POSTING_WORDS = frozenset(stem(word) for word in _POSTING.split())
"""In nearly every posting, so they count for a fifth: two postings are not alike because both say "stage"."""
