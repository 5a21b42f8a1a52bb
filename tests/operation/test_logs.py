"""Log lines are JSON, one a line, and carry the id of where they belong."""

import json
import os
import subprocess
import sys
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


def lines(folder: Path, **settings: str) -> list[dict[str, object]]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/x.db", "FILES_FOLDER": str(folder), **settings}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
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
