"""The fixed articles of an agreement, by kind of education. An institution writes beside them, never in them."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from matchmaker.agreements.content import template_values
from matchmaker.agreements.models import AgreementKind, kind_for
from matchmaker.organisations.models import Organisation
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Kind, Mode
from matchmaker.words.agreements import say_allowance, say_day, say_goal, say_value
from matchmaker.words.labels import label
from matchmaker.words.language import gettext

Content = Mapping[str, Any]


class Article(NamedTuple):
    """A title and the paragraphs below it; goals follow as a list."""

    title: str
    text: str
    items: tuple[str, ...] = ()


def fixed_before(content: Content) -> list[Article]:
    """What was arranged, as articles: before those of the institution."""
    mbo = content["kind"] == AgreementKind.PRACTICE
    makers: list[Callable[[Content], Article]] = [
        _purpose, *([_qualification] if mbo else []), _days, _work, _guidance, _assessment, _allowance,
    ]  # fmt: skip
    return [make(content) for make in makers]


def fixed_after(content: Content) -> list[Article]:
    """What the law and good care ask: after those of the institution."""
    mbo = content["kind"] == AgreementKind.PRACTICE
    return [
        _safety(),
        _confidentiality(),
        *([] if mbo else [_rights()]),
        _personal_data(),
        _trouble(),
        _end_of_practice() if mbo else _end(),
        _changing(),
        *([_languages()] if content.get("english") else []),
        _signing(),
    ]


def _purpose(content: Content) -> Article:
    return Article(
        gettext("Doel"),
        gettext(
            "De student leert in de praktijk, voor de opleiding %(programme)s van %(school)s. Leren staat voorop. "
            "De student vervangt geen medewerker.",
            programme=content["programme"],
            school=content["school"],
        ),
    )


def _qualification(content: Content) -> Article:
    recognition = content["recognition"]
    return Article(
        gettext("Opleiding en erkend leerbedrijf"),
        gettext(
            "De stage hoort bij de kwalificatie met crebo %(crebo)s. In het mbo heet zij beroepspraktijkvorming. De "
            "gemeente is daarvoor een erkend leerbedrijf, met nummer %(number)s. De erkenning geldt tot en met "
            "%(until)s.",
            crebo=content["crebo"],
            number=recognition.get("company_id", gettext("onbekend")),
            until=say_day(recognition.get("valid_until", "")) or gettext("onbekend"),
        ),
    )


def _days(content: Content) -> Article:
    lines = [
        gettext(
            "De stage begint op %(first)s en eindigt op %(last)s.",
            first=say_day(content["first_day"]),
            last=say_day(content["last_day"]),
        ),
        gettext("De student is er %(hours)s uur per week.", hours=content["hours_per_week"] or 0),
    ]
    if content["weekdays"]:
        lines.append(gettext("De vaste dagen zijn %(days)s.", days=say_value("weekdays", content["weekdays"])))
    return Article(gettext("Dagen en uren"), " ".join(lines))


def _work(content: Content) -> Article:
    where = content["workplace"]
    if content["mode"]:
        where = ", ".join(part for part in (where, label(Mode(content["mode"]))) if part)
    place = gettext("De werkplek: %(where)s.", where=where) if where else ""
    goals = tuple(say_goal(each) for each in content["goals"])
    heading = gettext("De student werkt aan deze leerdoelen:") if goals else ""
    text = "\n".join(part for part in (content["assignment"], place, heading) if part)
    return Article(gettext("Opdracht, werkplek en leerdoelen"), text, goals)


def _guidance(content: Content) -> Article:
    people = content["people"]
    lines = [
        gettext("Praktijkopleider bij de gemeente: %(name)s.", name=people[Part.PRACTICE_TRAINER])
        if people.get(Part.PRACTICE_TRAINER)
        else "",
        gettext("Begeleider bij de gemeente: %(name)s.", name=people[Part.SUPERVISOR])
        if people.get(Part.SUPERVISOR)
        else "",
        gettext("Begeleider van school: %(name)s.", name=people[Part.SCHOOL_SUPERVISOR])
        if people.get(Part.SCHOOL_SUPERVISOR)
        else "",
        gettext("De begeleiders hebben genoeg tijd voor de student. Valt iemand uit, dan komt er een ander."),
    ]
    return Article(gettext("Begeleiding"), "\n".join(line for line in lines if line))


def _assessment(content: Content) -> Article:
    if content["kind"] == AgreementKind.PRACTICE:
        text = gettext(
            "De school beslist of de student de stage goed heeft afgerond. Zij vraagt daarbij wat de "
            "praktijkopleider vindt. Er zijn minstens drie gesprekken, waarvan één op de werkplek."
        )
    else:
        text = gettext(
            "De school beoordeelt de student. Zij vraagt daarbij wat de begeleider bij de gemeente vindt. Halverwege "
            "en aan het eind bespreken student, school en gemeente hoe het gaat."
        )
    return Article(gettext("Beoordeling"), text)


def _allowance(content: Content) -> Article:
    return Article(
        gettext("Vergoeding"),
        gettext("De vergoeding van de gemeente: %(what)s.", what=say_allowance(content["allowance"])),
    )


def _safety() -> Article:
    return Article(
        gettext("Veiligheid en schade"),
        gettext(
            "De gemeente zorgt voor een veilige werkplek en houdt zich aan de regels voor werktijden. Voor schade "
            "tijdens het werk geldt artikel 7:658 lid 4 van het Burgerlijk Wetboek. De student volgt de huisregels."
        ),
    )


def _confidentiality() -> Article:
    return Article(
        gettext("Geheimhouding"),
        gettext(
            "De student houdt geheim wat vertrouwelijk is, ook na het einde. De gemeente zegt vooraf wat dat is. Voor "
            "de beoordeling mag de school het werk lezen."
        ),
    )


def _rights() -> Article:
    return Article(
        gettext("Rechten op het werk"),
        gettext(
            "Wat de student maakt, blijft van de student. De gemeente mag het gebruiken voor het eigen werk. "
            "De school mag het gebruiken om te beoordelen en te bewaren. Voor al het andere is toestemming nodig."
        ),
    )


def _personal_data() -> Article:
    return Article(
        gettext("Persoonsgegevens"),
        gettext(
            "School en gemeente zijn elk verantwoordelijk voor hun deel. Zij gebruiken gegevens van de student alleen "
            "voor deze stage en geven ze niet door aan anderen."
        ),
    )


def _trouble() -> Article:
    return Article(
        gettext("Als het niet goed gaat"),
        gettext(
            "Wie merkt dat het niet goed gaat, zegt dat meteen. De begeleiders zoeken samen met de student een "
            "oplossing. Lukt dat niet, dan beslissen school en gemeente, nadat de student is gehoord."
        ),
    )


def _end() -> Article:
    return Article(
        gettext("Einde"),
        gettext(
            "De overeenkomst eindigt op de laatste dag. Zij eindigt eerder als iedereen dat wil, als de student met "
            "de opleiding stopt, of als doorgaan echt niet kan. Wie wil stoppen, schrijft waarom en praat eerst."
        ),
    )


def _end_of_practice() -> Article:
    return Article(
        gettext("Einde"),
        gettext(
            "De overeenkomst eindigt op de laatste dag, of als de student de opleiding afrondt of ermee stopt. Zij "
            "eindigt ook als de erkenning van de gemeente stopt. De school zoekt dan samen met de gemeente een andere "
            "plek. Ontbinden kan schriftelijk, met de reden, nadat iedereen is gehoord."
        ),
    )


def _changing() -> Article:
    return Article(
        gettext("Wijzigen"),
        gettext(
            "Een wijziging geldt als zij op papier staat en getekend is door iedereen wie zij raakt. De wijziging laat "
            "zien wat er anders wordt."
        ),
    )


def _languages() -> Article:
    return Article(
        gettext("Taal"),
        gettext(
            "Deze overeenkomst staat er in het Nederlands en in het Engels. Verschillen de teksten, dan geldt de "
            "Nederlandse. Wat mensen zelf schreven, zoals opdracht en leerdoelen, staat er zoals zij het schreven."
        ),
    )


def _signing() -> Article:
    return Article(
        gettext("Ondertekening"),
        gettext(
            "Partijen zetten een eenvoudige elektronische handtekening. Zo heet dat in de eIDAS-verordening. Van "
            "elke handtekening bewaren wij naam, moment, herkomst en het kenmerk van dit document."
        ),
    )


def example_content(school: Organisation) -> dict[str, Any]:
    """An invented placement, to show how the articles read."""
    kind = kind_for(school.sector)
    mbo = kind is AgreementKind.PRACTICE
    people = {
        Part.STUDENT: gettext("Naam van de student"),
        Part.SCHOOL_SUPERVISOR: gettext("naam van de begeleider"),
        Part.PRACTICE_TRAINER if mbo else Part.SUPERVISOR: gettext("naam bij de gemeente"),
    }
    return {
        "kind": kind.value,
        "placement_kind": Kind.WORK.value,
        "level": "",
        "title": gettext("Titel van de stage"),
        "programme": gettext("naam van de opleiding"),
        "school": school.name,
        "municipality": gettext("Gemeente"),
        "people": {part.value: name for part, name in people.items()},
        "minor": False,
        "assignment": gettext("Hier staat wat de student doet."),
        "first_day": "2027-02-01",
        "last_day": "2027-06-30",
        "hours_per_week": 32,
        "weekdays": ["mon", "tue", "wed", "thu"],
        "workplace": gettext("het adres van de werkplek"),
        "mode": "",
        "allowance": 500,
        "crebo": "25998" if mbo else "",
        "recognition": {"company_id": "100000000", "valid_until": "2030-12-31"} if mbo else {},
        "goals": [{"text": gettext("wat de student wil leren"), "competence_id": None, "level": None, "names": {}}],
        "english": False,
        "template": template_values(None),
    }
