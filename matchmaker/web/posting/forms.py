"""The forms of the wizard. They check shape and wording; what can be true is decided by `listings.values`."""

from collections.abc import Iterable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from matchmaker.errors import InvalidValue
from matchmaker.listings.fields import TITLE_LENGTH
from matchmaker.listings.kinds import fields_for, levels_for
from matchmaker.listings.models import Listing
from matchmaker.listings.writing import values_of
from matchmaker.reference import find_programmes, study_field, work_fields
from matchmaker.vocabulary import Kind, Mode, Side, Track
from matchmaker.web.fields import CheckboxesField, EditForm, Form, WholeNumberField, at_most, options
from matchmaker.web.posting.fields import ClockField, DayField, one_newline
from matchmaker.words.field_names import study_field_names, work_field_names
from matchmaker.words.labels import KINDS, LANGUAGES, LEVELS, choices
from matchmaker.words.listings import weekday_parts

SHOWN_SLOTS = 4


class KindForm(Form):
    """Step 1."""

    kind = RadioField(
        _l("Waar gaat het om?"), [InputRequired(_l("Kies waar het om gaat."))], choices=[], validate_choice=False
    )

    def offer_kinds(self, kinds: tuple[Kind, ...]) -> None:
        self.kind.choices = options((kind.value, KINDS[kind]) for kind in kinds)

    def validate_kind(self, field: Field) -> None:
        """Something from the list."""
        if field.data not in [choice.value for choice in self.kind.choices]:
            raise ValidationError(gettext("Deze keuze kennen wij niet. Kies iets uit de lijst."))


class StepForm(EditForm):
    """A step over one listing: it shows only the fields this side of this kind is asked."""

    names: dict[str, str] = {}
    """Form field to field of the listing, where they differ."""

    def __init__(self, listing: Listing, **kwargs: Any) -> None:
        self.asked = fields_for(listing.kind, listing.side)
        super().__init__(data={**self.from_listing(listing), "version": str(listing.version)}, **kwargs)
        for name in list(self._fields):
            if name not in {"csrf_token", "submission_key", "version"} and not self._is_asked(name):
                del self[name]
        self.prepare(listing)

    def _is_asked(self, name: str) -> bool:
        return self.names.get(name, name) in self.asked

    def prepare(self, listing: Listing) -> None:
        """Fill in choices that depend on the listing."""

    def from_listing(self, listing: Listing) -> dict[str, Any]:
        """What the form opens with."""
        return values_of(listing)

    def values(self) -> dict[str, Any]:
        """What was typed, for the domain."""
        own = set(self._fields) - {"csrf_token", "submission_key", "version"} - self.names.keys()
        return {name: self[name].data for name in own}

    def right_values(self) -> dict[str, Any]:
        """What was typed, without the fields whose shape is wrong."""
        wrong = self.wrong_fields()
        return {name: value for name, value in self.values().items() if name not in wrong}

    def wrong_fields(self) -> set[str]:
        """The fields of the listing whose shape is wrong as typed, once the form was validated."""
        return {self.names.get(name, name) for name, field in self._fields.items() if field.errors}

    def is_current(self, subject: Any, *, also: Iterable[tuple[str, str]] = ()) -> bool:
        """Against the listing as this form shows it."""
        shown = SimpleNamespace(version=subject.version, **self.from_listing(subject))
        return super().is_current(shown, also=also)

    def refuse_further(self, problems: Iterable[InvalidValue]) -> None:
        """Put every problem beside its field, unless that field already says what is wrong with what was typed."""
        for problem in problems:
            here = [name for name, there in self.names.items() if there == problem.field] or [problem.field]
            if not any(self._fields[name].errors for name in here if name in self._fields):
                self.refuse(InvalidValue(here[0], problem.reason, **problem.values))


