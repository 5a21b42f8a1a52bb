"""From the register that is shipped into the database."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from matchmaker.audit.actions import record
from matchmaker.competences.models import Competence, CompetenceIndicator
from matchmaker.database import db

REGISTER = Path(__file__).parent / "register.json"


def load_competences() -> int:
    """Add the competences the product ships with; one that is there is left as it is. Returns how many are new."""
    known = set(db.session.scalars(select(Competence.code)))
    rows: list[dict[str, Any]] = json.loads(REGISTER.read_text(encoding="utf-8"))
    made = [_competence(row) for row in rows if row["code"] not in known]
    db.session.add_all(made)
    db.session.flush()
    if made:
        record("competences.load", about=made[0], by=None, made=len(made))
    return len(made)


def _competence(row: dict[str, Any]) -> Competence:
    """Each indicator is a pair: Dutch, English."""
    indicators = [
        CompetenceIndicator(level=level, position=position, text=dutch, text_en=english)
        for level, pairs in enumerate(row["levels"], 1)
        for position, (dutch, english) in enumerate(pairs)
    ]
    name, about = row["name"], row["about"]
    return Competence(
        code=row["code"], name=name[0], name_en=name[1], about=about[0], about_en=about[1], indicators=indicators
    )
