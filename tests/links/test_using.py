"""A link that was read a moment ago opens nothing any more when another was first."""

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import LinkUnusable
from matchmaker.links.actions import find_link, make_link, token_of, use_link
from matchmaker.links.models import Link, Purpose


@pytest.mark.parametrize(("ended", "reason"), [("used_at", "used"), ("revoked_at", "revoked")])
def test_what_another_used_or_ended_meanwhile_is_not_used(app: Flask, ended: str, reason: str) -> None:
    made = make_link(Purpose.INVITATION, subject_id=1, days=1)
    found = find_link(token_of(made), Purpose.INVITATION)
    by_another = update(Link).where(Link.id == made.id).values({ended: now()})
    db.session.execute(by_another.execution_options(synchronize_session=False))
    assert (found.used_at, found.revoked_at) == (None, None)
    with pytest.raises(LinkUnusable, match=reason):
        use_link(found)
