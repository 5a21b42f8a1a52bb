"""What an institution adds to the fixed articles: written as a draft, published as a version that then stays."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from matchmaker.accounts.models import Account
from matchmaker.agreements.models import AgreementTemplate
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.organisations.models import Organisation

MOST_ARTICLES = 8
LONGEST_TITLE = 100
LONGEST_TEXT = 3000


class OwnArticle(NamedTuple):
    """An article as an institution fills it in, in English too where it wants that."""

    title: str
    text: str
    title_en: str = ""
    text_en: str = ""


def published_template(institution_id: int) -> AgreementTemplate | None:
    """The version that is used now; None while an institution adds nothing."""
    return db.session.scalar(
        select(AgreementTemplate)
        .where(AgreementTemplate.institution_id == institution_id, AgreementTemplate.published_at.is_not(None))
        .order_by(AgreementTemplate.number.desc())
        .limit(1)
    )


def draft_template(institution_id: int) -> AgreementTemplate | None:
    """The version that is being written."""
    return db.session.scalar(
        select(AgreementTemplate)
        .where(AgreementTemplate.institution_id == institution_id, AgreementTemplate.published_at.is_(None))
        .order_by(AgreementTemplate.number.desc())
        .limit(1)
    )


def versions_of(institution_id: int) -> Sequence[AgreementTemplate]:
    """Every published version, newest first."""
    return db.session.scalars(
        select(AgreementTemplate)
        .where(AgreementTemplate.institution_id == institution_id, AgreementTemplate.published_at.is_not(None))
        .order_by(AgreementTemplate.number.desc())
    ).all()


def write_template(
    institution: Organisation,
    *,
    preamble: str,
    articles: Sequence[OwnArticle],
    by: Account,
    preamble_en: str = "",
    always_english: bool = False,
) -> AgreementTemplate:
    """Keep the draft. Raises InvalidValue when half an article is there, at `title_1`, `text_1_en` and so on, and with
    `always_english` at what has no English beside it.
    """
    kept = [_checked(each, place) for place, each in enumerate(articles, 1)]
    opening = _short(preamble.strip(), "preamble", LONGEST_TEXT)
    opening_en = _short(preamble_en.strip(), "preamble_en", LONGEST_TEXT)
    if always_english:
        _check_english(opening, opening_en, kept)
    draft = draft_template(institution.id)
    if draft is None:
        draft = AgreementTemplate(institution=institution, number=_next_number(institution), created_by_id=by.id)
        db.session.add(draft)
    draft.preamble, draft.preamble_en, draft.always_english = opening, opening_en, always_english
    draft.articles = [each for each in kept if each]
    db.session.flush()
    record("agreement_template.write", about=draft, by=by, organisation=institution)
    return draft


def publish_template(draft: AgreementTemplate, *, by: Account) -> AgreementTemplate:
    """From now on new agreements use it. Agreements that exist keep the version they were made with."""
    if draft.published_at is not None:
        raise InvalidMove(state="published", action="publish")
    draft.published_at = now()
    db.session.flush()
    record("agreement_template.publish", about=draft, by=by, organisation=draft.institution)
    return draft


def _checked(article: OwnArticle, place: int) -> dict[str, str]:
    """What is kept of an article at this place; nothing of an empty one, no English where there is none."""
    title, text = _both(article.title, article.text, f"{place}")
    title_en, text_en = _both(article.title_en, article.text_en, f"{place}_en")
    if title_en and not title:
        raise InvalidValue(f"title_{place}", "article_without_dutch")
    if not title:
        return {}
    english = {"title_en": title_en, "text_en": text_en} if title_en else {}
    return {"title": title, "text": text, **english}


def _both(title: str, text: str, place: str) -> tuple[str, str]:
    title, text = title.strip(), text.strip()
    if title and not text:
        raise InvalidValue(f"text_{place}", "article_without_text")
    if text and not title:
        raise InvalidValue(f"title_{place}", "article_without_title")
    return _short(title, f"title_{place}", LONGEST_TITLE), _short(text, f"text_{place}", LONGEST_TEXT)


def _check_english(preamble: str, preamble_en: str, articles: Sequence[dict[str, str]]) -> None:
    if preamble and not preamble_en:
        raise InvalidValue("preamble_en", "english_needed")
    for place, article in enumerate(articles, 1):
        if article and "title_en" not in article:
            raise InvalidValue(f"title_{place}_en", "english_needed")


def _short(text: str, name: str, most: int) -> str:
    if len(text) > most:
        raise InvalidValue(name, "text_too_long", n=most)
    return text


def _next_number(institution: Organisation) -> int:
    highest = select(func.max(AgreementTemplate.number)).where(AgreementTemplate.institution_id == institution.id)
    return (db.session.scalar(highest) or 0) + 1
