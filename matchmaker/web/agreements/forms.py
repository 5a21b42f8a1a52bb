"""Forms for signing, taking back and writing a template. They check shape; the domain checks what can be true."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from matchmaker.agreements.models import AgreementTemplate, Signatory
from matchmaker.agreements.templates import LONGEST_TEXT, LONGEST_TITLE, MOST_ARTICLES, OwnArticle
from matchmaker.web.fields import EditForm, Form, at_most


class ArticleFields(NamedTuple):
    """The fields of one article of an institution."""

    title: StringField
    text: TextAreaField
    title_en: StringField
    text_en: TextAreaField

    @property
    def is_used(self) -> bool:
        """Whether there is something in it to see."""
        return any(each.data or each.errors for each in self)

    @property
    def is_in_english(self) -> bool:
        """Whether there is something to see of its English."""
        return any(each.data or each.errors for each in (self.title_en, self.text_en))


class SignForm(Form):
    """`shown` is the hash of the file that was on the page."""

    name = StringField(_l("Uw naam"), [DataRequired(_l("Typ uw naam.")), at_most(120)])
    agreed = BooleanField(
        _l("Ik heb het document gelezen en ik ga akkoord."),
        [DataRequired(_l("Zet een vinkje als u akkoord gaat."))],
    )
    shown = HiddenField()

    @classmethod
    def for_line(cls, signatory: Signatory, *, name: str) -> "SignForm":
        """The form under one document, with a name to confirm."""
        form = cls()
        if not form.is_submitted():
            form.name.data, form.shown.data = name, signatory.agreement.document_hash
        return form


class SignTogetherForm(Form):
    """One name under every ticked document."""

    name = StringField(_l("Uw naam"), [DataRequired(_l("Typ uw naam.")), at_most(120)])
    agreed = BooleanField(
        _l("Ik heb alles gelezen en ik mag voor mijn organisatie tekenen."),
        [DataRequired(_l("Zet een vinkje als u akkoord gaat."))],
    )


class WithdrawForm(Form):
    note = TextAreaField(
        _l("Waarom trekt u dit in?"), [DataRequired(_l("Schrijf waarom. Iedereen leest dit.")), at_most(2000)]
    )


class TemplateForm(EditForm):
    """What an institution adds: words before the articles and articles of its own, in English too where it wants."""

    preamble = TextAreaField(_l("Inleiding"), [Optional(), at_most(LONGEST_TEXT)])
    preamble_en = TextAreaField(_l("Inleiding in het Engels"), [Optional(), at_most(LONGEST_TEXT)])
    always_english = BooleanField(
        _l("Maak elke overeenkomst ook in het Engels"),
        description=_l("Anders alleen als dat bij de afspraken over een stage is gevraagd."),
    )

    @property
    def articles(self) -> list[ArticleFields]:
        """The fields of each article, in order."""
        return [ArticleFields(*(self[name] for name in _names(place))) for place in range(1, MOST_ARTICLES + 1)]

    @property
    def written(self) -> list[OwnArticle]:
        """What was filled in, place by place."""
        return [OwnArticle(*(field.data or "" for field in each)) for each in self.articles]

    @classmethod
    def showing(cls, template: AgreementTemplate | None) -> "TemplateForm":
        """What was written before, and whether that is still what this page was made from."""
        if template is None:
            return cls()
        plain = {name: getattr(template, name) for name in ("preamble", "preamble_en", "always_english")}
        written = {name: "" for place in range(1, MOST_ARTICLES + 1) for name in _names(place)}
        for place, article in enumerate(template.articles, 1):
            written |= zip(_names(place), OwnArticle(**article), strict=True)
        form = cls(data={**plain, **written})
        form.is_current_as({**plain, **written, "version": f"{template.number}-{template.version}"})
        return form


def _names(place: int) -> tuple[str, str, str, str]:
    """What the fields of the article at this place are called."""
    return f"title_{place}", f"text_{place}", f"title_{place}_en", f"text_{place}_en"


for _place in range(1, MOST_ARTICLES + 1):
    for _name, _label, _most, _field in zip(
        _names(_place),
        (_l("Titel"), _l("Tekst"), _l("Titel in het Engels"), _l("Tekst in het Engels")),
        (LONGEST_TITLE, LONGEST_TEXT) * 2,
        (StringField, TextAreaField) * 2,
        strict=True,
    ):
        setattr(TemplateForm, _name, _field(_label, [Optional(), at_most(_most)]))
