"""Ten codes on paper, for when app and passkeys are gone."""

import base64
import secrets
from collections.abc import Iterator

from sqlalchemy import delete, select, update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.factors.keys import digests, mark_of_now
from matchmaker.factors.models import RecoveryCode

CODES = 10
_BYTES = 15
_GROUP = 4


def make_codes(account: Account) -> list[str]:
    """Ten new codes of 120 bits in groups of four letters; those of before end. They can be read only now."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    plain = [base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower() for _ in range(CODES)]
    mark = mark_of_now()
    db.session.add_all(
        RecoveryCode(account_id=account.id, code_hash=next(_hashes(account, code)), key_mark=mark) for code in plain
    )
    db.session.flush()
    record("second_step.codes_made", about=account, by=account)
    return ["-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)) for code in plain]


def use_code(account: Account, typed: str) -> bool:
    """Spend a code, typed with or without its dashes; False when it is none of theirs or was used before."""
    found = select(RecoveryCode.id).where(
        RecoveryCode.account_id == account.id, RecoveryCode.code_hash.in_(_hashes(account, typed.lower()))
    )
    spent = db.session.execute(
        update(RecoveryCode)
        .where(RecoveryCode.id.in_(found), RecoveryCode.used_at.is_(None))
        .values(used_at=now())
        .execution_options(synchronize_session=False)
    )
    return spent.rowcount == 1


def _hashes(account: Account, code: str) -> Iterator[str]:
    """Of a code under each key that is known, that of now first."""
    said = f"{account.id}:{code}".encode("utf-8", "surrogatepass")
    return (each.hex() for each in digests("recovery", said))
