"""A virus is not kept, and what nobody could look at is not taken. With the real clamd, and a list of its own."""

import io
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.files.models import StoredFile
from matchmaker.files.scanner import SECONDS, ScannerAway, is_there, use_scanner
from matchmaker.files.uploads import check_upload
from matchmaker.operation.readiness import Part, is_ready, readiness
from tests.factories.client import Client
from tests.factories.dates import meeting
from tests.factories.documents import PDF, docx

HARMLESS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner calls a virus, to be tried with (EICAR)."""


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a scanner that knows one virus."""
    program = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("DID NOT RUN: clamd is not installed (apt-get install clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "own.ndb").write_text(f"Eicar-Own:0:*:{HARMLESS.hex()}\n")
    door = folder / "clamd.ctl"
    (folder / "clamd.conf").write_text(
        f"LocalSocket {door}\nDatabaseDirectory {folder}\nForeground yes\nTemporaryDirectory {folder}\n"
    )
    process = subprocess.Popen(
        [program, "--config-file", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(300):
        if door.exists() or process.poll() is not None:
            break
        time.sleep(0.1)
    yield door
    process.terminate()
    process.wait()


@pytest.fixture(autouse=True)
def nobody_looks_afterwards() -> Iterator[None]:
    yield
    use_scanner("")


def test_a_virus_is_refused_also_inside_a_document_and_the_rest_passes(clamd: Path) -> None:
    use_scanner(str(clamd))
    for content, name in ((HARMLESS, "brief.txt"), (docx(word__note_bin=HARMLESS), "brief.docx")):
        with pytest.raises(InvalidValue) as refused:
            check_upload(content, name)
        assert (refused.value.field, refused.value.reason) == ("files", "file_with_virus")
    for content, name in ((PDF, "plan.pdf"), (docx(), "cv.docx"), (b"Een regel. " * 900_000, "lang.txt")):
        assert check_upload(content, name).name == name


def test_without_a_scanner_nothing_is_asked() -> None:
    assert check_upload(HARMLESS, "brief.txt").name == "brief.txt"


def test_the_page_says_so_beside_the_field_keeps_the_text_and_no_file(clamd: Path, client: Client) -> None:
    use_scanner(str(clamd))
    there = meeting()
    answer = client.sign_in(there.lecturer).post(
        f"/samen/{there.match.id}/bericht",
        data={"text": "Zie de bijlage.", "files": [(io.BytesIO(HARMLESS), "brief.txt")]},
        content_type="multipart/form-data",
    )
    assert "In dit bestand zit een virus." in answer.text and "Zie de bijlage." in answer.text
    assert db.session.query(StoredFile).count() == 0


def test_one_that_is_away_takes_nothing_and_is_seen(tmp_path: Path, app: Flask) -> None:
    use_scanner(str(tmp_path / "gone.ctl"))
    with pytest.raises(ScannerAway):
        check_upload(PDF, "plan.pdf")
    found = readiness(files=app.extensions["settings"].files_folder, migrations=ROOT / "migrations")
    assert not found[Part.SCANNER] and is_ready(found)


def test_one_that_is_there_is_seen_too(clamd: Path, app: Flask) -> None:
    use_scanner(str(clamd))
    assert readiness(files=app.extensions["settings"].files_folder, migrations=ROOT / "migrations")[Part.SCANNER]


def test_one_that_hangs_holds_one_visitor_and_then_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        use_scanner(f"127.0.0.1:{silent.getsockname()[1]}")
        begun = time.monotonic()
        with pytest.raises(ScannerAway):
            check_upload(PDF, "plan.pdf")
        first = time.monotonic() - begun
        with pytest.raises(ScannerAway):
            check_upload(PDF, "plan.pdf")
        assert first < SECONDS + 2 and time.monotonic() - begun - first < 1
        begun = time.monotonic()
        assert not is_there() and time.monotonic() - begun < 2
