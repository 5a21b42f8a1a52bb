"""Words for the codes of committees."""

from matchmaker.committees.states import AdviceState, MeetingState, SeatState, TermState
from matchmaker.vocabulary import AdviceAnswer, CommitteeKind, MunicipalitySize, TermEnd
from matchmaker.words.language import lazy_gettext as _l

COMMITTEE_KINDS = {
    CommitteeKind.STRATEGIC: _l("Over de koers van de faculteit"),
    CommitteeKind.CONTENT: _l("Over de inhoud van een opleiding"),
}
SIZES = {
    MunicipalitySize.SMALL: _l("kleine gemeente (tot 30.000 inwoners)"),
    MunicipalitySize.MEDIUM: _l("middelgrote gemeente (30.000 tot 100.000)"),
    MunicipalitySize.LARGE: _l("grote gemeente (100.000 of meer)"),
}
SHORT_SIZES = {
    MunicipalitySize.SMALL: _l("klein"),
    MunicipalitySize.MEDIUM: _l("middel"),
    MunicipalitySize.LARGE: _l("groot"),
    None: _l("maakt niet uit"),
}
SEAT_STATES = {
    SeatState.VACANT: _l("vrij"),
    SeatState.PROPOSED: _l("gevraagd"),
    SeatState.FILLED: _l("bezet"),
    SeatState.REMOVED: _l("weggehaald"),
}
TERM_STATES = {
    TermState.PROPOSED: _l("gevraagd"),
    TermState.RUNNING: _l("zit erin"),
    TermState.ENDED: _l("voorbij"),
    TermState.DECLINED: _l("zei nee"),
    TermState.WITHDRAWN: _l("ingetrokken"),
}
MEETING_STATES = {
    MeetingState.PLANNED: _l("gepland"),
    MeetingState.HELD: _l("geweest"),
    MeetingState.CANCELLED: _l("gaat niet door"),
}
ADVICE_STATES = {
    AdviceState.OPEN: _l("wacht op antwoord"),
    AdviceState.ANSWERED: _l("beantwoord"),
    AdviceState.CLOSED: _l("afgerond"),
}
ADVICE_ANSWERS = {
    AdviceAnswer.ADOPTED: _l("De school neemt het over"),
    AdviceAnswer.PARTLY: _l("De school neemt een deel over"),
    AdviceAnswer.NOT_ADOPTED: _l("De school neemt het niet over"),
}
TERM_ENDS = {
    TermEnd.OTHER_WORK: _l("Heeft ander werk"),
    TermEnd.NO_TIME: _l("Heeft geen tijd meer"),
    TermEnd.OWN_WISH: _l("Wil zelf stoppen"),
    TermEnd.COMMITTEE_CLOSED: _l("De commissie stopt"),
    TermEnd.OTHER: _l("Er is een andere reden"),
}
ALL = (
    COMMITTEE_KINDS, SIZES, SEAT_STATES, TERM_STATES, MEETING_STATES, ADVICE_STATES, ADVICE_ANSWERS, TERM_ENDS,
)  # fmt: skip
