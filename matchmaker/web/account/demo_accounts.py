"""In the demo anyone may walk in as any role: the accounts stand on the sign-in page."""

import json
from pathlib import Path

from flask import current_app

from matchmaker.vocabulary import Role


def demo_accounts() -> list[dict[str, object]]:
    """One account per role in the demo; none anywhere else (`DEMO` is refused in production)."""
    if not current_app.extensions["settings"].demo:
        return []
    try:
        rows = json.loads((Path(current_app.instance_path) / "demo-accounts.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return []
    return [{**row, "role": Role(row["role"])} for row in rows]
