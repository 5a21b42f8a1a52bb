"""Words for what a placement is made of."""

from enum import StrEnum

from flask_babel.speaklater import LazyString

from matchmaker.placements.models import EndReason, Presence
from matchmaker.placements.parts import Part, PlacementSide
from matchmaker.placements.records import CheckKind, EvaluationMoment
from matchmaker.placements.states import PlacementAction, PlacementState
from matchmaker.words.language import lazy_gettext as _l

STATES = {
    PlacementState.ARRANGING: _l("Afspraken maken"),
    PlacementState.TO_APPROVE: _l("De opleiding kijkt ernaar"),
    PlacementState.APPROVED: _l("Goedgekeurd"),
    PlacementState.SIGNING: _l("Overeenkomst tekenen"),
    PlacementState.SIGNED: _l("Getekend"),
    PlacementState.RUNNING: _l("De stage loopt"),
    PlacementState.FINISHED: _l("Afgerond"),
    PlacementState.CANCELLED: _l("Gaat niet door"),
    PlacementState.STOPPED: _l("Eerder gestopt"),
}
ACTIONS = {
    PlacementAction.OPEN: _l("Begonnen met regelen"),
    PlacementAction.ARRANGE: _l("Afspraken ingevuld"),
    PlacementAction.SUBMIT: _l("Aan de opleiding voorgelegd"),
    PlacementAction.APPROVE: _l("Goedgekeurd door de opleiding"),
    PlacementAction.SEND_BACK: _l("Teruggestuurd door de opleiding"),
    PlacementAction.REOPEN: _l("Afspraken weer geopend"),
    PlacementAction.SEND: _l("Overeenkomst verstuurd om te tekenen"),
    PlacementAction.SIGN: _l("Door iedereen getekend"),
    PlacementAction.WITHDRAW: _l("Overeenkomst ingetrokken"),
    PlacementAction.AMEND: _l("Overeenkomst gewijzigd"),
    PlacementAction.START: _l("Begonnen"),
    PlacementAction.FINISH: _l("Afgerond"),
    PlacementAction.CANCEL: _l("Gestopt voor het begin"),
    PlacementAction.STOP: _l("Eerder gestopt"),
    PlacementAction.NAME: _l("Mensen aangewezen"),
    PlacementAction.REMIND: _l("Herinnerd"),
    PlacementAction.ESCALATE: _l("Te laat gemeld"),
}
PARTS = {
    Part.STUDENT: _l("student"),
    Part.SCHOOL_SUPERVISOR: _l("begeleider van school"),
    Part.COORDINATOR: _l("stagecoördinator"),
    Part.SUPERVISOR: _l("begeleider van de gemeente"),
    Part.PRACTICE_TRAINER: _l("praktijkopleider"),
    Part.OFFICER: _l("contactpersoon van het loket"),
    Part.PARENT: _l("ouder of verzorger"),
    Part.SYSTEM: _l("Matchmaker"),
}
SIDES = {
    PlacementSide.STUDENT: _l("student"),
    PlacementSide.SCHOOL: _l("school"),
    PlacementSide.WORK: _l("gemeente"),
    PlacementSide.PARENT: _l("ouder of verzorger"),
    PlacementSide.SYSTEM: _l("Matchmaker"),
}
HELPERS = {PlacementSide.SCHOOL: _l("De school"), PlacementSide.WORK: _l("De gemeente")}
"""Whom one can turn to, as a choice."""
END_REASONS = {
    EndReason.HEALTH: _l("De student is ziek of kan het nu niet aan."),
    EndReason.STUDY: _l("De student stopt met de opleiding of wisselt."),
    EndReason.NO_FIT: _l("Het werk past niet bij wat de student moet leren."),
    EndReason.NO_SUPERVISION: _l("Er is niemand meer die kan begeleiden."),
    EndReason.COOPERATION: _l("De samenwerking lukt niet."),
    EndReason.OTHER_PLACE: _l("De student heeft een andere plek gevonden."),
    EndReason.NO_APPROVAL: _l("De opleiding keurt de plek niet goed."),
    EndReason.PERSONAL: _l("Er is een reden die de student voor zich houdt."),
    EndReason.OTHER: _l("Er is een andere reden."),
}
PRESENCES = {
    Presence.NOTHING: _l("niets bijhouden"),
    Presence.DAYS: _l("dagen bijhouden"),
    Presence.HOURS: _l("uren bijhouden"),
}
CHECKS = {
    CheckKind.VOG: _l("VOG gezien"),
    CheckKind.CONFIDENTIALITY: _l("Geheimhouding getekend"),
    CheckKind.ACCOUNT: _l("Account voor de computer"),
    CheckKind.DESK: _l("Werkplek"),
    CheckKind.BUDDY: _l("Maatje gevonden"),
    CheckKind.OTHER: _l("Iets anders"),
}
MOMENTS = {EvaluationMoment.INTERIM: _l("Tussentijds"), EvaluationMoment.FINAL: _l("Aan het eind")}

ALL: tuple[dict[StrEnum, LazyString], ...] = (
    STATES, ACTIONS, PARTS, SIDES, END_REASONS, PRESENCES, CHECKS, MOMENTS,
)  # fmt: skip
_BY_TYPE: dict[type[StrEnum], dict[StrEnum, LazyString]] = {type(next(iter(each))): each for each in ALL}


def placed(code: StrEnum | None) -> str:
    """The words for a code of placements, in the language of the page; an empty string for None."""
    return "" if code is None else str(_BY_TYPE[type(code)][code])


def placed_choices(members: type[StrEnum]) -> list[tuple[str, LazyString]]:
    """Pairs for a choice in a form, in the order of the list."""
    return [(code.value, text) for code, text in _BY_TYPE[members].items()]
