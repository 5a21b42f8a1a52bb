"""What watches the servers: is it alive, is it ready, and its figures. No person reads these pages."""

import hmac
import json

from flask import Blueprint, Response, abort, current_app, request

from config import ROOT
from matchmaker.operation.metrics import figures
from matchmaker.operation.readiness import is_ready, readiness

operation = Blueprint("operation", __name__)


@operation.get("/health/live")
def live() -> Response:
    """The process answers. Asks nothing of any other part."""
    return _told({"alive": True}, 200)


@operation.get("/health/ready")
def ready() -> Response:
    """Each part and whether it is ready; 503 when this server can answer no visitor."""
    settings = current_app.extensions["settings"]
    found = readiness(files=settings.files_folder, migrations=ROOT / "migrations", passwords=settings.pwned_passwords)
    answer = {"ready": is_ready(found), "parts": {part.value: state for part, state in found.items()}}
    return _told(answer, 200 if answer["ready"] else 503)


@operation.get("/metrics")
def show_metrics() -> Response:
    """Figures for Prometheus, with METRICS_TOKEN as bearer. Without that setting the page does not exist."""
    token = current_app.extensions["settings"].metrics_token
    given = request.headers.get("Authorization", "")
    if not token:
        abort(404)
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return Response("METRICS_TOKEN\n", 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")
    return Response(figures(), mimetype="text/plain")


def _told(answer: dict[str, object], status: int) -> Response:
    told = Response(json.dumps(answer) + "\n", status, mimetype="application/json")
    told.headers["Cache-Control"] = "no-store"
    if status == 503:
        told.headers["Retry-After"] = "10"
    return told
