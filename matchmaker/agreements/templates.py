"""What an institution adds to the fixed articles: written as a draft, published as a version that then stays."""

from collections.abc import Sequence
from typing import Any

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
    institution: Organisation, *, preamble: str, articles: Sequence[tuple[str, str]], by: Account
) -> AgreementTemplate:
    """Keep the draft. Raises InvalidValue at `title_1` or `text_1` and so on when half an article is there."""
    kept = _checked(articles)
    draft = draft_template(institution.id)
    if draft is None:
        draft = AgreementTemplate(institution=institution, number=_next_number(institution), created_by_id=by.id)
        db.session.add(draft)
    draft.preamble, draft.articles = _short(preamble.strip(), "preamble", LONGEST_TEXT), kept
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


def _checked(articles: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    kept = []
    for place, (title, text) in enumerate(articles, 1):
        title, text = title.strip(), text.strip()
        if title and not text:
            raise InvalidValue(f"text_{place}", "article_without_text")
        if text and not title:
            raise InvalidValue(f"title_{place}", "article_without_title")
        if title:
            title = _short(title, f"title_{place}", LONGEST_TITLE)
            kept.append({"title": title, "text": _short(text, f"text_{place}", LONGEST_TEXT)})
    return kept


def _short(text: str, name: str, most: int) -> str:
    if len(text) > most:
        raise InvalidValue(name, "text_too_long", n=most)
    return text


def _next_number(institution: Organisation) -> int:
    highest = select(func.max(AgreementTemplate.number)).where(AgreementTemplate.institution_id == institution.id)
    return (db.session.scalar(highest) or 0) + 1
