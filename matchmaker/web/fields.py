"""What every form shares: a key against double sending, a version against overwriting, and clean text."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
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


class EditForm(Form):
    """A form that changes something others may change too."""

    version = HiddenField()

    def is_current(self, subject: Any) -> bool:
        """False when someone else saved first. What they saved is then shown beside what was typed, and sending
        again is a choice made with open eyes."""
        if not self.version.data:
            self.version.data = str(subject.version)
            return True
        if str(self.version.data) == str(subject.version):
            return True
        self.version.data = str(subject.version)
        self.version.raw_data = [self.version.data]
        self.theirs = {
            name: getattr(subject, name)
            for name, field in self._fields.items()
            if hasattr(subject, name) and name != "version" and getattr(subject, name) != field.data
        }
        self.form_errors.append(
            gettext("Iemand anders heeft dit intussen veranderd. Kijk naar beide versies en bewaar opnieuw.")
        )
        return False

    theirs: dict[str, Any] = {}


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
