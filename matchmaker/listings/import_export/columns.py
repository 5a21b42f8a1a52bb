"""The columns of an import and export: Dutch names, English aliases, and how each cell is written and read.

Words here are those of the file format. They do not change with the language of the page.
"""

from dataclasses import dataclass
from functools import cache

from matchmaker.listings.fields import BY_NAME
from matchmaker.reference import fold
from matchmaker.vocabulary import Kind, Level, Mode, Track

KINDS = {
    Kind.ORIENTATION: ("snuffelstage", "meeloopstage", "orientatie"),
    Kind.WORK: ("meewerkstage", "stage", "stageplek", "internship"),
    Kind.RESEARCH: ("onderzoeksstage",),
    Kind.GRADUATION: ("afstudeeropdracht", "afstuderen", "afstudeerstage"),
    Kind.GROUP: ("opdracht voor een groep", "groepsopdracht"),
    Kind.TRAINEESHIP: ("traineeplek", "trainee"),
    Kind.LECTURE: ("gastles", "gastcollege", "gastles of gastcollege"),
    Kind.SEAT: ("plek in een werkveldcommissie", "werkveldcommissie", "commissie"),
    Kind.VISIT: ("werkbezoek", "excursie"),
    Kind.COURSE: ("vak dat we samen maken", "vak", "minor"),
    Kind.QUESTION: ("open vraag", "vraag"),
}
_MBO = (Level.MBO1, Level.MBO2, Level.MBO3, Level.MBO4)
LEVELS = {
    Level.VO: ("vo", "voortgezet onderwijs"),
    Level.MBO1: ("mbo 1", "mbo1"),
    Level.MBO2: ("mbo 2", "mbo2"),
    Level.MBO3: ("mbo 3", "mbo3"),
    Level.MBO4: ("mbo 4", "mbo4"),
    Level.AD: ("associate degree", "ad"),
    Level.HBO_BACHELOR: ("hbo-bachelor",),
    Level.HBO_MASTER: ("hbo-master",),
    Level.WO_BACHELOR: ("wo-bachelor",),
    Level.WO_MASTER: ("wo-master",),
}
GROUPS_OF_LEVELS = {
    "mbo": _MBO,
    "hbo": (Level.HBO_BACHELOR, Level.HBO_MASTER),
    "wo": (Level.WO_BACHELOR, Level.WO_MASTER),
}
"""hbo does not include the associate degree: that is a choice of its own."""

MODES = {
    Mode.ON_SITE: ("op locatie",),
    Mode.HYBRID: ("deels thuis of online", "hybride", "deels thuis"),
    Mode.ONLINE: ("online",),
}
TRACKS = {Track.BOL: ("bol",), Track.BBL: ("bbl",)}
LANGUAGES = {"nl": ("nederlands",), "en": ("engels", "english")}
WEEKDAYS = {
    1: ("maandag", "ma"),
    2: ("dinsdag", "di"),
    3: ("woensdag", "wo"),
    4: ("donderdag", "do"),
    5: ("vrijdag", "vr"),
}
PARTS = {"morning": "ochtend", "afternoon": "middag", "evening": "avond"}
NO_WORK_FIELD = "W00"
"""In files of others: no single field of work. It is read as nothing chosen."""