class WhatForm(StepForm):
    """Step 2: the title, the text, who it comes from."""

    rows = {"team": "team_id", "programme": "programme_id"}
    found = {"work": "work_fields", "study": "study_fields"}
    names = {
        **rows,
        **{f"{part}_{facet}": column for facet, column in found.items() for part in ("add", "shown")},
    }
    add_work = CheckboxesField(_l("Werk uit uw tekst"), choices=[], validate_choice=False)
    shown_work = CheckboxesField(choices=[], validate_choice=False)
    add_study = CheckboxesField(_l("Studies uit uw tekst"), choices=[], validate_choice=False)
    shown_study = CheckboxesField(choices=[], validate_choice=False)
    title = StringField(_l("Titel"), [at_most(TITLE_LENGTH)])
    text = TextAreaField(_l("Tekst"), [at_most(8000)], [one_newline])
    what_is_needed = TextAreaField(_l("Wat zou u helpen?"), [at_most(2000)], [one_newline])
    team = SelectField(_l("Team"), choices=[], validate_choice=False)
    programme = SelectField(_l("Opleiding"), choices=[], validate_choice=False)
    on_behalf_of = StringField(_l("Namens wie?"), [at_most(200)])
    supervisor_title = StringField(_l("Wie begeleidt?"), [at_most(200)])
    committee = StringField(_l("Naam van de commissie"), [at_most(200)])
    profile = TextAreaField(_l("Wie zoekt u?"), [at_most(1000)], [one_newline])
    course = StringField(_l("Bij welk vak?"), [at_most(200)])
    course_url = StringField(_l("Webadres van het vak"), [at_most(500)])
    preparation = TextAreaField(_l("Wat bereidt de groep voor?"), [at_most(1000)], [one_newline])
    form = StringField(_l("Vorm"), [at_most(200)])
    particulars = TextAreaField(_l("Bijzonderheden"), [at_most(2000)], [one_newline])

    def prepare(self, listing: Listing) -> None:
        """Who offers someone for a committee seeks nobody: the same two fields say what that person brings."""
        self.before = {facet: list(getattr(listing, column)) for facet, column in self.found.items()}
        if "profile" in self._fields and listing.side is Side.OFFER:
            self.committee.label.text = gettext("Voor welke commissie?")
            self.profile.label.text = gettext("Wat brengt uw collega mee?")

    def offer_rows(self, teams: list[tuple[str, str]], programmes: list[tuple[str, str]]) -> None:
        """The teams or programmes to choose from; a first empty line leaves it open."""
        if "team" in self._fields:
            self.team.choices = options([("", gettext("Nog niet bekend")), *teams])
        if "programme" in self._fields:
            self.programme.choices = options([("", gettext("Meer opleidingen")), *programmes])

    def from_listing(self, listing: Listing) -> dict[str, Any]:
        known = values_of(listing)
        return {**known, "team": str(listing.team_id or ""), "programme": str(listing.programme_id or "")}

    def values(self) -> dict[str, Any]:
        found = super().values()
        for name, column in self.rows.items():
            if name in self._fields:
                found[column] = _row_number(self[name].data)
        for facet, column in self.found.items():
            if self[f"shown_{facet}"].data:
                found[column] = self.chosen(facet)
        return found

    def chosen(self, facet: str) -> list[str]:
        """The fields of work or study as they become: what was not shown stays, of what was shown what is ticked."""
        shown, ticked = (self[f"{part}_{facet}"].data or [] for part in ("shown", "add"))
        return [*(code for code in self.before[facet] if code not in shown), *dict.fromkeys(ticked)]


class ForWhomForm(StepForm):
    """Step 3: levels, studies and fields of work. Nothing ticked means everyone."""

    names = {"programmes": "study_words"}
    levels = CheckboxesField(_l("Welk niveau?"), choices=[], validate_choice=False)
    tracks = CheckboxesField(_l("Bol of bbl?"), choices=options(choices(Track)), validate_choice=False)
    work_fields = CheckboxesField(_l("Welk werk van de gemeente?"), choices=[], validate_choice=False)
    programmes = StringField(_l("Opleidingen erbij"), [at_most(500)])
    study_fields = CheckboxesField(_l("Welke studierichting?"), choices=[], validate_choice=False)
    languages = CheckboxesField(_l("In welke taal?"), choices=options(LANGUAGES.items()), validate_choice=False)
    audience_year = WholeNumberField(_l("Welk leerjaar?"))
    group_size = WholeNumberField(_l("Hoeveel mensen?"))

    def prepare(self, listing: Listing) -> None:
        self.levels.choices = options((level.value, LEVELS[level]) for level in levels_for(listing.kind))
        self.offer_work([])
        self.offer_studies([])

    def offer_work(self, first: list[str]) -> None:
        """All fields of work: those chosen or found in the text first, then the rest."""
        known = [field.code for field in work_fields()]
        codes = list(dict.fromkeys([*(code for code in first if code in known), *known]))
        self.work_fields.choices = options(zip(codes, work_field_names(codes), strict=True))

    def offer_studies(self, suggested: list[str]) -> None:
        """The fields of study to tick: those chosen, then those the text points to."""
        codes = [code for code in (self.study_fields.data or []) if _is_study(code)]
        codes = list(dict.fromkeys([*codes, *suggested]))
        self.study_fields.choices = options(zip(codes, study_field_names(codes), strict=True))

    def from_listing(self, listing: Listing) -> dict[str, Any]:
        return {**values_of(listing), "programmes": ", ".join(listing.details.get("study_words", []))}

    def values(self) -> dict[str, Any]:
        """A programme that is typed becomes its field of study; a name nobody knows is kept as it is written."""
        found = super().values()
        names = [name.strip() for name in (self.programmes.data or "").split(",") if name.strip()]
        codes = {name: [programme.isced for programme in find_programmes(name)[:1]] for name in names}
        found["study_fields"] = [*found["study_fields"], *(code for some in codes.values() for code in some)]
        found["study_words"] = [name for name, some in codes.items() if not some]
        return found


