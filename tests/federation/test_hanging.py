"""A provider that hangs, under the server as it is run: who signs in hears so in time, and nobody else waits."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
import urllib3
from flask import Flask

from config import ROOT
from matchmaker.database import db
from matchmaker.outgoing.client import SECONDS, use_loopback
from matchmaker.outgoing.lines import WAIT_SECONDS
from tests.factories import people
from tests.federation.scenes import register
from tests.outgoing.servers import serving, took

VISITORS, PAGES = 8, 16
"""As many visitors as the server has threads: without limits they would hold them all."""
SLACK = 2.0
"""Seconds for a busy machine; what must not happen takes four."""
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

pytestmark = pytest.mark.committed


@contextmanager
def gunicorn(app: Flask, folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": app.extensions["settings"].database_url,
        "FILES_FOLDER": str(folder),
        "PUBLIC_URL": address,
        "OUTGOING_LOOPBACK": "1",
        "LIMITS": "0",
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    command += ["--log-level", "error", "wsgi:app"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                if ask(address, "/hulp").status == 200:
                    break
            except urllib3.exceptions.HTTPError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=40)


def ask(address: str, path: str, *, cookie: str = "", form: dict[str, str] | None = None) -> urllib3.BaseHTTPResponse:
    return urllib3.request(
        "POST" if form else "GET",
        f"{address}{path}",
        body=urlencode(form) if form else None,
        headers={"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"},
        retries=False,
        timeout=30,
    )


def sign_in(address: str, organisation_id: int, answers: list[tuple[int, float]]) -> None:
    page = ask(address, "/inloggen/organisatie")
    token = CSRF.search(page.data.decode())
    assert token is not None
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    start = time.monotonic()
    form = {"csrf_token": token[1], "organisation": str(organisation_id)}
    answer = ask(address, "/inloggen/organisatie", cookie=cookie, form=form)
    answers.append((answer.status, took(start)))


def slowest(address: str) -> float:
    durations = []
    for _ in range(PAGES):
        start = time.monotonic()
        assert ask(address, "/hulp").status == 200
        durations.append(took(start))
    return max(durations)


def visit(address: str, organisation_id: int) -> tuple[list[tuple[int, float]], float]:
    """What everyone who signs in at once hears and after how long, and the slowest page of others meanwhile."""
    answers: list[tuple[int, float]] = []
    visitors = [threading.Thread(target=sign_in, args=(address, organisation_id, answers)) for _ in range(VISITORS)]
    for each in visitors:
        each.start()
    time.sleep(0.3)
    meanwhile = slowest(address)
    for each in visitors:
        each.join()
    return answers, meanwhile


def test_a_provider_that_hangs_slows_nobody_else(committed_app: Flask, tmp_path: Path) -> None:
    """Beside one that is gone and says so at once: the same visitors, the same pages."""
    use_loopback(True)
    with serving([]) as server:
        gone = server.address("")
    with serving([b"HTTP/1.1 200 OK\r\n\r\n"], pause=60) as hanging:
        schools = [people.institution(), people.institution()]
        for school, issuer in zip(schools, (gone, hanging.address("")), strict=True):
            register(school, issuer)
        quick, slow = (each.id for each in schools)
        db.session.commit()
        with gunicorn(committed_app, tmp_path) as address:
            visit(address, quick)
            _, usual = visit(address, quick)
            answers, meanwhile = visit(address, slow)
    assert [status for status, _ in answers] == [503] * VISITORS
    assert max(seconds for _, seconds in answers) < SECONDS + WAIT_SECONDS + SLACK
    assert 1 <= len(hanging.asked) <= 4
    assert meanwhile < usual + SLACK
