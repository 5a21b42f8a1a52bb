"""An agreement as a document: from its frozen content, and once all have signed with the page of signatures."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from matchmaker.agreements.content import content_of, in_english, template_values
from matchmaker.agreements.models import Agreement, AgreementTemplate, Signatory
from matchmaker.agreements.states import SIGNED_ONCE
from matchmaker.clock import local, today
from matchmaker.documents.blocks import (
    Block,
    beside,
    bullets,
    facts,
    heading,
    new_page,
    note,
    paragraphs,
    spoken,
    table,
)
from matchmaker.documents.rendering import Template, render
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.vocabulary import Kind, Level
from matchmaker.words.agreement_articles import Article, Content, fixed_after, fixed_before
from matchmaker.words.agreements import KINDS, say_changes, signs_as, title_of
from matchmaker.words.dates import say_date, say_time
from matchmaker.words.labels import label
from matchmaker.words.language import gettext, joined

LANGUAGE = "nl"
"""The language of the law it rests on."""
ENGLISH = "en"
"""Stands beside it for who does not read Dutch, where that was asked."""


def render_agreement(agreement: Agreement) -> bytes:
    """The file that is due: while it is made the one to sign, after the last signature the final one."""
    final = agreement.state in SIGNED_ONCE
    with force_locale(LANGUAGE):
        made_on = local(agreement.signed_at).date() if final and agreement.signed_at else today()
        blocks = (
            _opening(agreement.content, lambda: title_of(agreement)) + _changed(agreement) + _text(agreement.content)
        )
        blocks += _signed(agreement) if final else _to_sign(agreement)
        return render(Template.DOCUMENT, _values(agreement, blocks), language=LANGUAGE, made_on=made_on)


def preview_agreement(placement: Placement, template: AgreementTemplate | None) -> bytes:
    """How the agreement of a placement would read now; marked as an example."""
    content = content_of(placement, template)
    return _example(content)


def preview_template(template: AgreementTemplate, content: Content) -> bytes:
    """A template with an invented student, to read before it is published."""
    english = template.always_english or bool(template.articles and template.is_in_english)
    return _example({**content, "english": english, "template": template_values(template)})


def _example(content: Content) -> bytes:
    with force_locale(LANGUAGE):
        values = {
            "title": str(KINDS[content["kind"]]),
            "lead": _parties_line(content),
            "reference": gettext("Voorbeeld, niet om te tekenen"),
            "foot": gettext("Voorbeeld"),
            "blocks": [
                note(gettext("Dit is een voorbeeld. Het kan niet worden getekend.")),
                *_opening(content, lambda: str(KINDS[content["kind"]])),
                *_text(content),
            ],
        }
        return render(Template.DOCUMENT, values, language=LANGUAGE)


def _values(agreement: Agreement, blocks: list[Block]) -> dict[str, Any]:
    drawn_up = say_date(local(agreement.made_at).date() if agreement.made_at else today(), with_year=True)
    return {
        "title": title_of(agreement),
        "lead": _parties_line(agreement.content),
        "reference": gettext("Kenmerk %(mark)s", mark=mark_of(agreement)),
        "foot": gettext("Opgesteld op %(day)s", day=drawn_up),
        "blocks": blocks,
    }


def mark_of(agreement: Agreement) -> str:
    """What people call a document by: placement and number."""
    return f"{agreement.placement_id}-{agreement.number}"


def _parties_line(content: Content) -> str:
    town = gettext("gemeente %(name)s", name=content["municipality"])
    parties = (content["people"].get(Part.STUDENT, ""), content["school"], town)
    return gettext("Tussen %(parties)s", parties=joined(each for each in parties if each))


def _opening(content: Content, title: Callable[[], str]) -> list[Block]:
    """For who reads English: what this is, and which of the two texts counts."""
    return _in_both(lambda: [_two_languages(title())]) if content.get("english") else []


def _two_languages(title: str) -> Block:
    text = gettext("Elk artikel staat er in het Nederlands en in het Engels. De Nederlandse tekst geldt.")
    return note(text, title=title)


def _in_both(make: Callable[[], list[Block]]) -> list[Block]:
    """The same blocks in Dutch, and in English beside them."""
    ours = make()
    with force_locale(ENGLISH):
        theirs = make()
    return beside(ours, theirs, language=ENGLISH)


def _text(content: Content) -> list[Block]:
    """Parties, what was arranged, what the institution adds, and the fixed end, in one language or in two."""
    ours = _sections(content)
    if not content.get("english"):
        return [block for section in ours for block in section]
    with force_locale(ENGLISH):
        theirs = _sections(in_english(content))
    pairs = zip(ours, theirs, strict=True)
    return [block for left, right in pairs for block in beside(left, right, language=ENGLISH)]


def _sections(content: Content) -> list[list[Block]]:
    """Each piece that stands beside its translation; articles count through."""
    template = content["template"]
    own = [Article(each["title"], each["text"]) for each in template["articles"]]
    articles = [*fixed_before(content), *own, *fixed_after(content)]
    first, *others = (_article(number, article) for number, article in enumerate(articles, 1))
    return [
        [heading(gettext("Partijen")), *_parties(content)],
        paragraphs(template["preamble"]),
        [heading(gettext("Wat wij afspreken")), *first],
        *others,
    ]


def _article(number: int, article: Article) -> list[Block]:
    title = gettext("Artikel %(number)s. %(title)s", number=number, title=article.title)
    return [heading(title, level=3), *paragraphs(article.text), *bullets(article.items)]


def _parties(content: Content) -> list[Block]:
    people = content["people"]
    level = label(Level(content["level"])) if content["level"] else ""
    return facts(
        [
            (gettext("Student"), people.get(Part.STUDENT, "")),
            (gettext("Ouder of verzorger"), people.get(Part.PARENT, "") if content["minor"] else ""),
            (gettext("School"), content["school"]),
            (gettext("Opleiding"), ", ".join(part for part in (content["programme"], level) if part)),
            (gettext("Gemeente"), content["municipality"]),
            (gettext("Soort stage"), label(Kind(content["placement_kind"]))),
            (gettext("Titel"), content["title"]),
        ],
        columns=(gettext("Onderdeel"), gettext("Wie of wat")),
    )


def _changed(agreement: Agreement) -> list[Block]:
    """What an amendment changes, before the whole text as it will be."""
    if not agreement.is_amendment:
        return []
    return _then_english(agreement, lambda: _differences(agreement))


def _then_english(agreement: Agreement, make: Callable[[], list[Block]]) -> list[Block]:
    """Blocks too wide to stand beside each other: in Dutch, and below that in English where it was asked."""
    blocks = make()
    if agreement.is_in_english:
        with force_locale(ENGLISH):
            blocks += spoken(make(), language=ENGLISH)
    return blocks


def _differences(agreement: Agreement) -> list[Block]:
    intro = gettext(
        "Deze tekst vervangt de overeenkomst met kenmerk %(mark)s. Wat hieronder niet staat, blijft zoals het was.",
        mark=mark_of(agreement.amends) if agreement.amends else "",
    )
    columns = (gettext("Onderdeel"), gettext("Was"), gettext("Wordt"))
    return [
        heading(gettext("Wat er verandert")),
        *paragraphs(intro),
        *table(columns, say_changes(agreement), widths=(2, 3, 3)),
    ]


def _to_sign(agreement: Agreement) -> list[Block]:
    return _in_both(lambda: _signers(agreement)) if agreement.is_in_english else _signers(agreement)


def _signers(agreement: Agreement) -> list[Block]:
    names = [f"{each.name} ({signs_as(each)})" for each in agreement.signatories]
    return [heading(gettext("Wie tekent")), *bullets(names)]


def _signed(agreement: Agreement) -> list[Block]:
    return [new_page(), *_then_english(agreement, lambda: _signatures(agreement))]


def _signatures(agreement: Agreement) -> list[Block]:
    columns = (gettext("Naam"), gettext("Tekent als"), gettext("Getekend op"), gettext("Herkomst"))
    explained = gettext(
        "Ieder zette een eenvoudige elektronische handtekening. Zo heet dat in Europa: eIDAS, artikel 3, onder 10. "
        "Het kenmerk hieronder hoort bij de tekst die ieder las en tekende. Is een bestand dit document? Kijk op "
        "%(address)s.",
        address=f"{current_app.extensions['settings'].public_url}/controleer",
    )
    return [
        heading(gettext("Handtekeningen")),
        *table(columns, [_line(each) for each in agreement.signatories], widths=(3, 3, 3, 2)),
        note(explained, title=gettext("Eenvoudige elektronische handtekening")),
        *paragraphs(gettext("Kenmerk van de getekende tekst (SHA-256):") + "\n" + _spaced(agreement.document_hash)),
    ]


def _line(signatory: Signatory) -> tuple[str, str, str, str]:
    part = signs_as(signatory)
    role = f"{part}, {signatory.organisation.name}" if signatory.organisation else part
    return signatory.signed_name, role, _moment(signatory.signed_at), signatory.origin


def _moment(moment: datetime | None) -> str:
    """With its year: a document is read later."""
    return f"{say_date(local(moment).date(), with_year=True)}, {say_time(moment)}" if moment else ""


def _spaced(digest: str) -> str:
    """In groups of eight, which can be read aloud and break over lines."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
