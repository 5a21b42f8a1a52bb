"""docs/security/measures.md says what the code does: every number, way in, key, log and file that stands there."""

import ast
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from config import ROOT, Settings
from matchmaker.accounts import actions as account_actions
from matchmaker.accounts import attempts, idleness, letters, passwords, sessions
from matchmaker.accounts.models import WITH_SECOND_STEP, OpenedWith
from matchmaker.classification import What
from matchmaker.database import MAX_ID
from matchmaker.factors import apps, challenges, passkeys, recovery
from matchmaker.federation import visits
from matchmaker.files import room, uploads
from matchmaker.limits.actions import MOST_AN_HOUR
from matchmaker.listings.import_export.sheets import MOST_ROWS
from matchmaker.outgoing import client, lines
from matchmaker.replies import actions as replies
from matchmaker.replies import reading
from matchmaker.tokens import actions as tokens
from tests.house_rules.test_asvs import exists
from tests.house_rules.test_dangerous_calls import imported

TEXT = (ROOT / "docs" / "security" / "measures.md").read_text(encoding="utf-8")
CRYPTOGRAPHY = {
    "hashlib", "hmac", "secrets", "cryptography", "argon2", "pyrage", "joserfc", "authlib", "webauthn", "pyotp", "ssl",
}  # fmt: skip
NETWORK = {"socket", "smtplib", "imaplib", "http", "urllib3", "requests", "httpx", "ftplib", "telnetlib", "aiohttp"}
MEGABYTE = 1024 * 1024


def table(heading: str) -> list[list[str]]:
    """The cells of each row of the table under a heading."""
    part = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("|")]
    assert len(rows) > 2, heading
    return rows[2:]


def files(heading: str, column: int = 1) -> set[str]:
    return {found for row in table(heading) for found in re.findall(r"`([a-z_/]+\.py)`", row[column])}


def whole(length: timedelta) -> str:
    for seconds, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        number, left = divmod(int(length.total_seconds()), seconds)
        if not left:
            return f"{number} {name}{'s' * (number != 1)}"
    raise AssertionError(length)


def test_every_way_in_is_named_and_no_other() -> None:
    rows = {row[0].strip("`"): row[2] for row in table("Ways in")}
    assert rows == {each.value: "yes" if each in WITH_SECOND_STEP else "no" for each in OpenedWith}


def test_times_and_bounds_of_signing_in_are_those_of_the_code() -> None:
    settings = Settings()
    assert dict(table("Times and bounds of signing in")) == {
        "a session, however opened and however much it is used": f"{settings.session_hours} hours (`SESSION_HOURS`)",
        "a session that is not used": (
            f"{settings.idle_minutes} minutes (`IDLE_MINUTES`), exact to {whole(idleness.NOTED_EVERY)}"
        ),
        "a session that waits for a code": whole(sessions.HALF_OPEN),
        "a challenge for a passkey": whole(challenges.LASTS),
        "a visit to a login provider": whole(visits.LASTS),
        "a code from an app": f"30 seconds, and {apps.STEPS_APART} step either way for clocks that differ",
        "failures before the door stays shut": f"{attempts.FAILURES} in {whole(attempts.FAILURE_WINDOW)}",
        "letters to one address": f"{letters.LETTERS_AN_HOUR} an hour",
        "a link for a new password": whole(timedelta(days=account_actions.PASSWORD_LINK_DAYS)),
        "a link of an invitation": f"{settings.link_days} days (`LINK_DAYS`)",
        "a token of a program": f"{tokens.LASTS.days} days",
        "a password": f"{passwords.SHORTEST} to {passwords.LONGEST} characters, of any kind, never has to be renewed",
        "a recovery code": f"{recovery._BYTES * 8} bits",
        "passkeys of one person": str(passkeys.MOST),
    }


def test_what_asks_to_prove_oneself_again_is_what_stands_there(app: Flask) -> None:
    asking = {name: view.proof.value for name, view in app.view_functions.items() if hasattr(view, "proof")}
    said = {f"account.{name}": row[2].strip("`") for row in table("Proving oneself again") for name in _codes(row[1])}
    assert asking == said
    assert whole(sessions.PROOF_LASTS) == "10 minutes"


