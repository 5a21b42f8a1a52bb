"""A coordinator invites the students of a programme: one by one, or a whole list of addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker.accounts.mail_address import normal_form
from matchmaker.errors import InvalidValue
from matchmaker.organisations.joining import invite
from matchmaker.organisations.models import Membership, Programme
from matchmaker.students.actions import expect
from matchmaker.vocabulary import Role

MOST_AT_ONCE = 500
INVITATION_DAYS = 30
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class NotInvited:
    """An address that got no invitation, and why not."""

    address: str
    problem: InvalidValue


def read_addresses(text: str) -> list[str]:
    """The addresses in a text, one a line or with commas between; each once, in order. Raises InvalidValue."""
    found = list(dict.fromkeys(each.strip("<>").lower() for each in _BETWEEN.split(text) if each.strip("<>")))
    if not found:
        raise InvalidValue("addresses", "required")
    if len(found) > MOST_AT_ONCE:
        raise InvalidValue("addresses", "too_many_addresses", n=MOST_AT_ONCE)
    return found


def invite_students(
    addresses: Sequence[str], programme: Programme, *, by: Membership
) -> tuple[list[Membership], list[NotInvited]]:
    """A letter to each address that is one and is not here yet; the others are named with the reason."""
    invited: list[Membership] = []
    left_out: list[NotInvited] = []
    for address in addresses:
        try:
            invited.append(_invite(address, programme, by=by))
        except InvalidValue as problem:
            left_out.append(NotInvited(address, problem))
    return invited, left_out


def _invite(address: str, programme: Programme, *, by: Membership) -> Membership:
    try:
        email = normal_form(address)
    except ValueError as error:
        raise InvalidValue("addresses", "not_a_mail_address") from error
    membership = invite(
        email,
        name=email.partition("@")[0][:120],
        role=Role.STUDENT,
        organisation=programme.faculty.organisation,
        by=by,
        faculty=programme.faculty,
        days=INVITATION_DAYS,
    )
    expect(membership.account, programme, by=by.account)
    return membership
