"""Forms on the pages both sides see. They check shape; what can be true is decided by the domain."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from matchmaker.appointments.models import AppointmentKind
from matchmaker.database import MAX_ID
from matchmaker.threads.actions import LONGEST
from matchmaker.vocabulary import Refusal
from matchmaker.web.fields import EditForm, Form, WholeNumberField, at_most, options
from matchmaker.web.uploads import UploadsField
from matchmaker.words.labels import choices

NOTE_LENGTH = 2000
LINE_LENGTH = 300


class NoteForm(Form):
    """A few words with a step."""

    note = TextAreaField(_l("Wilt u er iets bij schrijven?"), [Optional(), at_most(NOTE_LENGTH)])


class AskDeskForm(NoteForm):
    municipality = RadioField(
        _l("Welke gemeente?"), [InputRequired(_l("Kies een gemeente."))], validate_choice=True, choices=[]
    )


class AskWithOwnForm(NoteForm):
    """Which own posting a response belongs to; `new` is without one."""

    own = RadioField(_l("Waar hoort dit bij?"), [InputRequired(_l("Kies waar dit bij hoort."))], choices=[])
    municipality = SelectField(_l("Namens welke gemeente?"), choices=[], validate_choice=False)

    def offer_municipalities(self, names: list[tuple[str, str]]) -> None:
        """The municipalities of the region; who is no region is not asked."""
        if names:
            self.municipality.choices = options([("", gettext("Kies een gemeente")), *names])
        else:
            del self.municipality

    @property
    def chosen_municipality(self) -> str:
        """The code that was chosen; empty when nothing was."""
        return self.municipality.data or "" if "municipality" in self else ""


class ReplyForm(Form):
    answer = TextAreaField(_l("Uw antwoord"), [DataRequired(_l("Schrijf uw antwoord.")), at_most(NOTE_LENGTH)])


class RefusalForm(Form):
    """No, with a reason from the list."""

    refusal = RadioField(_l("Waarom niet?"), [InputRequired(_l("Kies een reden."))], choices=[])
    note = TextAreaField(_l("Wilt u het uitleggen?"), [Optional(), at_most(NOTE_LENGTH)])

    def offer_reasons(self, reasons: frozenset[Refusal]) -> None:
        self.refusal.choices = options(choices(Refusal, only=reasons))


class WithdrawForm(Form):
    note = TextAreaField(
        _l("Waarom stopt u?"), [DataRequired(_l("Schrijf waarom u stopt. De ander leest dit.")), at_most(NOTE_LENGTH)]
    )


class ColleagueForm(Form):
    """What a colleague who was asked answers."""

    answer = RadioField(
        _l("Kunt u dit doen?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options(
            [
                ("yes", _l("Ja, dat doe ik graag")),
                ("no", _l("Nee, dat lukt niet")),
                ("other", _l("Ik niet, maar een ander wel")),
            ]
        ),
    )
    refusal = SelectField(_l("Zegt u nee? Kies de reden"), [Optional()], choices=[])
    suggested = SelectField(_l("Weet u een ander? Kies wie"), [Optional()], choices=[])
    note = TextAreaField(_l("Wilt u er iets bij schrijven?"), [Optional(), at_most(NOTE_LENGTH)])


_WRONG_DAY = _l("Deze datum bestaat niet. Vul dag, maand en jaar in.")
_WRONG_TIME = _l("Deze tijd bestaat niet. Vul uren en minuten in, zoals 10:30.")


class Date(DateField):
    """A day; what is no day is said in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(_WRONG_DAY)) from error


class Clock(TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(_WRONG_TIME)) from error


class Minutes(WholeNumberField):
    """A number of minutes."""

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, wrong=_l("Vul het aantal minuten in, met alleen cijfers."), **named)


