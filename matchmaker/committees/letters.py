"""Letters about seats, terms and advice: to who sits or is asked to, and to who keeps the committee."""

from collections.abc import Sequence
from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.committees.models import Committee, Term
from matchmaker.committees.queries import KEEPERS
from matchmaker.links.models import Link
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Topic
from matchmaker.organisations.queries import members_with_role
from matchmaker.vocabulary import Role


def committee_path(committee: Committee) -> str:
    return f"/commissies/{committee.id}"


def tell_member(template: str, term: Term, *, link: Link | None = None, **values: Any) -> None:
    """A letter to who sits there or is asked to. Who has no account gets no address of a page, only a link."""
    queue_letter(
        template,
        topic=Topic.COMMITTEES,
        to=term.reader,
        address=term.address,
        name=term.name,
        language=term.reads,
        link=link,
        **{
            **facts(term.committee),
            "seat": term.seat.name,
            "starts_on": term.starts_on.isoformat(),
            "ends_on": term.ends_on.isoformat(),
            "path": committee_path(term.committee) if term.reader else "",
            **values,
        },
    )


def tell_keepers(template: str, committee: Committee, **values: Any) -> None:
    """A letter to who keeps the committee; without anyone, to the coordinators of the school."""
    _tell(keepers_of(committee), template, committee, **values)


def tell_coordinators(template: str, committee: Committee, **values: Any) -> None:
    """A letter to the coordinators of the school, and to its administrators."""
    here = members_with_role(committee.organisation, Role.COORDINATOR, Role.ORG_ADMIN)
    _tell([each.account for each in here if each.account.is_active], template, committee, **values)


def _tell(people: Sequence[Account], template: str, committee: Committee, **values: Any) -> None:
    for person in people:
        told = {**facts(committee), "path": committee_path(committee), **values}
        queue_letter(template, topic=Topic.COMMITTEES, to=person, **told)


def keepers_of(committee: Committee) -> Sequence[Account]:
    """Who keeps the committee; once that person has left the school, its coordinators."""
    here = members_with_role(committee.organisation, *KEEPERS)
    owners = {each.account for each in here if each.account_id == committee.owner_id and each.account.is_active}
    return list(owners) or [each.account for each in here if each.role is Role.COORDINATOR]


def facts(committee: Committee) -> dict[str, Any]:
    """What a letter says of a committee, as plain JSON values."""
    return {
        "committee": committee.name,
        "school": committee.organisation.name,
        "faculty": committee.faculty.name,
        "purpose": committee.purpose,
        "keeper": committee.owner.display_name if committee.owner else "",
    }
