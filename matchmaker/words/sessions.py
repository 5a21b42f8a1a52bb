"""Lectures and visits in words: what came of them, and what both sides say."""

from flask_babel import ngettext

from matchmaker.sessions.models import Again, Fit, Session, SessionView, WhyNot
from matchmaker.sessions.states import State
from matchmaker.vocabulary import Party
from matchmaker.words.language import gettext
from matchmaker.words.language import lazy_gettext as _l

WHY_NOT = {
    WhyNot.SPEAKER: _l("De spreker kon niet komen"),
    WhyNot.SCHOOL: _l("De school kon niet"),
    WhyNot.TOO_FEW: _l("Er waren te weinig studenten"),
    WhyNot.TRAVEL: _l("Reizen lukte niet die dag"),
    WhyNot.OTHER: _l("Een andere reden"),
}
FITS = {Fit.WELL: _l("Goed"), Fit.PARTLY: _l("Deels"), Fit.NOT: _l("Niet")}
AGAINS = {Again.YES: _l("Ja"), Again.MAYBE: _l("Misschien"), Again.NO: _l("Nee")}
FIT_QUESTIONS = {
    Party.SCHOOL: _l("Paste het bij wat de studenten leren?"),
    Party.MUNICIPALITY: _l("Waren de studenten voorbereid?"),
}
AGAIN_QUESTIONS = {
    Party.SCHOOL: _l("Vraagt u deze gemeente vaker?"),
    Party.MUNICIPALITY: _l("Wilt u dit vaker doen?"),
}


def told_line(session: Session | None) -> str:
    """Ging door, met 24 studenten. Empty while nobody told."""
    if session is None or session.state is State.EXPECTED:
        return ""
    if session.state is State.HELD:
        return ngettext("Ging door, met %(num)d student.", "Ging door, met %(num)d studenten.", session.students or 0)
    return gettext("Ging niet door. %(why)s.", why=WHY_NOT[session.why_not] if session.why_not else "")


def view_lines(view: SessionView) -> list[tuple[str, str]]:
    """The questions of a side with what it answered."""
    lines = [
        (str(FIT_QUESTIONS[view.side]), str(FITS[view.fit])),
        (str(AGAIN_QUESTIONS[view.side]), str(AGAINS[view.again])),
        (gettext("Erbij geschreven"), view.note),
    ]
    return [(question, answer) for question, answer in lines if answer]
