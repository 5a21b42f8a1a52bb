"""Log lines are JSON, one a line, and carry the id of where they belong."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from config import ROOT

PROGRAM = """
import logging
from wsgi import app
app.config["PROPAGATE_EXCEPTIONS"] = False
def fall(): raise RuntimeError("regel\\n\\u2028twee")
app.view_functions["public.show_about"] = fall
client = app.test_client()
client.get("/health/live", headers={"X-Request-Id": "van-de-proxy-1"})
client.get("/over")
logging.getLogger("elders").warning("een %s", "woord")
"""
MIGRATION = """
import logging, warnings
from flask_migrate import upgrade
from wsgi import app
with app.app_context(): upgrade()
logging.getLogger("elders").warning("langzaam", extra={"fields": {"seconds": 0.7}})
warnings.warn("pas op")
"""
SERVER = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "wsgi:app"]


def environment_of(folder: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/x.db", "FILES_FOLDER": str(folder), **settings}


def lines(folder: Path, program: str = PROGRAM, **settings: str) -> list[dict[str, object]]:
    environment = environment_of(folder, **settings)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_every_line_is_json_with_its_origin(tmp_path: Path) -> None:
    alive, error, fell, elsewhere = lines(tmp_path, LOG_JSON="1", TRUSTED_PROXIES="1")
    assert alive["origin"] == "van-de-proxy-1"
    assert (alive["rule"], alive["method"], alive["status"], alive["actor"]) == ("/health/live", "GET", 200, None)
    assert fell["status"] == 500 and error["origin"] == fell["origin"] != alive["origin"]
    assert error["level"] == "error" and "regel\n\u2028twee" in str(error["trace"])
    assert elsewhere["says"] == "een woord" and str(elsewhere["time"]).endswith("+00:00")


def test_an_id_is_taken_from_no_stranger(tmp_path: Path) -> None:
    assert lines(tmp_path, LOG_JSON="1")[0]["origin"] != "van-de-proxy-1"


def test_a_migration_leaves_the_log_as_it_is(tmp_path: Path) -> None:
    slow, careful = lines(tmp_path, MIGRATION, LOG_JSON="1")[-2:]
    assert (slow["says"], slow["seconds"]) == ("langzaam", 0.7)
    assert "pas op" in str(careful["says"])


def test_the_server_writes_json_too(tmp_path: Path) -> None:
    """From its first line to its last, with nothing on standard output."""
    environment = environment_of(tmp_path, LOG_JSON="1", WEB_CONCURRENCY="1", BIND=f"unix:{tmp_path}/door")
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(SERVER, cwd=ROOT, env=environment, stdout=log, stderr=log)
    while "Booting worker" not in (tmp_path / "log").read_text():
        assert server.poll() is None
        time.sleep(0.1)
    time.sleep(1)
    server.terminate()
    assert server.wait(timeout=15) == 0
    told = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    said = [str(line["says"]).split(" ")[0] for line in told if line["part"] == "gunicorn.error"]
    assert said[0] == "Starting" and said[-1] == "Shutting" and "Booting" in said
