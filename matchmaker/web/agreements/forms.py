"""Forms for signing, taking back and writing a template. They check shape; the domain checks what can be true."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from matchmaker.agreements.models import AgreementTemplate, Signatory
from matchmaker.agreements.templates import LONGEST_TEXT, LONGEST_TITLE, MOST_ARTICLES
from matchmaker.web.fields import EditForm, Form, at_most


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
    """What an institution adds: words before the articles, and articles of its own."""

    preamble = TextAreaField(_l("Inleiding"), [Optional(), at_most(LONGEST_TEXT)])

    @property
    def articles(self) -> list[tuple[StringField, TextAreaField]]:
        """The fields of each article, in order."""
        return [(self[f"title_{n}"], self[f"text_{n}"]) for n in range(1, MOST_ARTICLES + 1)]

    @property
    def written(self) -> list[tuple[str, str]]:
        """What was filled in, place by place."""
        return [(title.data or "", text.data or "") for title, text in self.articles]

    def fill(self, template: AgreementTemplate | None) -> None:
        """Show what was written before."""
        if template is None:
            return
        self.preamble.data = template.preamble
        for (title, text), article in zip(self.articles, template.articles, strict=False):
            title.data, text.data = article["title"], article["text"]


for _place in range(1, MOST_ARTICLES + 1):
    setattr(TemplateForm, f"title_{_place}", StringField(_l("Titel"), [Optional(), at_most(LONGEST_TITLE)]))
    setattr(TemplateForm, f"text_{_place}", TextAreaField(_l("Tekst"), [Optional(), at_most(LONGEST_TEXT)]))
