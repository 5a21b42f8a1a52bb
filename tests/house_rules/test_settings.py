"""Settings are checked at the start; what is dangerous does not start in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from config import ConfigurationError, Settings, read_settings
from matchmaker import create_app
from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.organisations.registers import load_registers

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "x" * 40,
    "PUBLIC_URL": "https://loket.example",
    "SMTP_HOST": "mail.example",
    "MAIL_FROM": "loket@loket.example",
    "SECURITY_CONTACT": "mailto:veilig@loket.example",
}


def test_production_starts_with_what_it_needs() -> None:
    assert read_settings(PRODUCTION).production


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"DEMO": "1"}, "DEMO"),
        ({"SECRET_KEY": "only-for-development"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEYS_BEFORE": "y" * 31}, "SECRET_KEYS_BEFORE"),
        ({"SECRET_KEYS_BEFORE": f"{'y' * 40},only-for-development"}, "SECRET_KEYS_BEFORE"),
        ({"PUBLIC_URL": "http://loket.example"}, "PUBLIC_URL"),
        ({"SMTP_HOST": ""}, "SMTP_HOST"),
        ({"MAIL_FROM": "loket@matchmaker.example"}, "MAIL_FROM"),
        ({"SECURITY_CONTACT": "mailto:security@matchmaker.example"}, "SECURITY_CONTACT"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"LIMITS": "0"}, "LIMITS"),
        ({"SECOND_STEP": "0"}, "SECOND_STEP"),
        ({"OUTGOING_LOOPBACK": "1"}, "OUTGOING_LOOPBACK"),
        ({"SMTP_USER": "loket", "SMTP_PASSWORD": "x"}, "SMTP_STARTTLS"),
        (
            {"IMAP_HOST": "imap.example", "IMAP_USER": "x", "REPLY_TO": "antwoord@loket.example", "IMAP_TLS": "0"},
            "IMAP_TLS",
        ),
    ],
)
def test_production_refuses(changes: dict[str, str], names: str) -> None:
    with pytest.raises(ConfigurationError, match=names):
        read_settings({**PRODUCTION, **changes})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRODUCTION", "misschien"),
        ("SECRET_KEYS_BEFORE", "only-for-development"),
        ("SECRET_KEYS_BEFORE", "een,twee,een"),
        ("SECRET_KEYS_BEFORE", "een,,twee"),
        ("SECRET_KEYS_BEFORE", "een,"),
        ("SMTP_PORT", "25a"),
        ("SMTP_PORT", "70000"),
        ("SMTP_PORT", "-1"),
        ("SMTP_PORT", "²"),
        ("SESSION_HOURS", "0"),
        ("IDLE_MINUTES", "14"),
        ("IDLE_MINUTES", "1441"),
        ("LINK_DAYS", "100000"),
        ("THEME", "nope"),
        ("THEME", ""),
        ("SECRET_KEY", ""),
        ("FILES_FOLDER", ""),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "postgresql+psycopg2://loket@localhost/loket"),
        ("DATABASE_URL", "postgresqlfoo://loket@localhost/loket"),
        ("DATABASE_URL", "postgresql://loket@localhost:veel/loket"),
        ("DATABASE_URL", "postgresql://loket@localhost:0/loket"),
        ("DATABASE_URL", "postgresql+psycopg://loket@localhost:70000/loket"),
        ("PUBLIC_URL", "loket.example"),
        ("PUBLIC_URL", "http://localhost:5000/"),
        ("PUBLIC_URL", "https://loket.example/loket"),
        ("PUBLIC_URL", "https://iemand@loket.example"),
        ("REPLY_TO", "antwoord+x@loket.example"),
        ("REPLY_TO", "antwoord"),
        ("IMAP_PORT", "0"),
        ("IMAP_HOST", "imap.example"),
        ("IMAP_FOLDER", 'IN"BOX'),
        ("MAIL_FROM", "geen adres"),
        ("MAIL_FROM", "@"),
        ("MAIL_FROM", "a@b.example, c@d.example"),
        ("MAIL_FROM", "Het loket <loket@loket.example>"),
        ("METRICS_TOKEN", "kort"),
        ("BACKUP_KEY", "AGE-SECRET-KEY-1X"),
        ("BACKUP_KEY", "age1nonsense"),
        ("SCANNER", "clamd"),
        ("SCANNER", "run/clamav/clamd.ctl"),
        ("SECURITY_CONTACT", "veilig@loket.example"),
        ("SECURITY_CONTACT", "mailto:veilig@loket.example\nExpires: 2000-01-01T00:00:00Z"),
        ("REQUEST_SECONDS", "0"),
        ("MAIL_FROM", "a@b.example\nBcc: x@y.example"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        read_settings({name: value})


def test_a_wrong_value_stops_the_start_with_one_line() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**os.environ, "SMTP_PORT": "veel"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr == "Cannot start: SMTP_PORT must be a whole number, not 'veel'\n"


@pytest.mark.parametrize(("place", "why"), [("file", "File exists"), ("file/below", "Not a directory")])
def test_a_folder_of_files_that_cannot_be_written_stops_the_start_with_one_line(
    tmp_path: Path, place: str, why: str
) -> None:
    (tmp_path / "file").touch()
    answer = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**os.environ, "FILES_FOLDER": str(tmp_path / place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr == f"Cannot start: FILES_FOLDER must be a folder that can be written: {why}\n"


def test_no_secret_stands_in_the_words_of_the_settings() -> None:
    shown = repr(Settings(secret_key="geheim-een", secret_keys_before=("geheim-drie",), smtp_password="geheim-twee"))
    assert "geheim" not in shown
    with pytest.raises(ConfigurationError) as refused:
        read_settings({**PRODUCTION, "SECRET_KEYS_BEFORE": "geheim-drie"})
    assert "geheim" not in str(refused.value)


def test_former_keys_stand_behind_each_other_with_a_comma_between_them() -> None:
    assert read_settings({"SECRET_KEYS_BEFORE": " een , twee,met\\,komma "}).secret_keys_before == (
        "een", "twee", "met,komma",
    )  # fmt: skip
    assert read_settings({"SECRET_KEYS_BEFORE": ""}).secret_keys_before == ()


def test_nothing_of_development_is_on_in_production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the environment says for debugging."""
    monkeypatch.setenv("FLASK_DEBUG", "1")
    changes = {"DATABASE_URL": f"sqlite:///{tmp_path}/x.db", "FILES_FOLDER": str(tmp_path / "files")}
    app = create_app(read_settings({**PRODUCTION, **changes}))
    assert app.debug is False and app.testing is False
    assert app.config["PROPAGATE_EXCEPTIONS"] in (None, False)


def test_a_new_database_holds_no_account(app: Flask) -> None:
    load_registers()
    assert db.session.query(Account).count() == 0