def test_every_door_is_counted_as_it_says() -> None:
    assert dict(table("How often")) == {f"`{door.value}`": str(most) for door, most in MOST_AN_HOUR.items()}


def test_what_may_come_in_is_what_is_let_in() -> None:
    said = dict(table("What may come in"))
    settings = Settings()
    assert said["request"] == f"{settings.upload_megabytes} MB (`UPLOAD_MEGABYTES`), 4 MB without files, 2000 fields"
    assert said["file"] == f"{uploads.MOST_BYTES // MEGABYTE} MB, {uploads.MOST_FILES} at once, known by its content"
    assert said["files of one person in a day"] == (
        f"{room.MOST_OF_ONE // MEGABYTE} MB; of all without an account together "
        f"{room.MOST_WITHOUT_ACCOUNT // MEGABYTE} MB; {room.LEAST_FREE // MEGABYTE} MB of the disk stays free"
    )
    unpacked = f"{uploads.MOST_UNPACKED // MEGABYTE} MB unpacked, {uploads.MOST_PARTS} parts, no programs inside"
    assert said["packed file"] == unpacked
    assert said["table to import"] == f"{MOST_ROWS} rows"
    assert said["row number in an address"] == f"1 to {MAX_ID}"
    assert said["mail that comes in"] == f"{replies.MOST_BYTES // MEGABYTE} MB, {reading.MOST_PARTS} parts"
    kinds = TEXT.partition("Files that are taken, and how their name then ends: ")[2].partition(". ")[0]
    assert set(kinds.split(", ")) == set(uploads.SUFFIXES.values())


def test_every_class_of_data_has_what_it_asks() -> None:
    assert {row[0].strip("`") for row in table("What each class of data asks")} == {each.value for each in What}


def test_every_file_that_uses_cryptography_is_in_the_inventory_and_no_other() -> None:
    using = {file for file, each in imported() if each.split(".")[0] in CRYPTOGRAPHY}
    assert files("Cryptography") == {each.removeprefix("matchmaker/") for each in using}


def test_every_key_has_a_life_that_is_written_down() -> None:
    secret = {name.upper() for name, each in Settings.__dataclass_fields__.items() if not each.repr}
    rows = {row[0].strip("`"): row for row in table("Keys")}
    assert rows.keys() == secret
    assert all(len(row) == 5 and all(row) for row in rows.values())


def test_everyone_we_speak_with_is_named_with_its_bounds() -> None:
    using = {file.removeprefix("matchmaker/") for file, each in imported() if each.split(".")[0] in NETWORK}
    assert files("With whom we speak") == using | {"database.py"}
    (providers,) = [row for row in table("With whom we speak") if row[0].startswith("login providers")]
    assert providers[2] == f"{client.SECONDS:.0f} seconds, then {lines.REST_SECONDS:.0f} seconds of rest"
    assert providers[3] == f"{lines.MOST_AT_ONCE} at once in a process, {client.MOST_BYTES} bytes"


def test_a_line_of_the_log_has_the_fields_that_are_written_down() -> None:
    """docs/operation.md names them; here they are taken from the code that writes them."""
    page = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8").partition("## The log")[2].partition("\n## ")[0]
    named = {name for line in page.splitlines() if line.startswith("| `") for name in _codes(line.split("|")[1])}
    written = set[str]()
    for path in ("operation/logs.py", "operation/slow.py", "web/request_life.py"):
        for node in ast.walk(ast.parse((ROOT / "matchmaker" / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                written |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "line":
                written.add(ast.literal_eval(node.slice))
    assert named == written - {"fields"}


def _codes(text: str) -> list[str]:
    return re.findall(r"`([a-z_]+)`", text)


@pytest.mark.parametrize(
    ("heading", "least"), [("What must fit together", 8), ("Who may see or fill in a field", 9), ("What takes long", 8)]
)
def test_every_rule_has_a_test_that_exists(heading: str, least: int) -> None:
    named: list[Any] = [row[2].strip("`") for row in table(heading)]
    assert len(named) >= least
    assert [each for each in named if not exists(each)] == []
