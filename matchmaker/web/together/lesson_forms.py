"""Forms around a lecture or visit: its files, and looking back on it."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional

from matchmaker.sessions.actions import Report
from matchmaker.sessions.models import Again, Fit, Session, WhyNot
from matchmaker.sessions.states import State
from matchmaker.vocabulary import Party
from matchmaker.web.fields import EditForm, Form, WholeNumberField, at_most, options
from matchmaker.web.together.forms import NOTE_LENGTH
from matchmaker.web.uploads import UploadsField
from matchmaker.words.sessions import AGAIN_QUESTIONS, AGAINS, FIT_QUESTIONS, FITS, WHY_NOT


class MaterialsForm(Form):
    files = UploadsField(_l("Bestanden"))


class LookBackForm(EditForm):
    """Did it take place, how many came, and two questions. What can be left out the domain says."""

    held = RadioField(
        _l("Ging het door?"), [Optional()], choices=options([("yes", _l("Ja, het ging door")), ("no", _l("Nee"))])
    )
    students = WholeNumberField(_l("Hoeveel studenten waren er?"), [Optional()])
    fit = RadioField("", [Optional()], choices=options((code.value, text) for code, text in FITS.items()))
    again = RadioField("", [Optional()], choices=options((code.value, text) for code, text in AGAINS.items()))
    note = TextAreaField(_l("Wilt u de ander nog iets laten weten?"), [Optional(), at_most(NOTE_LENGTH)])
    why_not = RadioField(
        _l("Waarom ging het niet door?"),
        [Optional()],
        choices=options((code.value, text) for code, text in WHY_NOT.items()),
    )
    why_not_note = TextAreaField(_l("Wilt u dat uitleggen?"), [Optional(), at_most(NOTE_LENGTH)])

    def for_reader(self, side: Party, session: Session | None) -> "LookBackForm":
        """The questions of one side; what the other side told already is not asked again."""
        self.fit.label.text = str(FIT_QUESTIONS[side])
        self.again.label.text = str(AGAIN_QUESTIONS[side])
        if session is not None and session.state is State.HELD:
            del self.held, self.why_not, self.why_not_note
            if side is Party.MUNICIPALITY:
                del self.students
            elif self.students.data is None and not self.is_submitted():
                self.students.data = session.students
        said = session.view_of(side) if session and not session.shows_all else None
        if session is not None and said is not None:
            counted = {"students": session.students} if self.students else {}
            self.is_current_as({"fit": said.fit, "again": said.again, "note": said.note, **counted})
        return self

    @property
    def report(self) -> Report:
        """What was filled in."""
        given = {name: field.data for name, field in self._fields.items()}
        return Report(
            held={"yes": True, "no": False}.get(given.get("held") or ""),
            students=given.get("students"),
            why_not=WhyNot(given["why_not"]) if given.get("why_not") else None,
            why_not_note=given.get("why_not_note") or "",
            fit=Fit(given["fit"]) if given.get("fit") else None,
            again=Again(given["again"]) if given.get("again") else None,
            note=given.get("note") or "",
        )
