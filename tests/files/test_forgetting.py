"""The bytes of a file go with its row, a day later."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.files.actions import forget, forget_unused, keep, read, use_folder
from matchmaker.files.models import StoredFile


def kept(content: bytes) -> StoredFile:
    return keep(content, name="verslag.pdf", media_type="application/pdf", organisation_id=None, by=None)


def test_bytes_are_for_the_user_of_the_product_alone(app: Flask) -> None:
    before = os.umask(0)
    try:
        row = keep(b"x", name="x", media_type="text/plain", organisation_id=None, by=None)
    finally:
        os.umask(before)
    path = app.extensions["settings"].files_folder / row.key[:2] / row.key
    assert [oct(each.stat().st_mode & 0o777) for each in (path, path.parent)] == ["0o600", "0o700"]


def test_only_what_has_no_row_and_is_a_day_old_goes(app: Flask, tmp_path: Path) -> None:
    use_folder(tmp_path)
    try:
        stays, goes, fresh = kept(b"een"), kept(b"twee"), kept(b"drie")
        paths = {each.key: tmp_path / each.key[:2] / each.key for each in (stays, goes, fresh)}
        for each in (stays, goes):
            earlier = (now() - timedelta(days=2)).timestamp()
            os.utime(paths[each.key], (earlier, earlier))
        gone, young = paths[goes.key], paths[fresh.key]
        forget(goes)
        forget(fresh)
        assert forget_unused(now()) == 1
        assert (read(stays), gone.exists(), young.exists()) == (b"een", False, True)
        paths[stays.key].unlink()
        with pytest.raises(NotFound):
            read(stays)
        assert db.session.query(StoredFile).count() == 1
    finally:
        use_folder(app.extensions["settings"].files_folder)


def test_what_cannot_be_removed_is_left_and_the_rest_goes(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    use_folder(tmp_path)
    try:
        stuck, goes = tmp_path / "aa" / "aa0", tmp_path / "bb" / "bb0"
        stuck.mkdir(parents=True)
        goes.parent.mkdir()
        goes.write_bytes(b"x")
        assert forget_unused(now() + timedelta(days=2)) == 1
        assert (stuck.exists(), goes.exists()) == (True, False)
        assert "cannot be removed: aa0" in caplog.text
    finally:
        use_folder(app.extensions["settings"].files_folder)
