"""The columns of the table, what each holds, and how codes are written in it."""

from dataclasses import dataclass
from functools import cache

from matchmaker.reference import fold
from matchmaker.vocabulary import CommitteeKind, MunicipalitySize

KINDS = {
    CommitteeKind.STRATEGIC: ("koers", "strategisch"),
    CommitteeKind.CONTENT: ("inhoud", "inhoudelijk"),
}
SIZES = {
    MunicipalitySize.SMALL: ("klein",),
    MunicipalitySize.MEDIUM: ("middel", "middelgroot"),
    MunicipalitySize.LARGE: ("groot",),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name on the sheet, the field it fills, and what to type there."""

    name: str
    field: str
    explanation: str


COLUMNS = (
    Column("commissie", "committee", "De naam. Zet dezelfde naam bij elke plek van deze commissie."),
    Column("soort", "kind", "koers (van de faculteit) of inhoud (van een opleiding)"),
    Column("faculteit", "faculty", "De naam zoals hij bij uw school staat"),
    Column("opleiding", "programme", "De naam zoals hij bij de faculteit staat, of leeg"),
    Column("doel", "purpose", "Wat de commissie doet"),
    Column("termijn_jaren", "term_years", "Een getal, leeg is 4"),
    Column("verlengen", "renewals", "Hoe vaak verlengen mag, leeg is 1"),
    Column("vergaderingen_per_jaar", "meetings_per_year", "Een getal, leeg is 2"),
    Column("plek", "seat", "De naam van de plek"),
    Column("werkveld", "work_field", "Een werkveld van de gemeente, bij naam of code (W01 tot W25)"),
    Column("grootte", "size", "klein, middel of groot"),
    Column("niveau", "level", "Een niveau, zoals hbo-bachelor"),
    Column("profiel", "profile", "Wie u zoekt"),
    Column("naam", "name", "Wie er zit of zat, leeg bij een vrije plek"),
    Column("mailadres", "email", "Alleen nodig voor wie er nu zit"),
    Column("functie", "job_title", "Wat deze persoon doet"),
    Column("organisatie", "organisation_name", "De gemeente of een andere organisatie"),
    Column("begin", "starts_on", "De eerste dag, zoals 1-9-2026"),
    Column("einde", "ends_on", "De laatste dag, leeg is een hele termijn"),
)
COMMITTEE_FIELDS = ("kind", "faculty", "programme", "purpose", "term_years", "renewals", "meetings_per_year")
"""What all rows of one committee have to agree on."""
EXAMPLE = (
    "Werkveldcommissie Voorbeeld", "inhoud", "Faculteit Voorbeeld", "Opleiding Voorbeeld",
    "De commissie kijkt of het onderwijs past bij het werk.", "4", "1", "2", "Iemand van verkeer", "W10", "groot",
    "hbo-bachelor", "Heeft ervaring met drukke straten", "Jan Voorbeeld", "jan@gemeente.example", "Verkeerskundige",
    "Gemeente Voorbeeld", "1-9-2026", "31-8-2030",
)  # fmt: skip


@cache
def by_name() -> dict[str, Column]:
    """Columns by the folded name on the sheet."""
    return {fold(each.name): each for each in COLUMNS}


@cache
def by_field() -> dict[str, Column]:
    return {each.field: each for each in COLUMNS}
