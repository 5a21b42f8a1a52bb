"""Months of work, played in the order in which they happened, with what the product does by itself each morning."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from matchmaker.applications.actions import escalate_applications, remind_applications
from matchmaker.appointments.scheduled import ask_confirmations
from matchmaker.clock import at, local, pretending
from matchmaker.delivery import send_digests
from matchmaker.listings.actions import expire_due, warn_expiring
from matchmaker.matches.actions import escalate_late, lapse_closed, remind_due
from matchmaker.reference.holidays import is_working_day

Act = Callable[[], object]
MORNING = time(7, 30)


@dataclass(slots=True)
class Timeline:
    """Acts with the moment each happened. Equal moments keep the order in which they were added."""

    acts: list[tuple[datetime, Act]] = field(default_factory=list)

    def add(self, moment: datetime, act: Act) -> None:
        self.acts.append((moment, act))

    def play(self, until: datetime) -> int:
        """Do everything at its moment, and the morning work of every day in between; returns how many acts."""
        acts = sorted(self.acts, key=lambda each: each[0])
        if not acts:
            return 0
        days = (local(until).date() - local(acts[0][0]).date()).days
        mornings = [at(local(acts[0][0]).date() + timedelta(days=number), MORNING) for number in range(days + 1)]
        work = [(moment, _morning) for moment in mornings if moment <= until]
        for moment, act in sorted([*work, *acts], key=lambda each: each[0]):
            with pretending(moment):
                if act is _morning:
                    _do_morning(moment)
                else:
                    act()
        return len(acts)


def _morning() -> None:
    """Marks the moment at which the product does its own work."""


def _do_morning(moment: datetime) -> None:
    expire_due(moment)
    warn_expiring(moment)
    lapse_closed(moment)
    escalate_late(moment)
    remind_due(moment)
    escalate_applications(moment)
    remind_applications(moment)
    ask_confirmations(moment)
    if is_working_day(local(moment).date()):
        send_digests(moment)
