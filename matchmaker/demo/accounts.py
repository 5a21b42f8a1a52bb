"""The demo's accounts: one per role, printed and written to `instance/demo-accounts.json`."""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaker.database import db
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role

DEMO_PASSWORD = "matchmaker demo"  # noqa: S105  # nosec B105  # public on purpose, refused in production

Row = dict[str, str]


def write_accounts(folder: Path) -> list[Row]:
    """One account per role; returns what was written."""
    rows = [_row(role) for role in Role]
    accounts = [row for row in rows if row]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo-accounts.json").write_text(json.dumps(accounts, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return accounts


def print_accounts(accounts: list[Row], *, port: str) -> None:
    """What a visitor needs to start."""
    print(f"\nMatchmaker demo: http://localhost:{port}   (all content is made up)\n")
    for row in accounts:
        print(f"  {row['role']:<22} {row['email']:<44} {row['organisation']}")
    print(f"\n  Password for all: {DEMO_PASSWORD}\n  Stop with Ctrl-C.\n", flush=True)


def _row(role: Role) -> Row | None:
    membership = db.session.scalars(
        select(Membership)
        .where(Membership.role == role, Membership.is_active)
        .order_by(Membership.id)
        .limit(1)
        .options(joinedload(Membership.account), joinedload(Membership.organisation))
    ).first()
    if membership is None:
        return None
    return {
        "role": role.value,
        "email": membership.account.email,
        "password": DEMO_PASSWORD,
        "organisation": membership.organisation.name,
    }
