"""Every verb of a match. Each takes one step through `Match.move`, writes one line in the log and queues the letters.

The verbs live in files by who acts; this is the place to import them from.
"""

from matchmaker.matches.answering import answer_as_colleague, ask, assign, offer, route, take
from matchmaker.matches.asking import ask_desk, reply, request
from matchmaker.matches.closing import forward, refuse, withdraw
from matchmaker.matches.handing_over import hand_over
from matchmaker.matches.proposing import propose_for
from matchmaker.matches.settling import accept, agree, complete, propose_dates, reschedule
from matchmaker.matches.watching import escalate_late, lapse_closed, remind_due

__all__ = [
    "accept",
    "agree",
    "answer_as_colleague",
    "ask",
    "ask_desk",
    "assign",
    "complete",
    "escalate_late",
    "forward",
    "hand_over",
    "lapse_closed",
    "offer",
    "propose_dates",
    "propose_for",
    "refuse",
    "remind_due",
    "reply",
    "request",
    "reschedule",
    "route",
    "take",
    "withdraw",
]
