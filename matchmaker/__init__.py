"""Matchmaker: one desk per municipality through which schools and municipalities find each other."""

from pathlib import Path

from flask import Flask

from config import ROOT, ConfigurationError, Settings, read_settings
from matchmaker import cli, web
from matchmaker.accounts.breached import use_breached
from matchmaker.accounts.idleness import use_idleness
from matchmaker.appointments.ical import Site, use_site
from matchmaker.database import db, prepare_engine, read_json
from matchmaker.files.actions import use_folder
from matchmaker.files.scanner import use_scanner
from matchmaker.keys import use_keys
from matchmaker.operation.slow import watch_slow
from matchmaker.outgoing.client import use_loopback
from matchmaker.private import make_folder
from matchmaker.replies.addresses import use_mailbox
from matchmaker.silence import NETWORK

POOL_SECONDS = 2
"""How long a request waits until another has done with its connection to PostgreSQL."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve; settings come from the environment unless given."""
    settings = settings or read_settings()
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=str(ROOT / "instance"),
    )
    app.extensions["settings"] = settings
    web.configure(app, settings)
    _open_database(app, settings)
    use_keys(settings.secret_key, settings.secret_keys_before)
    use_mailbox(settings.reply_to)
    use_site(Site(settings.site_name, settings.mail_from, settings.public_url))
    use_breached(settings.pwned_passwords)
    use_idleness(settings.idle_minutes)
    _open_files(settings.files_folder)
    use_scanner(settings.scanner)
    use_loopback(settings.outgoing_loopback)
    web.register(app)
    cli.register(app)
    return app


def _open_files(folder: Path) -> None:
    try:
        use_folder(folder)
    except OSError as error:
        raise ConfigurationError(f"FILES_FOLDER must be a folder that can be written: {error.strerror}") from error


def _open_database(app: Flask, settings: Settings) -> None:
    url = settings.database_url
    if url == Settings().database_url:
        make_folder(ROOT / "instance")
    app.config["SQLALCHEMY_DATABASE_URI"] = url.replace("postgresql://", "postgresql+psycopg://", 1)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = (
        {"connect_args": {"check_same_thread": False}}
        if url.startswith("sqlite")
        else {"pool_pre_ping": True, "pool_timeout": POOL_SECONDS, "connect_args": NETWORK}
    ) | {"hide_parameters": True, "json_deserializer": read_json}
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        watch_slow(db.engine)
