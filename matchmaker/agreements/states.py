"""The life of an agreement: one table of (state, action) to state. Nothing else decides what may follow what."""

from enum import StrEnum

from matchmaker.errors import InvalidMove


class AgreementState(StrEnum):
    """`making`: the content is frozen and the file to sign is on its way."""

    DRAFT = "draft"
    MAKING = "making"
    SIGNING = "signing"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class AgreementAction(StrEnum):
    DRAW_UP = "draw_up"
    SEND = "send"
    MAKE = "make"
    SIGN = "sign"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
    REMIND = "remind"


S, A = AgreementState, AgreementAction

MOVES: dict[tuple[AgreementState, AgreementAction], AgreementState] = {
    (S.DRAFT, A.DRAW_UP): S.DRAFT,
    (S.DRAFT, A.SEND): S.MAKING,
    (S.DRAFT, A.WITHDRAW): S.WITHDRAWN,
    (S.MAKING, A.MAKE): S.SIGNING,
    (S.MAKING, A.WITHDRAW): S.WITHDRAWN,
    (S.SIGNING, A.SIGN): S.SIGNING,
    (S.SIGNING, A.COMPLETE): S.SIGNED,
    (S.SIGNING, A.REMIND): S.SIGNING,
    (S.SIGNING, A.WITHDRAW): S.WITHDRAWN,
    (S.SIGNED, A.REPLACE): S.REPLACED,
}
ENDED = frozenset({S.WITHDRAWN, S.REPLACED})
SIGNED_ONCE = frozenset({S.SIGNED, S.REPLACED})
UNDER_WAY = frozenset({S.DRAFT, S.MAKING, S.SIGNING})


def next_state(state: AgreementState, action: AgreementAction) -> AgreementState:
    """The state after an action; raises InvalidMove when the table has no such step."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise InvalidMove(state=state.value, action=action.value) from None


def allows(state: AgreementState, action: AgreementAction) -> bool:
    """Whether this step exists from here."""
    return (state, action) in MOVES
