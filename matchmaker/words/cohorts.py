"""A round for a cohort in words."""

from matchmaker.cohorts.models import CohortRound
from matchmaker.cohorts.opening import NOBODY_THERE, STUDENT_GONE
from matchmaker.cohorts.states import Answer, State
from matchmaker.words.dates import say_date
from matchmaker.words.language import gettext
from matchmaker.words.language import lazy_gettext as _l

ANSWERS = {
    Answer.ASKED: _l("Wacht op antwoord"),
    Answer.LENT: _l("Doet mee"),
    Answer.REFUSED: _l("Doet niet mee"),
}


_WHY_LEFT = {
    STUDENT_GONE: _l("De student studeert niet meer bij uw school, of het account is gesloten."),
    NOBODY_THERE: _l("Bij de gemeente is nu niemand die de student begeleidt of opvangt."),
}


def why_left(code: str) -> str:
    """Why the placement of someone was not opened."""
    return str(_WHY_LEFT[code])


def programmes_of(cohort: CohortRound) -> str:
    """For whom it is: `Bestuurskunde, Rechten`."""
    return ", ".join(each.name for each in cohort.programmes)


def standing(cohort: CohortRound) -> str:
    """Where a round stands: `Studenten kiezen tot en met vrijdag 5 maart`."""
    if cohort.takes_wishes:
        return gettext("Studenten kiezen tot en met %(day)s", day=say_date(cohort.wishes_until))
    return str(
        {
            State.OPEN: gettext("Klaar om te verdelen"),
            State.RUNNING: gettext("De plekken worden verdeeld"),
            State.PUBLISHED: gettext("Verdeeld"),
            State.CANCELLED: gettext("Gestopt"),
        }[cohort.state]
    )
