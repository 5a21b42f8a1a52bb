"""Pages, cut by audience. Reads as a table of contents."""

from flask import Flask

from config import Settings
from matchmaker.web import (
    assets,
    cookies,
    devices,
    errors,
    hosts,
    limits,
    locale,
    pace,
    presentation,
    reading,
    request_life,
    second_step,
    security,
    sign_in_state,
    static_files,
    submissions,
)
from matchmaker.web.addresses import IdConverter
from matchmaker.web.blueprints import BLUEPRINTS
from matchmaker.web.templating import QuickEnvironment


def configure(app: Flask, settings: Settings) -> None:
    """What Flask itself needs to know, before anything is registered."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_keys_before),
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-matchmaker" if settings.secure else "matchmaker",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SECRET_KEY=[*settings.secret_keys_before, settings.secret_key],
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.debug = app.debug and not settings.production
    app.jinja_environment = QuickEnvironment
    cookies.configure(app)
    app.url_map.converters["id"] = IdConverter


def register(app: Flask) -> None:
    """Everything around a request, then the pages."""
    request_life.register(app)
    hosts.register(app)
    locale.register(app)
    sign_in_state.register(app)
    second_step.register(app)
    devices.register(app)
    security.register(app)
    pace.register(app)
    limits.register(app)
    submissions.register(app)
    assets.register(app)
    static_files.register(app)
    reading.register(app)
    presentation.register(app)
    errors.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
