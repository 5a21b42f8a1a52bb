"""Forms of a group assignment. They check shape; what can be true is decided by the domain."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from matchmaker.assignments.models import AssignmentFile, Decision, StopReason
from matchmaker.web.fields import TITLE_LENGTH, CheckboxesField, EditForm, Form, WholeNumberField, at_most, options
from matchmaker.web.together.forms import LINE_LENGTH, NOTE_LENGTH, Clock, Date, Minutes
from matchmaker.web.uploads import UploadsField
from matchmaker.words.labels import choices


class GroupForm(EditForm):
    name = StringField(_l("Naam van de groep"), [DataRequired(_l("Geef de groep een naam.")), at_most(120)])
    students = WholeNumberField(
        _l("Aantal studenten"),
        [InputRequired(_l("Vul in hoeveel studenten meedoen."))],
        wrong=_l("Vul het aantal studenten in, met alleen cijfers."),
    )
    topic = StringField(
        _l("Waaraan werkt deze groep?"), [Optional(), at_most(LINE_LENGTH)],
        description=_l("Een deel van de vraag, of een eigen aanpak. Schrijf geen namen van studenten op."),
    )  # fmt: skip


class MilestoneForm(EditForm):
    title = StringField(
        _l("Wat is er dan klaar?"), [DataRequired(_l("Schrijf wat er klaar is.")), at_most(TITLE_LENGTH)]
    )
    day = Date(_l("Op welke dag?"), [InputRequired(_l("Kies een datum."))])


class PresentationForm(EditForm):
    day = Date(_l("Datum"), [InputRequired(_l("Kies een datum."))])
    hour = Clock(_l("Begin"), [InputRequired(_l("Kies hoe laat het begint."))])
    minutes = Minutes(_l("Duur in minuten"), [InputRequired(_l("Vul in hoe lang het duurt."))])
    place = StringField(
        _l("Plaats"), [Optional(), at_most(LINE_LENGTH)], description=_l("Gebouw, zaal en adres, of online.")
    )


class ResultForm(EditForm):
    result = TextAreaField(
        _l("Wat kwam eruit?"), [DataRequired(_l("Schrijf op wat eruit kwam.")), at_most(8000)],
        description=_l("Wat was de vraag, wat deden de groepen, wat is het advies? Noem geen studenten."),
    )  # fmt: skip
    result_url = StringField(
        _l("Link naar het werk"), [Optional(), at_most(500)], description=_l("Begint met https://")
    )
    files = UploadsField(_l("Bestanden erbij"))
    drop = CheckboxesField(_l("Welke bestanden gaan weg?"), [Optional()])

    def for_files(self, files: Sequence[AssignmentFile]) -> "ResultForm":
        """What was handed in before and can go again."""
        if files:
            self.drop.choices = options((str(each.id), each.file.name) for each in files)
        else:
            del self.drop
        return self

    @property
    def dropped(self) -> set[int]:
        """The numbers of the files that go."""
        return {int(number) for number in self.drop.data or ()} if self.drop else set()


class DecisionForm(EditForm):
    decision = RadioField(
        _l("Wat doet de gemeente met het resultaat?"), [InputRequired(_l("Kies wat de gemeente doet."))],
        choices=options(choices(Decision)),
    )  # fmt: skip
    note = TextAreaField(
        _l("Leg het uit"), [DataRequired(_l("Schrijf waarom. De studenten lezen dit.")), at_most(NOTE_LENGTH)]
    )


class StopForm(Form):
    reason = RadioField(
        _l("Waarom stopt het?"), [InputRequired(_l("Kies een reden."))], choices=options(choices(StopReason))
    )
    note = TextAreaField(
        _l("Leg het uit"),
        [DataRequired(_l("Schrijf waarom u stopt. De ander leest dit.")), at_most(NOTE_LENGTH)],
    )
