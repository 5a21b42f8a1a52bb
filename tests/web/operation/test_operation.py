"""What a monitor asks, over HTTP."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from config import ROOT
from matchmaker import create_app
from tests.conftest import settings_for
from tests.factories.client import Client

TOKEN = "een-lang-genoeg-geheim"


def test_alive_under_any_name_and_without_a_database(tmp_path: Path) -> None:
    app = create_app(settings_for("postgresql://nobody@127.0.0.1:9/none", tmp_path))
    answer = app.test_client().get("/health/live", headers={"Host": "10.0.0.7:8000"})
    assert answer.status_code == 200 and answer.get_json() == {"alive": True}
    assert answer.headers["Cache-Control"] == "no-store"


def test_not_ready_without_a_database(tmp_path: Path) -> None:
    app = create_app(settings_for("postgresql://nobody@127.0.0.1:9/none", tmp_path))
    answer = app.test_client().get("/health/ready")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert answer.get_json()["parts"] == {
        "database": False, "migrations": False, "files": True, "worker": False, "letters": False,
    }  # fmt: skip


def test_ready_with_each_part(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.get_json()["ready"] is True and answer.get_json()["parts"]["database"] is True


def test_figures_only_with_the_token(app: Flask, client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    object.__setattr__(app.extensions["settings"], "metrics_token", TOKEN)
    try:
        for given in ("", f"Bearer {TOKEN}x", "Bearer café", f"bearer{TOKEN}"):
            refused = client.get("/metrics", headers={"Authorization": given})
            assert refused.status_code == 401 and refused.headers["WWW-Authenticate"] == "Bearer"
        client.get("/bestaat-niet-eens")
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    finally:
        object.__setattr__(app.extensions["settings"], "metrics_token", "")
    assert answer.status_code == 200
    found = {family.name: family for family in text_string_to_metric_families(answer.text)}
    counted = {tuple(sorted(each.labels.items())) for each in found["matchmaker_answers"].samples}
    assert (("endpoint", ""), ("method", "GET"), ("status", "404")) in counted
    assert found["matchmaker_answer_seconds"].type == "histogram"
    assert {"matchmaker_letters", "matchmaker_jobs"} <= found.keys()


def test_figures_of_the_process_itself_without_a_database(tmp_path: Path) -> None:
    """Its counters stay, among them of the pages that could not be shown; what is asked of the database is left out."""
    app = create_app(replace(settings_for("postgresql://nobody@127.0.0.1:9/none", tmp_path), metrics_token=TOKEN))
    browser = app.test_client()
    assert browser.get("/aanbod").status_code == 503
    answer = browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    found = {family.name: family for family in text_string_to_metric_families(answer.text)}
    refused = [each for each in found["matchmaker_answers"].samples if each.labels["status"] == "503"]
    assert any(each.labels["endpoint"].startswith("public.") and each.value >= 1 for each in refused)
    assert not {"matchmaker_letters", "matchmaker_jobs", "matchmaker_worker_silence_seconds"} & found.keys()


PROGRAM = """
import os, sys
from wsgi import app
client = app.test_client()
for _ in range(3):
    client.get("/health/live")
if sys.argv[1] == "tell":
    print(client.get("/metrics", headers={"Authorization": "Bearer " + os.environ["METRICS_TOKEN"]}).text)
"""


def test_figures_of_several_processes_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path}/x.db",
        "FILES_FOLDER": str(tmp_path),
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "figures"),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    for what in ("work", "tell"):
        told = subprocess.run(
            [sys.executable, "-c", PROGRAM, what], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout
    families = {family.name: family for family in text_string_to_metric_families(told)}
    answers = families["matchmaker_answers"].samples
    assert [each.value for each in answers if each.labels["endpoint"] == "operation.live"] == [6.0]