class WhenForm(StepForm):
    """Step 4: when, how long, where, how many."""

    names = {
        "weekly": "slots",
        **{f"day{number}": "slots" for number in range(1, SHOWN_SLOTS + 1)},
        **{f"time{number}": "slots" for number in range(1, SHOWN_SLOTS + 1)},
    }
    weekly = CheckboxesField(_l("Welke momenten kunnen elke week?"), choices=[], validate_choice=False)
    day1, day2, day3, day4 = (DayField(_l("Dag"), validators=[Optional()]) for _ in range(SHOWN_SLOTS))
    time1, time2, time3, time4 = (ClockField(_l("Tijd"), validators=[Optional()]) for _ in range(SHOWN_SLOTS))
    starts_on = DayField(_l("Vanaf"), validators=[Optional()])
    ends_on = DayField(_l("Tot en met"), validators=[Optional()])
    duration_weeks = WholeNumberField(_l("Hoeveel weken?"))
    minutes = WholeNumberField(_l("Hoe lang?"))
    hours_min = WholeNumberField(_l("Van"))
    hours_max = WholeNumberField(_l("tot"))
    hours = StringField(_l("Hoeveel uur per week?"), [at_most(200)])
    ects = WholeNumberField(_l("Hoeveel studiepunten?"))
    term_years = WholeNumberField(_l("Voor hoeveel jaar?"))
    meetings_per_year = WholeNumberField(_l("Hoe vaak per jaar?"))
    places = WholeNumberField(_l("Hoeveel plekken?"))
    allowance_min = WholeNumberField(_l("Van"))
    allowance_max = WholeNumberField(_l("tot"))
    allowance_note = StringField(_l("Uitleg bij de vergoeding"), [at_most(200)])
    pairs_welcome = BooleanField(_l("Twee studenten samen mag ook"))
    vog_required = BooleanField(_l("Een VOG is nodig"))
    mode = RadioField(_l("Waar gebeurt het?"), choices=options(choices(Mode)), validate_choice=False)
    place = StringField(_l("Plaats"), [at_most(120)])
    max_distance_km = WholeNumberField(_l("Hoe ver mag het hoogstens zijn?"))
    respond_before = DayField(_l("Tot wanneer kan iemand reageren?"), validators=[Optional()])

    def prepare(self, listing: Listing) -> None:
        if "weekly" in self._fields:
            self.weekly.choices = options((f"{day}-{part}", words) for (day, part), words in weekday_parts().items())
        if listing.kind is Kind.GROUP:
            self.places.label.text = gettext("Hoeveel groepen?")
        if "max_distance_km" in self._fields and listing.side is Side.OFFER:
            self.max_distance_km.label.text = gettext("Hoe ver wilt u reizen?")

    def from_listing(self, listing: Listing) -> dict[str, Any]:
        slots = listing.slots or []
        dated = [slot for slot in slots if "date" in slot]
        known = {**values_of(listing), "mode": (listing.mode or Mode.ON_SITE).value}
        known["weekly"] = [f"{slot['weekday']}-{slot['part']}" for slot in slots if "weekday" in slot]
        for number, slot in enumerate(dated[:SHOWN_SLOTS], 1):
            known[f"day{number}"] = date.fromisoformat(slot["date"])
            known[f"time{number}"] = datetime.strptime(slot["time"], "%H:%M").time()
        self.other_slots = dated[SHOWN_SLOTS:]
        return known

    def values(self) -> dict[str, Any]:
        found = super().values()
        if "weekly" in self._fields:
            found["slots"] = [*self._weekly(), *self._dated(), *self.other_slots]
        return found

    def validate(self, extra_validators: dict[str, Any] | None = None) -> bool:
        """A day without a time, or a time without a day, is half a moment."""
        fine = super().validate(extra_validators)
        for number in range(1, SHOWN_SLOTS + 1) if "weekly" in self._fields else ():
            day, clock = self[f"day{number}"], self[f"time{number}"]
            if (day.data is None) != (clock.data is None) and not day.errors and not clock.errors:
                lacking = clock if clock.data is None else day
                lacking.errors = [gettext("Vul dag en tijd allebei in, of laat beide leeg.")]
                fine = False
        return fine

    def _weekly(self) -> list[dict[str, object]]:
        pairs = (choice.split("-", 1) for choice in self.weekly.data or [])
        return [{"weekday": int(day), "part": part} for day, part in pairs]

    def _dated(self) -> list[dict[str, object]]:
        pairs = ((self[f"day{n}"].data, self[f"time{n}"].data) for n in range(1, SHOWN_SLOTS + 1))
        return [{"date": day.isoformat(), "time": f"{clock:%H:%M}"} for day, clock in pairs if day and clock]


def _row_number(choice: str | None) -> int | None:
    """The row behind a choice; -1, which no row has, for something that was never in the list."""
    if not choice:
        return None
    return int(choice) if choice.isascii() and choice.isdigit() and len(choice) < 20 else -1


def _is_study(code: str) -> bool:
    try:
        return len(code) == 4 and bool(study_field(code))
    except KeyError:
        return False


FORMS: dict[str, type[StepForm]] = {"wat": WhatForm, "voor-wie": ForWhomForm, "wanneer": WhenForm}
