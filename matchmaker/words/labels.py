"""Words for the codes of the vocabulary. Colours and icons are not here: those belong to one component."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from matchmaker.assignments.models import Decision, StopReason
from matchmaker.assignments.states import AssignmentAction, AssignmentState
from matchmaker.jobs.models import JobState
from matchmaker.mail.models import Frequency, LetterStatus, Topic
from matchmaker.matches.states import Action, State
from matchmaker.organisations.models import MembershipStatus
from matchmaker.vocabulary import (
    Kind,
    Level,
    ListingStatus,
    Mode,
    OrganisationKind,
    Party,
    Refusal,
    Role,
    Sector,
    Side,
    Track,
)
from matchmaker.words import committee_labels
from matchmaker.words.language import lazy_gettext as _l

KINDS = {
    Kind.ORIENTATION: _l("Snuffelstage"),
    Kind.WORK: _l("Meewerkstage"),
    Kind.RESEARCH: _l("Onderzoeksstage"),
    Kind.GRADUATION: _l("Afstudeeropdracht"),
    Kind.GROUP: _l("Opdracht voor een groep"),
    Kind.TRAINEESHIP: _l("Traineeplek"),
    Kind.LECTURE: _l("Gastles of gastcollege"),
    Kind.SEAT: _l("Plek in een werkveldcommissie"),
    Kind.VISIT: _l("Werkbezoek"),
    Kind.COURSE: _l("Vak dat we samen maken"),
    Kind.QUESTION: _l("Open vraag"),
}
LEVELS = {
    Level.VO: _l("voortgezet onderwijs"),
    Level.MBO1: _l("mbo 1"),
    Level.MBO2: _l("mbo 2"),
    Level.MBO3: _l("mbo 3"),
    Level.MBO4: _l("mbo 4"),
    Level.AD: _l("associate degree"),
    Level.HBO_BACHELOR: _l("hbo-bachelor"),
    Level.HBO_MASTER: _l("hbo-master"),
    Level.WO_BACHELOR: _l("wo-bachelor"),
    Level.WO_MASTER: _l("wo-master"),
}
TRACKS = {Track.BOL: _l("bol (school met stage)"), Track.BBL: _l("bbl (werken met een dag school)")}
MODES = {Mode.ON_SITE: _l("op locatie"), Mode.HYBRID: _l("deels thuis of online"), Mode.ONLINE: _l("online")}
SIDES = {Side.OFFER: _l("Aanbod"), Side.NEED: _l("Vraag")}
SECTORS = {
    Sector.VO: _l("voortgezet onderwijs"),
    Sector.MBO: _l("mbo"),
    Sector.HBO: _l("hbo"),
    Sector.WO: _l("universiteit"),
}
ORGANISATION_KINDS = {
    OrganisationKind.MUNICIPALITY: _l("Gemeente"),
    OrganisationKind.INSTITUTION: _l("School"),
    OrganisationKind.REGION: _l("Regio"),
    OrganisationKind.PROVIDER: _l("Aanbieder van opleidingen"),
    OrganisationKind.PLATFORM: _l("Platform"),
}
ROLES = {
    Role.STUDENT: _l("student"),
    Role.LECTURER: _l("docent"),
    Role.COORDINATOR: _l("stagecoördinator"),
    Role.COLLEAGUE: _l("medewerker gemeente"),
    Role.OFFICER: _l("contactpersoon loket"),
    Role.REGION_COORDINATOR: _l("regiocoördinator"),
    Role.HR_PLANNER: _l("personeelsplanner"),
    Role.BROKER: _l("leermakelaar"),
    Role.BOARD: _l("bestuurder"),
    Role.PROVIDER: _l("aanbieder van opleidingen"),
    Role.ORG_ADMIN: _l("beheerder organisatie"),
    Role.PLATFORM_ADMIN: _l("beheerder platform"),
}
LISTING_STATUSES = {
    ListingStatus.DRAFT: _l("Concept"),
    ListingStatus.IN_CHECK: _l("Het loket kijkt ernaar"),
    ListingStatus.PUBLISHED: _l("Staat online"),
    ListingStatus.RETURNED: _l("Terug met een vraag"),
    ListingStatus.CLOSED: _l("Gesloten"),
    ListingStatus.EXPIRED: _l("Verlopen"),
}
STATES = {
    State.PROPOSED: _l("Voorstel"),
    State.REQUESTED: _l("Ligt bij het loket"),
    State.ASKED: _l("Het loket heeft een vraag"),
    State.ROUTED: _l("Ligt bij een collega"),
    State.OFFERED: _l("De ene kant zegt ja"),
    State.SCHEDULING: _l("Beide kanten zeggen ja"),
    State.AGREED: _l("Afgesproken"),
    State.DONE: _l("Geweest"),
    State.REFUSED: _l("Het gaat niet door"),
    State.WITHDRAWN: _l("Ingetrokken"),
    State.FORWARDED: _l("Doorgestuurd"),
    State.LAPSED: _l("Vervallen"),
}
ACTIONS = {
    Action.PROPOSE: _l("Voorgesteld"),
    Action.REQUEST: _l("Gevraagd"),
    Action.OFFER: _l("Ja gezegd"),
    Action.TAKE: _l("Opgepakt"),
    Action.ASSIGN: _l("Overgedragen"),
    Action.ASK: _l("Meer gevraagd"),
    Action.REPLY: _l("Antwoord gegeven"),
    Action.ROUTE: _l("Aan een collega gevraagd"),
    Action.COLLEAGUE_YES: _l("Collega zegt ja"),
    Action.COLLEAGUE_NO: _l("Collega zegt nee"),
    Action.COLLEAGUE_OTHER: _l("Collega noemt een ander"),
    Action.FORWARD: _l("Doorgestuurd"),
    Action.REFUSE: _l("Nee gezegd"),
    Action.WITHDRAW: _l("Ingetrokken"),
    Action.ACCEPT: _l("Aangenomen"),
    Action.PROPOSE_DATES: _l("Data voorgesteld"),
    Action.AGREE: _l("Datum afgesproken"),
    Action.RESCHEDULE: _l("Nieuwe datum gevraagd"),
    Action.COMPLETE: _l("Afgerond"),
    Action.LAPSE: _l("Vervallen"),
    Action.ESCALATE: _l("Te laat gemeld"),
    Action.REMIND: _l("Herinnerd"),
}
PARTIES = {
    Party.SCHOOL: _l("school"),
    Party.MUNICIPALITY: _l("gemeente"),
    Party.COLLEAGUE: _l("collega van de gemeente"),
    Party.VISITOR: _l("vrager zonder account"),
    Party.STUDENT: _l("student"),
    Party.PARENT: _l("ouder of verzorger"),
    Party.SYSTEM: _l("Matchmaker"),
}
REFUSALS = {
    Refusal.NO_CAPACITY: _l("Er is nu geen plek."),
    Refusal.NO_SUPERVISOR: _l("Er is nu niemand die kan begeleiden."),
    Refusal.NOT_OUR_WORK: _l("Dit werk doet deze gemeente niet."),
    Refusal.OUTSOURCED: _l("Een ander bedrijf doet dit werk voor de gemeente."),
    Refusal.PERIOD: _l("De periode past niet."),
    Refusal.LEVEL: _l("Het niveau past niet."),
    Refusal.CROWDED: _l("Er zijn veel meer vragen dan plekken."),
    Refusal.NO_RECOGNITION: _l("De gemeente is voor deze opleiding geen erkend leerbedrijf."),
    Refusal.FOUND_ELSEWHERE: _l("Er is al iemand anders gevonden."),
    Refusal.NO_DESK: _l("Er is geen loket in de buurt dat dit kan oppakken."),
    Refusal.OTHER: _l("Er is een andere reden."),
}
TOPICS = {
    Topic.ACCOUNT: _l("Uw account"),
    Topic.REQUESTS: _l("Vragen en antwoorden"),
    Topic.MESSAGES: _l("Berichten"),
    Topic.DATES: _l("Afspraken"),
    Topic.LISTINGS: _l("Uw aanbod en vragen"),
    Topic.PROPOSALS: _l("Nieuwe voorstellen"),
    Topic.COMMITTEES: _l("Commissies"),
}
FREQUENCIES = {
    Frequency.NOW: _l("meteen"),
    Frequency.DAILY: _l("één keer per dag"),
    Frequency.WEEKLY: _l("één keer per week"),
    Frequency.NEVER: _l("nooit"),
}
LETTER_STATUSES = {
    LetterStatus.QUEUED: _l("gaat zo weg"),
    LetterStatus.HELD: _l("wacht op het overzicht"),
    LetterStatus.SENT: _l("verstuurd"),
    LetterStatus.FAILED: _l("niet gelukt"),
    LetterStatus.REFUSED: _l("adres geweigerd"),
    LetterStatus.PRINT: _l("om te printen"),
}
MEMBERSHIP_STATUSES = {
    MembershipStatus.INVITED: _l("uitgenodigd"),
    MembershipStatus.ASKED: _l("wacht op besluit"),
    MembershipStatus.ACTIVE: _l("doet mee"),
    MembershipStatus.ENDED: _l("gestopt"),
}
JOB_STATES = {
    JobState.WAITING: _l("wacht"),
    JobState.RUNNING: _l("bezig"),
    JobState.DONE: _l("klaar"),
    JobState.FAILED: _l("niet gelukt"),
}
JOB_TASKS = {
    "import_listings": _l("Een bestand inlezen"),
    "import_committees": _l("Een bestand met commissies inlezen"),
    "match_imported": _l("Zoeken wat past bij een ingelezen bestand"),
    "match_round": _l("Een ronde houden"),
    "make_agreements": _l("Overeenkomsten maken"),
    "cohort_round": _l("Plekken verdelen in een ronde voor studenten"),
    "cohort_placements": _l("Stages openen van een ronde voor studenten"),
    "export_my_data": _l("Een kopie maken van iemands gegevens"),
    "erase_account": _l("Een account wissen"),
}
LANGUAGES = {"nl": _l("Nederlands"), "en": _l("Engels")}

ASSIGNMENT_STATES = {
    AssignmentState.PLANNING: _l("Plan maken"),
    AssignmentState.RUNNING: _l("Groepen werken eraan"),
    AssignmentState.PRESENTED: _l("Resultaat is er"),
    AssignmentState.DECIDED: _l("Besluit genomen"),
    AssignmentState.STOPPED: _l("Gestopt"),
}
ASSIGNMENT_ACTIONS = {
    AssignmentAction.PLAN: _l("Begonnen met het plan"),
    AssignmentAction.CHANGE: _l("Plan aangepast"),
    AssignmentAction.START: _l("De groepen zijn begonnen"),
    AssignmentAction.REACH: _l("Mijlpaal gehaald"),
    AssignmentAction.HAND_IN: _l("Resultaat ingeleverd"),
    AssignmentAction.DECIDE: _l("Besluit genomen"),
    AssignmentAction.STOP: _l("Gestopt"),
    AssignmentAction.REMIND: _l("Herinnerd"),
    AssignmentAction.ESCALATE: _l("Te laat gemeld"),
}
DECISIONS = {
    Decision.ADOPTED: _l("Wij voeren het uit"),
    Decision.IN_PART: _l("Wij voeren een deel uit"),
    Decision.LOOKED_INTO: _l("Wij zoeken het verder uit"),
    Decision.NOT_USED: _l("Wij doen er nu niets mee"),
}
STOP_REASONS = {
    StopReason.TOO_FEW_STUDENTS: _l("Er zijn te weinig studenten"),
    StopReason.QUESTION_CHANGED: _l("De vraag is veranderd"),
    StopReason.NO_SUPERVISION: _l("Er is geen begeleiding"),
    StopReason.OTHER: _l("Iets anders"),
}

ALL: tuple[dict[StrEnum, LazyString], ...] = (
    KINDS, LEVELS, TRACKS, MODES, SIDES, SECTORS, ORGANISATION_KINDS, ROLES, LISTING_STATUSES, STATES, ACTIONS,
    PARTIES, REFUSALS, TOPICS, FREQUENCIES, LETTER_STATUSES, MEMBERSHIP_STATUSES, JOB_STATES,
    ASSIGNMENT_STATES, ASSIGNMENT_ACTIONS, DECISIONS, STOP_REASONS,
    *committee_labels.ALL,
)  # fmt: skip
_BY_TYPE: dict[type[StrEnum], dict[StrEnum, LazyString]] = {type(next(iter(each))): each for each in ALL}


def label(code: StrEnum | None) -> str:
    """The words for a member of the vocabulary, in the language of the page; an empty string for None."""
    if code is None:
        return ""
    return str(_BY_TYPE[type(code)][code])


def choices(members: type[StrEnum], *, only: frozenset[StrEnum] | None = None) -> list[tuple[str, LazyString]]:
    """Pairs for a choice in a form, in the order of the list."""
    return [(code.value, text) for code, text in _BY_TYPE[members].items() if only is None or code in only]
