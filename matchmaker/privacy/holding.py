"""Finding what a hold is laid on: a person by mail address, a subject by kind and number."""

from typing import Any

from matchmaker.accounts.models import Account
from matchmaker.accounts.queries import account_by_email
from matchmaker.database import Base, db
from matchmaker.errors import InvalidValue
from matchmaker.holds.queries import SUBJECTS


def person_to_hold(address: str) -> Account:
    """Raises InvalidValue at `email` when nobody has it."""
    found = account_by_email(address.strip().lower())
    if found is None:
        raise InvalidValue("email", "unknown_code")
    return found


def subject_to_hold(kind: str, number: int) -> Any:
    """Raises InvalidValue at `number` when there is none."""
    models = {each.class_.__name__: each.class_ for each in Base.registry.mappers}
    found = db.session.get(models[kind], number) if kind in SUBJECTS else None
    if found is None:
        raise InvalidValue("number", "unknown_code")
    return found
