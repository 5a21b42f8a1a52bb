"""An agreement as a document: from its frozen content, and once all have signed with the page of signatures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from matchmaker.agreements.content import content_of
from matchmaker.agreements.models import Agreement, AgreementTemplate, Signatory
from matchmaker.agreements.states import SIGNED_ONCE
from matchmaker.clock import local, today
from matchmaker.documents.blocks import Block, bullets, facts, heading, new_page, note, paragraphs, table
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


def render_agreement(agreement: Agreement) -> bytes:
    """The file that is due: while it is made the one to sign, after the last signature the final one."""
    final = agreement.state in SIGNED_ONCE
    with force_locale(LANGUAGE):
        made_on = local(agreement.signed_at).date() if final and agreement.signed_at else today()
        blocks = _changed(agreement) + _text(agreement.content)
        blocks += _signed(agreement) if final else _to_sign(agreement.signatories)
        return render(Template.DOCUMENT, _values(agreement, blocks), language=LANGUAGE, made_on=made_on)


def preview_agreement(placement: Placement, template: AgreementTemplate | None) -> bytes:
    """How the agreement of a placement would read now; marked as an example."""
    content = content_of(placement, template)
    return _example(content)


def preview_template(template: AgreementTemplate, content: Content) -> bytes:
    """A template with an invented student, to read before it is published."""
    articles = {"number": template.number, "preamble": template.preamble, "articles": template.articles}
    return _example({**content, "template": articles})


def _example(content: Content) -> bytes:
    with force_locale(LANGUAGE):
        values = {
            "title": str(KINDS[content["kind"]]),
            "lead": _parties_line(content),
            "reference": gettext("Voorbeeld, niet om te tekenen"),
            "foot": gettext("Voorbeeld"),
            "blocks": [note(gettext("Dit is een voorbeeld. Het kan niet worden getekend.")), *_text(content)],
        }
        return render(Template.DOCUMENT, values, language=LANGUAGE)


def _values(agreement: Agreement, blocks: list[Block]) -> dict[str, Any]:
    reference = gettext("Kenmerk %(mark)s", mark=mark_of(agreement))
    return {
        "title": title_of(agreement),
        "lead": _parties_line(agreement.content),
        "reference": reference,
        "foot": reference,
        "blocks": blocks,
    }


def mark_of(agreement: Agreement) -> str:
    """What people call a document by: placement and number."""
    return f"{agreement.placement_id}-{agreement.number}"


def _parties_line(content: Content) -> str:
    town = gettext("gemeente %(name)s", name=content["municipality"])
    parties = (content["people"].get(Part.STUDENT, ""), content["school"], town)
    return gettext("Tussen %(parties)s", parties=joined(each for each in parties if each))


def _text(content: Content) -> list[Block]:
    """Parties, what was arranged, what the institution adds, and the fixed end; articles count through."""
    template = content["template"]
    own = [Article(each["title"], each["text"]) for each in template["articles"]]
    articles = [*fixed_before(content), *own, *fixed_after(content)]
    blocks = [heading(gettext("Partijen")), *_parties(content)]
    blocks += paragraphs(template["preamble"])
    blocks.append(heading(gettext("Wat wij afspreken")))
    for number, article in enumerate(articles, 1):
        title = gettext("Artikel %(number)s. %(title)s", number=number, title=article.title)
        blocks += [heading(title, level=3), *paragraphs(article.text), *bullets(article.items)]
    return blocks


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


def _to_sign(signatories: Sequence[Signatory]) -> list[Block]:
    names = [f"{each.name} ({signs_as(each)})" for each in signatories]
    return [heading(gettext("Wie tekent")), *bullets(names)]


def _signed(agreement: Agreement) -> list[Block]:
    columns = (gettext("Naam"), gettext("Tekent als"), gettext("Getekend op"), gettext("Herkomst"))
    explained = gettext(
        "Ieder zette een eenvoudige elektronische handtekening. Zo heet dat in Europa: eIDAS, artikel 3, onder 10. "
        "Het kenmerk hieronder hoort bij de tekst die ieder las en tekende. Is een bestand dit document? Kijk op "
        "%(address)s.",
        address=f"{current_app.extensions['settings'].public_url}/controleer",
    )
    return [
        new_page(),
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
