"""Forms of a placement. They check shape; what can be true is decided by the domain."""

import re
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    EmailField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from matchmaker.consents.models import Purpose
from matchmaker.placements.models import EndReason, Presence
from matchmaker.vocabulary import Mode
from matchmaker.web.fields import CheckboxesField, EditForm, Form, WholeNumberField, at_most, options
from matchmaker.web.together.forms import Date
from matchmaker.words.consents import asked_now
from matchmaker.words.labels import choices
from matchmaker.words.placements import placed_choices

LONG, LINE = 4000, 300
MOST_GOALS = 8
WEEKDAYS = (
    ("mon", _l("maandag")),
    ("tue", _l("dinsdag")),
    ("wed", _l("woensdag")),
    ("thu", _l("donderdag")),
    ("fri", _l("vrijdag")),
)


_HOURS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")
_MONTH = re.compile(r"[0-9]{1,2}-[0-9]{4}")


class Hours(DecimalField):
    """Hours with a comma or a point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = [each.strip().replace(",", ".") for each in valuelist]
        if any(each and not _HOURS.fullmatch(each) for each in typed):
            self.data = None
            raise ValueError(str(_l("Vul uren in, zoals 8 of 7,5.")))
        super().process_formdata(typed)


class PersonForm(Form):
    """Someone with a part: a name and an address."""

    name = StringField(_l("Naam"), [DataRequired(_l("Vul de naam in.")), at_most(120)])
    address = EmailField(_l("Mailadres"), [DataRequired(_l("Vul het mailadres in.")), at_most(254)])
    language = SelectField(
        _l("Taal van de mail"), choices=options([("nl", _l("Nederlands")), ("en", _l("Engels"))]), default="nl"
    )


class StudentForm(PersonForm):
    """The student the school names for a place."""

    programme = SelectField(_l("Opleiding"), [InputRequired(_l("Kies de opleiding."))], choices=[])
    adult = RadioField(
        _l("Is de student 18 jaar of ouder?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options([("yes", _l("Ja")), ("no", _l("Nee, de student is 16 of 17"))]),
    )
    month = StringField(
        _l("In welke maand wordt de student 18?"),
        [at_most(10)],
        description=_l("Alleen als de student nog geen 18 is. Zoals 03-2027. Wij vragen geen geboortedatum."),
    )
    presence = SelectField(
        _l("Wat houdt de student bij?"), choices=options(placed_choices(Presence)), default=Presence.NOTHING.value
    )

    def validate_month(self, field: Field) -> None:
        """Needed for who is under 18, and then a month that is still to come or now."""
        if self.adult.data == "no" and self.minor_until is None:
            raise ValidationError(gettext("Vul maand en jaar in, zoals 03-2027."))

    @property
    def minor_until(self) -> date | None:
        """The first day of the month someone turns 18; None for who is of age or what is no month."""
        if self.adult.data != "no":
            return None
        month, _, year = (self.month.data or "").strip().replace("/", "-").partition("-")
        if not _MONTH.fullmatch(f"{month}-{year}"):
            return None
        return date(int(year), int(month), 1) if 1 <= int(month) <= 12 and int(year) >= 2020 else None


class ArrangementForm(EditForm):
    """What is arranged. Everything may wait, except what is needed to go on."""

    assignment = TextAreaField(
        _l("De opdracht"), [Optional(), at_most(LONG)], description=_l("Wat gaat de student doen? Schrijf het kort.")
    )
    hours_per_week = WholeNumberField(_l("Uren per week"), [Optional()])
    weekdays = CheckboxesField(_l("Dagen"), [Optional()], choices=options(WEEKDAYS))
    first_day = Date(_l("Eerste dag"), [Optional()])
    last_day = Date(_l("Laatste dag"), [Optional()])
    allowance = WholeNumberField(
        _l("Vergoeding per maand"), [Optional()], description=_l("In hele euro's. Krijgt de student niets? Vul 0 in.")
    )
    workplace = StringField(_l("Werkplek"), [Optional(), at_most(LINE)], description=_l("Gebouw en adres."))
    mode = SelectField(_l("Waar werkt de student?"), choices=options([("", _l("Kies")), *choices(Mode)]))
    crebo = StringField(
        _l("Crebo"), [Optional(), at_most(5)], description=_l("Het nummer van de mbo-opleiding, vijf cijfers.")
    )
    in_english = BooleanField(
        _l("Maak de overeenkomst ook in het Engels"),
        description=_l("Het Engels staat naast het Nederlands. De Nederlandse tekst geldt."),
    )


class DecisionForm(Form):
    """The programme says yes, or asks for something else."""

    decision = RadioField(
        _l("Is dit een goede stage?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options([("yes", _l("Ja, ik keur het goed")), ("no", _l("Nee, er moet iets anders"))]),
    )
    note = TextAreaField(_l("Wilt u er iets bij schrijven?"), [Optional(), at_most(LONG)])
    presence = SelectField(_l("Wat houdt de student bij?"), choices=options(placed_choices(Presence)))
    interim_on = Date(_l("Rond welke dag is het tussentijdse gesprek?"), [Optional()])


class NoteStepForm(Form):
    note = TextAreaField(_l("Waarom?"), [DataRequired(_l("Schrijf waarom.")), at_most(LONG)])


class ItemForm(Form):
    title = StringField(_l("Wat moet er nog klaar zijn?"), [DataRequired(_l("Schrijf wat.")), at_most(160)])


class ContactForm(Form):
    """A talk on a day."""

    planned_on = Date(_l("Welke dag?"), [InputRequired(_l("Kies een dag."))])
    about = StringField(_l("Waar gaat het over?"), [Optional(), at_most(200)])
    at_workplace = BooleanField(_l("Het gesprek is op de werkplek"))


class HeldForm(Form):
    """It was held, with what was said."""

    held_on = Date(_l("Welke dag was het?"), [InputRequired(_l("Kies een dag."))])
    at_workplace = BooleanField(_l("Het gesprek was op de werkplek"))
    text = TextAreaField(_l("Wat spraken jullie af?"), [Optional(), at_most(LONG)])
    shared = RadioField(
        _l("Wie leest dit?"), choices=options([("yes", _l("Iedereen")), ("no", _l("Alleen mijn kant"))]), default="yes"
    )


class NoteForm(Form):
    text = TextAreaField(_l("Notitie"), [DataRequired(_l("Schrijf eerst iets.")), at_most(LONG)])
    shared = RadioField(
        _l("Wie leest dit?"), choices=options([("yes", _l("Iedereen")), ("no", _l("Alleen mijn kant"))]), default="yes"
    )


class DayForm(Form):
    day = Date(_l("Welke dag?"), [InputRequired(_l("Kies een dag."))])
    hours = Hours(_l("Hoeveel uur?"), [Optional()])
    what = StringField(_l("Wat deed je?"), [Optional(), at_most(LINE)])

    @property
    def minutes(self) -> int | None:
        return None if self.hours.data is None else round(self.hours.data * 60)


class SignalForm(Form):
    to_side = RadioField(_l("Wie kan helpen?"), [InputRequired(_l("Kies wie dit leest."))], choices=[])
    text = TextAreaField(_l("Wat gaat er niet goed?"), [DataRequired(_l("Schrijf wat er is.")), at_most(LONG)])


class AnswerForm(Form):
    answer = TextAreaField(_l("Wat gaat u doen?"), [DataRequired(_l("Schrijf uw antwoord.")), at_most(LONG)])


class EvaluationForm(Form):
    """How it goes, or went."""

    good = TextAreaField(_l("Wat gaat goed?"), [DataRequired(_l("Schrijf wat goed gaat.")), at_most(LONG)])
    better = TextAreaField(_l("Wat kan beter?"), [Optional(), at_most(LONG)])
    enough = RadioField(_l("Is het voldoende?"), [Optional()], choices=options([("yes", _l("Ja")), ("no", _l("Nee"))]))


class ReplyForm(Form):
    agrees = RadioField(
        _l("Klopt dit?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options([("yes", _l("Ja, dit klopt")), ("no", _l("Nee, ik zie het anders"))]),
    )
    reason = TextAreaField(_l("Wat zie je anders?"), [Optional(), at_most(LONG)])


class CallOffForm(Form):
    because = RadioField(
        _l("Waarom stopt het?"),
        [InputRequired(_l("Kies een reden."))],
        choices=options(placed_choices(EndReason)),
    )
    note = TextAreaField(_l("Wilt u het uitleggen?"), [Optional(), at_most(LONG)])


class FollowForm(Form):
    until = Date(_l("Tot welke dag?"), [InputRequired(_l("Kies een dag."))])
    consents = BooleanField(asked_now(Purpose.FOLLOW))


class ProductForm(Form):
    title = StringField(_l("Titel"), [DataRequired(_l("Geef het een titel.")), at_most(160)])
    summary = TextAreaField(
        _l("Wat kwam eruit?"),
        [DataRequired(_l("Schrijf wat eruit kwam.")), at_most(LONG)],
        description=_l("Noem geen namen. Je eigen naam komt er ook niet bij."),
    )
    may_show = BooleanField(asked_now(Purpose.PRODUCT))


class RecognitionForm(Form):
    crebo = StringField(_l("Crebo"), [DataRequired(_l("Vul het crebo in.")), at_most(5)])
    company_id = StringField(_l("Nummer van het leerbedrijf"), [DataRequired(_l("Vul het nummer in.")), at_most(20)])
    valid_until = Date(_l("Geldig tot en met"), [InputRequired(_l("Kies een dag."))])


class StandardCheckForm(Form):
    title = StringField(_l("Wat moet altijd klaar zijn?"), [DataRequired(_l("Schrijf wat.")), at_most(160)])
