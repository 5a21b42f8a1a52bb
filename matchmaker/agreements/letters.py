"""Letters about an agreement. Who has no account gets a link to sign; offices hear once how many wait for them."""

from typing import Any

from matchmaker.agreements.models import Agreement, Signatory
from matchmaker.clock import now
from matchmaker.links.actions import make_link
from matchmaker.links.models import Link, Purpose
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.placements.letters import office_of

LINK_DAYS = 60


def invite_to_sign(agreement: Agreement) -> None:
    """A letter to each person who signs. Those who sign for an organisation hear it in one letter for all."""
    for signatory in agreement.signatories:
        if signatory.organisation_id is None and signatory.signed_at is None:
            tell(signatory, "agreement_to_sign")
            signatory.told_at = now()


def tell(signatory: Signatory, template: str, **values: Any) -> None:
    """A letter to one person who signs: to their account, or with the link that stands for it."""
    known = {**facts(signatory.agreement), **values}
    if signatory.account is not None:
        queue_letter(template, topic=Topic.REQUESTS, to=signatory.account, **known)
    elif signatory.address:
        language = signatory.person.language if signatory.person else "nl"
        queue_letter(
            template, topic=Topic.REQUESTS, address=signatory.address, name=signatory.name, language=language,
            link=link_to_sign(signatory), **known,
        )  # fmt: skip


def tell_all(template: str, agreement: Agreement, **values: Any) -> None:
    """A letter to everyone who signs, for organisations to whoever signed or to the office."""
    for signatory in agreement.signatories:
        if signatory.organisation_id is None or signatory.account is not None:
            tell(signatory, template, **values)
            continue
        for account in office_of(agreement.placement, signatory.part):
            queue_letter(template, topic=Topic.REQUESTS, to=account, **facts(agreement), **values)


def link_to_sign(signatory: Signatory) -> Link:
    """A link with which someone without an account reads, signs, and reads again what they signed."""
    return make_link(Purpose.SIGN_AGREEMENT, subject_id=signatory.id, days=LINK_DAYS)


def facts(agreement: Agreement) -> dict[str, Any]:
    """What a letter says of an agreement, as plain JSON values."""
    content = agreement.content
    return {
        "kind": agreement.kind.value,
        "amendment": agreement.is_amendment,
        "title": content["title"],
        "student": content["people"].get("student", ""),
        "school": content["school"],
        "municipality": content["municipality"],
        "path": f"/overeenkomsten/{agreement.id}",
    }
