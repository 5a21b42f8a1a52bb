"""Forms about committees. They check shape; what can be true is decided by the domain."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from matchmaker.organisations.models import Faculty, Membership, Programme
from matchmaker.reference import work_fields
from matchmaker.vocabulary import AdviceAnswer, CommitteeKind, Level, MunicipalitySize, TermEnd
from matchmaker.web.account.fields import email_field
from matchmaker.web.fields import TEXT_LENGTH, CheckboxesField, EditForm, Form, WholeNumberField, at_most, options
from matchmaker.web.together.forms import Clock, Date, Minutes
from matchmaker.words.field_names import field_name
from matchmaker.words.labels import choices

NAME, LINE = 160, 300
_LEVELS = frozenset(Level) - {Level.VO}


class CommitteeForm(EditForm):
    """A committee. Its programme may stay open when it is about the whole faculty."""

    name = StringField(_l("Naam van de commissie"), [DataRequired(_l("Geef de commissie een naam.")), at_most(NAME)])
    kind = RadioField(
        _l("Waar gaat de commissie over?"),
        [InputRequired(_l("Kies waar de commissie over gaat."))],
        choices=options(choices(CommitteeKind)),
    )
    faculty = SelectField(_l("Faculteit"), [InputRequired(_l("Kies een faculteit."))], choices=[])
    programme = SelectField(_l("Opleiding"), [Optional()], choices=[])
    purpose = TextAreaField(
        _l("Wat doet de commissie?"), [at_most(2000)], description=_l("Dit lezen mensen die u vraagt.")
    )
    term_years = WholeNumberField(_l("Een termijn duurt"), [InputRequired(_l("Vul een aantal jaren in."))], default=4)
    renewals = WholeNumberField(
        _l("Hoe vaak mag iemand verlengen?"), [InputRequired(_l("Vul een getal in, of 0."))], default=1
    )
    meetings_per_year = WholeNumberField(
        _l("Vergaderingen per jaar"), [InputRequired(_l("Vul een aantal in."))], default=2
    )
    owner = SelectField(_l("Wie houdt de commissie bij?"), [Optional()], choices=[])

    def offer(
        self, faculties: Sequence[Faculty], programmes: Sequence[Programme], people: Sequence[Membership]
    ) -> None:
        """The parts and the people of this school. Who has one faculty need not choose it."""
        if len(faculties) == 1 and not self.is_submitted():
            self.faculty.data = str(faculties[0].id)
        names = ((str(each.id), each.name) for each in faculties)
        self.faculty.choices = options([("", gettext("Kies een faculteit.")), *names])
        names = ((str(each.id), f"{each.name} ({each.faculty.name})") for each in programmes)
        self.programme.choices = options([("", _l("De hele faculteit")), *names])
        keepers = {str(each.account_id): each.account.display_name for each in people}
        self.owner.choices = options([("", _l("Alle stagecoördinatoren")), *keepers.items()])


class ProfileFields(EditForm):
    """What a seat asks, or a person brings."""

    work_field = SelectField(_l("Werkveld"), [Optional()], choices=[])
    size = SelectField(_l("Grootte van de gemeente"), [Optional()], choices=[])

    def offer_profile(self) -> None:
        fields = ((each.code, field_name(each)) for each in work_fields())
        self.work_field.choices = options([("", _l("Maakt niet uit")), *fields])
        self.size.choices = options([("", _l("Maakt niet uit")), *choices(MunicipalitySize)])

    @property
    def chosen_size(self) -> MunicipalitySize | None:
        return MunicipalitySize(self.size.data) if self.size.data else None


class SeatForm(ProfileFields):
    """One seat with its profile."""

    name = StringField(
        _l("Naam van de plek"),
        [DataRequired(_l("Geef de plek een naam.")), at_most(120)],
        description=_l("Bijvoorbeeld: iemand uit de praktijk van water"),
    )
    level = SelectField(_l("Denkniveau"), [Optional()], choices=[])
    profile = TextAreaField(_l("Wie zoekt u?"), [at_most(1000)])

    def offer_levels(self) -> None:
        self.level.choices = options([("", _l("Maakt niet uit")), *choices(Level, only=_LEVELS)])

    @property
    def chosen_level(self) -> Level | None:
        return Level(self.level.data) if self.level.data else None


class InviteForm(ProfileFields):
    """Who is asked for a seat, or sits there already."""

    name = StringField(_l("Naam"), [DataRequired(_l("Vul de naam in.")), at_most(120)])
    email = email_field(_l("Mailadres"))
    organisation_name = StringField(
        _l("Gemeente of organisatie"),
        [at_most(NAME)],
        description=_l("Van een gemeente kennen wij de grootte. Die hoeft u dan niet te kiezen."),
    )
    job_title = StringField(_l("Functie"), [at_most(120)])
    starts_on = Date(_l("Eerste dag"), [InputRequired(_l("Kies de eerste dag."))])
    ends_on = Date(_l("Laatste dag"), [Optional()])
    note = TextAreaField(_l("Wat wilt u erbij zeggen?"), [at_most(2000)])
    already = BooleanField(_l("Deze persoon zit er al. Stuur geen uitnodiging."))


class SeatAnswerForm(Form):
    """The answer of who was asked."""

    answer = RadioField(
        _l("Doet u mee?"),
        [InputRequired(_l("Kies ja of nee."))],
        choices=options([("yes", _l("Ja, ik doe mee")), ("no", _l("Nee, ik doe niet mee"))]),
    )
    note = TextAreaField(_l("Wilt u er iets bij schrijven?"), [at_most(2000)])


class StopForm(Form):
    because = RadioField(
        _l("Waarom stopt dit lid?"), [InputRequired(_l("Kies een reden."))], choices=options(choices(TermEnd))
    )


class MeetingForm(EditForm):
    """When, where and about what."""

    title = StringField(_l("Titel"), [DataRequired(_l("Geef de vergadering een titel.")), at_most(200)])
    day = Date(_l("Datum"), [InputRequired(_l("Kies een datum."))])
    start = Clock(_l("Begin"), [InputRequired(_l("Kies hoe laat het begint."))])
    minutes = Minutes(_l("Duur in minuten"), [InputRequired(_l("Vul in hoe lang het duurt."))], default=120)
    location = StringField(_l("Plaats"), [at_most(LINE)], description=_l("Gebouw, zaal en adres."))
    online_url = StringField(_l("Link om online mee te doen"), [at_most(500)], description=_l("Begint met https://"))
    agenda = TextAreaField(_l("Agendapunten"), [at_most(4000)], description=_l("Zet elk punt op een eigen regel."))


class CancelForm(Form):
    because = TextAreaField(
        _l("Waarom gaat het niet door?"), [DataRequired(_l("Schrijf de reden. De leden lezen dit.")), at_most(2000)]
    )


class ComingForm(Form):
    coming = RadioField(
        _l("Bent u erbij?"),
        [InputRequired(_l("Kies ja of nee."))],
        choices=options([("yes", _l("Ja, ik ben erbij")), ("no", _l("Nee, ik kan niet"))]),
    )
    note = TextAreaField(_l("Wilt u er iets bij schrijven?"), [at_most(500)])


class HoldForm(Form):
    """Who was there and what was said."""

    present = CheckboxesField(_l("Wie waren er?"), choices=[])
    minutes = TextAreaField(_l("Verslag"), [at_most(TEXT_LENGTH)])

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        self.present.choices = options(people)


class AdviceForm(Form):
    """What the committee says to the school."""

    title = StringField(_l("Advies in één zin"), [DataRequired(_l("Vat het advies samen.")), at_most(NAME)])
    text = TextAreaField(_l("Wat adviseert de commissie?"), [DataRequired(_l("Schrijf het advies op.")), at_most(8000)])
    given_on = Date(_l("Datum van het advies"), [InputRequired(_l("Kies een datum."))])
    meeting = SelectField(_l("In welke vergadering?"), [Optional()], choices=[])
    answer_before = Date(
        _l("De school antwoordt voor"), [Optional()], description=_l("Leeg: zestig dagen na het advies.")
    )

    def offer(self, meetings: Iterable[tuple[str, str]]) -> None:
        self.meeting.choices = options([("", _l("Buiten een vergadering")), *meetings])


class AnswerAdviceForm(Form):
    answer = RadioField(
        _l("Wat doet de school ermee?"),
        [InputRequired(_l("Kies een antwoord."))],
        choices=options(choices(AdviceAnswer)),
    )
    text = TextAreaField(_l("Waarom?"), [DataRequired(_l("Leg het uit. De leden lezen dit.")), at_most(4000)])


class CloseAdviceForm(Form):
    follow_up = TextAreaField(
        _l("Wat is er van gekomen?"), [DataRequired(_l("Schrijf op wat er is gebeurd.")), at_most(4000)]
    )


class PeriodForm(Form):
    """The days a dossier covers."""

    first_day = Date(_l("Vanaf"), [InputRequired(_l("Kies de eerste dag."))])
    last_day = Date(_l("Tot en met"), [InputRequired(_l("Kies de laatste dag."))])