class SlotsForm(NoteForm):
    """Up to three moments. The first is needed, the others may stay empty."""

    day_1 = Date(_l("Datum"), [InputRequired(_l("Kies een datum."))])
    start_1 = Clock(_l("Begin"), [InputRequired(_l("Kies hoe laat het begint."))])
    minutes_1 = Minutes(_l("Duur in minuten"), [InputRequired(_l("Vul in hoe lang het duurt."))])
    day_2 = Date(_l("Datum"), [Optional()])
    start_2 = Clock(_l("Begin"), [Optional()])
    minutes_2 = Minutes(_l("Duur in minuten"), [Optional()])
    day_3 = Date(_l("Datum"), [Optional()])
    start_3 = Clock(_l("Begin"), [Optional()])
    minutes_3 = Minutes(_l("Duur in minuten"), [Optional()])


class PeriodsForm(NoteForm):
    """Up to three periods of days. The first is needed."""

    first_1 = Date(_l("Eerste dag"), [InputRequired(_l("Kies de eerste dag."))])
    last_1 = Date(_l("Laatste dag"), [InputRequired(_l("Kies de laatste dag."))])
    first_2 = Date(_l("Eerste dag"), [Optional()])
    last_2 = Date(_l("Laatste dag"), [Optional()])
    first_3 = Date(_l("Eerste dag"), [Optional()])
    last_3 = Date(_l("Laatste dag"), [Optional()])


class ChooseForm(Form):
    slot = StringField(_l("Moment"), [InputRequired(_l("Kies een van de momenten."))])


def number_of(text: str) -> int:
    """The number of a row as it came from a form; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MAX_ID else 0


class DetailsForm(EditForm):
    """Where it is and what was arranged."""

    location = StringField(_l("Plaats"), [Optional(), at_most(LINE_LENGTH)], description=_l("Gebouw, zaal en adres."))
    online_url = StringField(
        _l("Link om online mee te doen"), [Optional(), at_most(500)], description=_l("Begint met https://")
    )
    arrangements = TextAreaField(
        _l("Afspraken"),
        [Optional(), at_most(NOTE_LENGTH)],
        description=_l("Wie zorgt voor wat? Waar meldt iemand zich? Wat is er klaar in de zaal?"),
    )


class StandbyForm(Form):
    standby = SelectField(_l("Wie is reserve?"), [InputRequired(_l("Kies een collega."))], choices=[])


class ConfirmForm(NoteForm):
    """Two days ahead. `explains_a_no` is whether a no needs words with it."""

    explains_a_no = False
    coming = RadioField(
        _l("Gaat het door?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options([("yes", _l("Ja, het gaat door")), ("no", _l("Nee, het lukt mij niet"))]),
    )


class StartConfirmForm(ConfirmForm):
    """Two days ahead of a first day or a term: what is wrong has to be said, because nobody can guess it."""

    explains_a_no = True
    coming = RadioField(
        _l("Begint het zoals afgesproken?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options([("yes", _l("Ja, alles klopt")), ("no", _l("Nee, er klopt iets niet"))]),
    )
    note = TextAreaField(_l("Wat klopt er niet?"), [at_most(NOTE_LENGTH)])

    def validate_note(self, field: Field) -> None:
        """Needed with a no."""
        if self.coming.data == "no" and not (field.data or "").strip():
            raise ValidationError(gettext("Schrijf op wat er niet klopt."))


def confirm_form(kind: AppointmentKind) -> ConfirmForm:
    """The question that goes with the kind of appointment."""
    return ConfirmForm() if kind is AppointmentKind.SESSION else StartConfirmForm()


class MessageForm(Form):
    text = TextAreaField(_l("Schrijf een bericht"), [at_most(LONGEST)])
    files = UploadsField(_l("Bestanden erbij"))

    def validate_text(self, field: Field) -> None:
        """A message says something or brings a file."""
        if not (field.data or "").strip() and not self.files.given:
            raise ValidationError(gettext("Schrijf eerst een bericht."))


class FinishForm(Form):
    """Nothing but the button; `completed` is where the domain puts its refusal."""

    completed = StringField(_l("Geweest"))