DRAFT, ONLINE = "concept", "online"
STATUSES = {DRAFT: ("draft",), ONLINE: ("published", "gepubliceerd", "publiceren")}
SIDES = {"aanbod": ("offer", "offers"), "vraag": ("need", "needs", "vragen")}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Dutch name, what else it may be called, the field it fills, and one line of explanation."""

    name: str
    field: str
    explanation: str
    aliases: tuple[str, ...] = ()

    @property
    def is_field(self) -> bool:
        """Whether it fills a field of a listing; the others say what the row is."""
        return self.field in BY_NAME


COLUMNS = (
    Column("sleutel", "key", "Uw eigen nummer. Een rij met hetzelfde nummer lezen wij één keer in.", ("id",)),
    Column("kant", "side", "aanbod of vraag. Alleen nodig als beide in één bestand staan."),
    Column("organisatie", "organisation", "CBS-code of naam. Leeg is uw eigen organisatie."),
    Column("soort", "kind", "Verplicht. Bijvoorbeeld meewerkstage of gastles."),
    Column("status", "status", "concept of online. Leeg is online."),
    Column("titel", "title", "Zeg in zes woorden wat iemand doet."),
    Column("tekst", "text", "Drie tot zes zinnen."),
    Column("team", "team_id", "Naam van het team, zoals bij uw organisatie."),
    Column("opleiding", "programme_id", "Naam van de opleiding, zoals bij uw school.", ("programme",)),
    Column("namens", "on_behalf_of", "Een andere organisatie of een deel ervan, zoals een waterschap of faculteit."),
    Column("werkvelden", "work_fields", "Codes of namen, met ; ertussen. Leeg is alles.", ("werkveld", "work_field")),
    Column("studierichtingen", "study_fields", "ISCED-codes of namen van opleidingen, met ; ertussen. Leeg is alles."),
    Column("studie_in_woorden", "study_words", "Studies die geen vaste naam hebben, met ; ertussen."),
    Column("niveaus", "levels", "mbo 4; hbo-bachelor. mbo is mbo 1 tot en met 4. Leeg is alles.", ("niveau", "level")),
    Column("leerweg", "tracks", "bol of bbl, alleen bij mbo.", ("track",)),
    Column("taal", "languages", "nl of en.", ("language",)),
    Column("leerjaar", "audience_year", "1 tot en met 6."),
    Column("groepsgrootte", "group_size", "Hoeveel mensen in een groep."),
    Column("plekken", "places", "Hoeveel plekken of groepen.", ("groepen", "groups")),
    Column("uren_van", "hours_min", "Minste uren per week."),
    Column("uren_tot", "hours_max", "Meeste uren per week."),
    Column("start", "starts_on", "Dag: 2027-02-01 of 1-2-2027."),
    Column("eind", "ends_on", "Dag: 2027-07-01 of 1-7-2027."),
    Column("duur_weken", "duration_weeks", "Alleen als het einde niet vaststaat.", ("block_weeks",)),
    Column("momenten", "slots", "dinsdagochtend; 2027-03-02 10:00."),
    Column("minuten", "minutes", "Hoe lang een les of bezoek duurt."),
    Column("vergoeding_van", "allowance_min", "Euro per maand bij 36 uur."),
    Column("vergoeding_tot", "allowance_max", "Euro per maand bij 36 uur."),
    Column("vergoeding_uitleg", "allowance_note", "Wat iemand moet weten over de vergoeding."),
    Column("reageren_voor", "respond_before", "Laatste dag. Leeg is negentig dagen."),
    Column("plaats", "place", "Leeg is uw eigen plaats."),
    Column("vorm", "mode", "op locatie, hybride of online."),
    Column("reisafstand_km", "max_distance_km", "Hoe ver het hoogstens mag zijn."),
    Column("begeleider", "supervisor_title", "De functie, geen naam."),
    Column("samen", "pairs_welcome", "ja als twee studenten samen mogen.", ("duo",)),
    Column("vog", "vog_required", "ja als een VOG nodig is."),
    Column("vak", "course", "Naam van het vak."),
    Column("vak_webadres", "course_url", "Begint met https://"),
    Column("voorbereiding", "preparation", "Wat de groep vooraf doet."),
    Column("commissie", "committee", "Naam van de commissie."),
    Column("profiel", "profile", "Wie wordt gezocht."),
    Column("termijn_jaren", "term_years", "Voor hoeveel jaar."),
    Column("bijeenkomsten_per_jaar", "meetings_per_year", "Hoe vaak per jaar."),
    Column("studiepunten", "ects", "Hoeveel studiepunten."),
    Column("vorm_vak", "form", "Minor, module of reeks lessen."),
    Column("uren_vak", "hours", "Hoeveel uur per week."),
    Column("wat_nodig", "what_is_needed", "Wat u zou helpen."),
    Column("bijzonderheden", "particulars", "Wat iemand verder moet weten."),
    Column("bron", "source_url", "Webadres waar het vandaan komt."),
)


@cache
def columns_by_name() -> dict[str, Column]:
    """Every accepted name of a column, folded."""
    named: dict[str, Column] = {}
    for column in COLUMNS:
        for name in (column.name, column.field, *column.aliases):
            named.setdefault(fold(name), column)
    return named


def column_of(field: str) -> Column | None:
    """The column that fills a field."""
    return next((column for column in COLUMNS if column.field == field), None)
