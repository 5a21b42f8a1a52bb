"""Every verb of a placement. The verbs live in files by step; this is the place to import them from."""

from matchmaker.placements.arranging import approve, arrange, reopen, send_back, set_presence, submit
from matchmaker.placements.contacts import (
    confirm_days,
    drop_contact,
    note_held,
    plan_contact,
    write_day,
    write_note,
)
from matchmaker.placements.ending import (
    call_off,
    describe_product,
    finish,
    let_follow,
    show_product,
    stop_follow,
    withdraw_product,
)
from matchmaker.placements.evaluations import evaluate, reply
from matchmaker.placements.preparing import add_item, settle, start
from matchmaker.placements.signalling import answer_signal, raise_signal
from matchmaker.placements.signing import amend, send_to_sign, signed_by_all, withdraw_agreement
from matchmaker.placements.starting import name_person, open_placement, start_from_match

__all__ = [
    "add_item",
    "amend",
    "answer_signal",
    "approve",
    "arrange",
    "call_off",
    "confirm_days",
    "describe_product",
    "drop_contact",
    "evaluate",
    "finish",
    "let_follow",
    "name_person",
    "note_held",
    "open_placement",
    "plan_contact",
    "raise_signal",
    "reopen",
    "reply",
    "send_back",
    "send_to_sign",
    "set_presence",
    "settle",
    "show_product",
    "signed_by_all",
    "start",
    "start_from_match",
    "stop_follow",
    "submit",
    "withdraw_agreement",
    "withdraw_product",
    "write_day",
    "write_note",
]
