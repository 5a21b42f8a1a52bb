"""Every verb of an application. Each takes one step through `Application.move`, writes one line in the log and queues
the letters.

The verbs live in files by who acts; this is the place to import them from.
"""

from matchmaker.applications.answering import approve, invite, offer, refuse
from matchmaker.applications.applying import accept, apply, decline, withdraw
from matchmaker.applications.filling import fill_taken
from matchmaker.applications.placing import begin_placement, give_up
from matchmaker.applications.watching import escalate_applications, forget_applications, remind_applications

__all__ = [
    "accept",
    "apply",
    "approve",
    "begin_placement",
    "decline",
    "escalate_applications",
    "fill_taken",
    "give_up",
    "forget_applications",
    "invite",
    "offer",
    "refuse",
    "remind_applications",
    "withdraw",
]
