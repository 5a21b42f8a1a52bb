"""What every form shares: a key against double sending, a version against overwriting, and clean text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    i18n,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaker.errors import InvalidValue
from matchmaker.web.submissions import new_key
from matchmaker.words.dates import say_date
from matchmaker.words.errors import sentence_for
from matchmaker.words.language import language

_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\r\n\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
"""What cannot be seen, or turns around what stands beside it."""
TITLE_LENGTH = 160
TEXT_LENGTH = 8000
MOST_DIGITS = 40
"""Of a number, so that it can be compared with any other."""
NOT_WHOLE = lazy_gettext("Vul een heel getal in, met alleen cijfers.")


def usable_text(_form: FlaskForm, field: Field) -> None:
    """Refuse characters no person types: NUL bytes, control codes, halves of a character."""
    if isinstance(field.data, str) and _UNUSABLE.search(field.data):
        field.data = _UNUSABLE.sub("", field.data)
        raise ValidationError(gettext("Hier staan tekens die wij niet kunnen bewaren. Typ de tekst opnieuw."))


def keep_on_one_line(field: Field) -> None:
    """A field of one line holds one line that can be seen: a name is shown within sentences of pages and letters."""
    if not isinstance(field, StringField) or isinstance(field, TextAreaField | PasswordField):
        return
    if isinstance(field.data, str) and (_BREAKS.search(field.data) or _UNSEEN.search(field.data)):
        field.data = _UNSEEN.sub("", _BREAKS.sub(" ", field.data)).strip()
        field.raw_data = [field.data]


def sent_along(name: str) -> str:
    """What the button of a form without fields sends along, without characters that cannot be kept."""
    return _UNUSABLE.sub("", request.form.get(name, ""))


def all_sent_along() -> list[tuple[str, str]]:
    """Every value of a form without fields, in order, without characters that cannot be kept."""
    return [(name, _UNUSABLE.sub("", value)) for name, value in request.form.items(multi=True)]


@cache
def _texts_of_wtforms(language: str) -> Any:
    """WTForms' own messages, read from their file once a language: Flask-WTF reads them again for every page."""
    return i18n.get_translations((language,))


class Form(FlaskForm):
    """A form that is handled once, however often it is sent."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, _form: FlaskForm) -> Any:
            return _texts_of_wtforms(language())

    submission_key = HiddenField(default=new_key)

    def validate(self, extra_validators: dict[str, Any] | None = None) -> bool:
        extra = {name: list(checks) for name, checks in (extra_validators or {}).items()}
        for name, field in self._fields.items():
            keep_on_one_line(field)
            if isinstance(field, StringField | TextAreaField) or isinstance(field.data, str):
                extra.setdefault(name, []).append(usable_text)
            if isinstance(field, SelectField) and isinstance(field.data, str) and not field.data.strip():
                field.data, field.raw_data = "", [""]
        return super().validate(extra_validators=extra)

    def refuse(self, error: InvalidValue) -> None:
        """Put a rule the domain found broken beside its field, or on top when the form lacks the field."""
        sentence = sentence_for(error)
        field = self._fields.get(error.field)
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


class WholeNumberField(IntegerField):
    """A whole number in plain digits; `wrong` says what is missing from anything else."""

    def __init__(self, label: Any = None, validators: Any = None, *, wrong: Any = NOT_WHOLE, **named: Any) -> None:
        super().__init__(label, validators, **named)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text.isascii() and text.removeprefix("-").isdigit() and len(text) <= MOST_DIGITS:
            self.data = int(text)
        elif text:
            raise ValueError(str(self.wrong))


class EditForm(Form):
    """A form that changes something others may change too.

    `overtaken`: someone else saved first. `theirs` is what they saved, as label and words of each field that differs
    from what was typed; `error_summary` shows it above the fields, which keep what was typed.
    """

    version = HiddenField()
    overtaken = False
    theirs: Sequence[tuple[str, str]] = ()

    def is_current(self, subject: Any, *, also: Iterable[tuple[str, str]] = ()) -> bool:
        """False when someone else saved first, or made what was not there yet: then no version was sent.

        What they saved is shown, with `also` what no field holds, and sending again is a choice made with open eyes.
        """
        sent = self.sent_from(subject.version)
        self.version.data = str(subject.version)
        self.version.raw_data = [self.version.data]
        if sent:
            return True
        self.overtaken = True
        self.theirs = [*self._differing(subject), *also]
        self.form_errors.append(
            gettext("Iemand anders heeft dit intussen veranderd. Kijk naar beide versies en bewaar opnieuw.")
        )
        return False

    def is_current_as(self, shown: Mapping[str, Any], *, also: Iterable[tuple[str, str]] = ()) -> bool:
        """Against a thing as this form shows it: `version` among the rest, else what it says is its version."""
        return self.is_current(SimpleNamespace(**{"version": _digest(shown), **shown}), also=also)

    def sent_from(self, version: object) -> bool:
        """Whether this version stood in the page that was sent; true for a form that was only opened."""
        return not self.is_submitted() or (self.version.raw_data or [""])[0] == str(version)

    def _differing(self, subject: Any) -> Iterable[tuple[str, str]]:
        for name, field in self._fields.items():
            if name == "version" or isinstance(field, PasswordField | FileField) or not hasattr(subject, name):
                continue
            value = getattr(subject, name)
            if _plain(value) != _plain(field.data):
                yield str(field.label.text), in_words(field, value)


def in_words(field: Field, value: Any) -> str:
    """A value as someone would read it beside this field."""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, date):
        return say_date(value)
    plain = value.strftime("%H:%M") if isinstance(value, time) else _plain(value)
    each = plain if isinstance(plain, list) else [plain]
    if choices := getattr(field, "choices", None):
        each = [str(choice.label) for choice in choices if str(choice.value) in each]
    return ", ".join(each) or gettext("leeg")


def _plain(value: Any) -> str | list[str]:
    """A value as a form sends it, so that what is the same compares as the same."""
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(str(each) for each in value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _digest(shown: Mapping[str, Any]) -> str:
    return sha256(repr(sorted((name, _plain(value)) for name, value in shown.items())).encode()).hexdigest()[:16]


class CheckboxesField(SelectMultipleField):
    """Several choices as a list of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def at_most(length: int) -> Length:
    """Text of at most so many characters."""
    return Length(max=length, message=lazy_gettext("Gebruik hier hoogstens %(max)d tekens.") % {"max": length})


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Pairs of code and words as the choices of a field."""
    return [SelectChoice(value, words) for value, words in pairs]
