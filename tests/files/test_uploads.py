"""A file is known by what is in it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from PIL import Image
from werkzeug.http import parse_options_header

from config import Settings
from matchmaker.errors import InvalidValue
from matchmaker.files import pictures, uploads
from matchmaker.files.uploads import check_upload, check_uploads, keep_upload
from matchmaker.web.uploads import as_download
from tests.factories.documents import DESCRIPTION, PDF, PLACE, docx, packed, photo
from tests.factories.office import refused as reason_of


@pytest.mark.parametrize(
    ("content", "name", "kept", "media_type"),
    [
        pytest.param(PDF, "verslag.pdf", "verslag.pdf", "application/pdf", id="a PDF"),
        pytest.param(PDF, "verslag.exe", "verslag.pdf", "application/pdf", id="a PDF with another name"),
        pytest.param(PDF, "..\\..\\windows/../een.pdf", "een.pdf", "application/pdf", id="folders in the name"),
        pytest.param(PDF, "", "bestand.pdf", "application/pdf", id="no name"),
        pytest.param(PDF, "a\u202efdp.pdf", "afdp.pdf", "application/pdf", id="a name that turns around"),
        pytest.param(PDF, "x" * 400, "x" * 186 + ".pdf", "application/pdf", id="a very long name"),
        pytest.param(
            docx(), "cv.docx", "cv.docx", uploads._BY_SUFFIX[".docx"], id="Word"
        ),
        pytest.param(
            packed(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<x/>"),
            "brief.odt", "brief.odt", "application/vnd.oasis.opendocument.text", id="OpenDocument",
        ),
        pytest.param(photo(), "foto.jpeg", "foto.jpeg", "image/jpeg", id="a photo"),
        pytest.param("Eén regel".encode(), "notitie.txt", "notitie.txt", "text/plain", id="a text"),
    ],
)  # fmt: skip
def test_it_is_kept_under_a_name_that_fits(content: bytes, name: str, kept: str, media_type: str) -> None:
    found = check_upload(content, name)
    assert (found.name, found.media_type) == (kept, media_type)


def bomb(name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, b"0" * (uploads.MOST_UNPACKED + 1))
    return out.getvalue()


def lying_bomb() -> bytes:
    """A packed part that says it is small and is not."""
    content = bytearray(bomb())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        pytest.param(b"", "leeg.pdf", "file_empty", id="nothing"),
        pytest.param(PDF + b"0" * uploads.MOST_BYTES, "groot.pdf", "file_too_large", id="more than ten megabytes"),
        pytest.param(b"MZ\x90\x00", "cv.pdf", "file_kind_unknown", id="a program named PDF"),
        pytest.param(PDF.replace(b"%%EOF", b""), "half.pdf", "file_broken", id="half a PDF"),
        pytest.param(b"<html><script>1</script>", "cv.html", "file_kind_unknown", id="a page"),
        pytest.param(b"<svg onload='x'/>", "foto.svg", "file_kind_unknown", id="a drawing with script"),
        pytest.param(b"GIF89a", "foto.gif", "file_kind_unknown", id="a gif"),
        pytest.param(b"\xff\xfeh\x00", "n.txt", "file_kind_unknown", id="a text in another encoding"),
        pytest.param(packed(readme_txt=b"hallo"), "alles.zip", "file_kind_unknown", id="any zip"),
        pytest.param(docx(word__vbaProject_bin=b"x"), "cv.docx", "file_with_program", id="a macro"),
        pytest.param(bomb(), "cv.docx", "file_too_full", id="a bomb"),
        pytest.param(lying_bomb(), "cv.docx", "file_broken", id="a bomb that lies about its size"),
        pytest.param(b"PK\x03\x04 kapot", "cv.docx", "file_broken", id="a broken zip"),
        pytest.param(b"\xff\xd8\xff kapot", "foto.jpg", "file_broken", id="a broken photo"),
    ],
)
def test_what_is_refused_says_why(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_upload(content, name)
    assert (refused.value.field, refused.value.reason) == ("files", reason)


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def types(kind: str) -> bytes:
    """`[Content_Types].xml` with a part of this type, in an encoding no search for bytes would find it in."""
    return f'<?xml version="1.0"?><Types><Override PartName="/a" ContentType="{kind}"/></Types>'.encode("utf-16")


def relation(kind: str, target: str = "x.bin", *, mode: str = "Internal") -> bytes:
    one = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return f"<Relationships>{one}</Relationships>".encode()


def holding(**parts: bytes) -> bytes:
    """A text document with parts whose names are written as they are."""
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


LISTENER = b'<a xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"><script:event-listener/></a>'
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text"}


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        pytest.param(
            {"[Content_Types].xml": types("application/vnd.ms-office.vbaProject")}, "file_with_program", id="a"
        ),
        pytest.param(
            {"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml")},
            "file_with_program",
            id="a document for macros under another name",
        ),
        pytest.param({"xl/macrosheets/sheet1.xml": b"<x/>"}, "file_with_program", id="macros of Excel 4"),
        pytest.param({"word/activeX/activeX1.xml": b"<x/>"}, "file_with_program", id="a control"),
        pytest.param({"word/embeddings/oleObject1.bin": b"x"}, "file_with_program", id="an object"),
        pytest.param({"word/run.EXE": b"MZ"}, "file_with_program", id="a program"),
        pytest.param({"word/_rels/a.xml.rels": relation("vbaProject")}, "file_with_program", id="a relation"),
        pytest.param(
            {"word/_rels/s.xml.rels": relation("attachedTemplate", "https://x.example/a.dotm", mode="External")},
            "file_with_elsewhere",
            id="a template from the internet",
        ),
        pytest.param(
            {"word/_rels/a.xml.rels": relation("image", r"\\\\x.example\\a.png", mode="External")},
            "file_with_elsewhere",
            id="a picture from a server on the internet",
        ),
        pytest.param({"word/_rels/a.xml.rels": b"<Relationships><"}, "file_broken", id="broken relations"),
        pytest.param(
            {"[Content_Types].xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><Types>&b;</Types>"}, "file_broken", id="entities"
        ),
        pytest.param({"content.xml": LISTENER, **ODT}, "file_with_program", id="a macro of OpenDocument"),
    ],
)
def test_a_document_that_brings_a_program_is_refused_whatever_its_parts_are_called(
    parts: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_upload(holding(**parts), "cv.docx")
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "parts",
    [
        {"word/_rels/a.xml.rels": relation("hyperlink", "https://www.example.org/", mode="External")},
        {"word/_rels/a.xml.rels": relation("attachedTemplate", "file:///C:\\Users\\m\\Brief.dotx", mode="External")},
        {"word/_rels/a.xml.rels": relation("attachedTemplate", "file:///\\\\schijf\\Brief.dotx", mode="External")},
        {"xl/printerSettings/printerSettings1.bin": b"x"},
        {"word/embeddings/Werkblad.xlsx": docx()},
    ],
    ids=["a link", "a template on a disk", "a template in the house", "settings of a printer", "a table of Excel"],
)
def test_what_documents_commonly_hold_passes(parts: dict[str, bytes]) -> None:
    assert check_upload(holding(**parts), "cv.docx").name == "cv.docx"


def test_real_documents_of_office_pass(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["a", 1])
    book.active["A1"].hyperlink = "https://www.example.org/"
    book.save(tmp_path / "a.xlsx")
    assert check_upload((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").name == "a.xlsx"


def test_four_files_are_one_too_many() -> None:
    with pytest.raises(InvalidValue) as refused:
        check_uploads([(PDF, "een.pdf")] * 4, by=None)
    assert refused.value.reason == "too_many_files"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_loses_place_and_device_and_stands_upright(kind: str) -> None:
    before = photo(kind)
    assert b"van de telefoon" in before
    after = check_upload(before, "foto").content
    assert b"van de telefoon" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.size == (20, 40)
        exif = picture.getexif()
        assert DESCRIPTION not in exif and not exif.get_ifd(PLACE)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_ends_before_its_end_is_refused(kind: str) -> None:
    out = io.BytesIO()
    Image.new("1", (100, 100)).save(out, format=kind)
    whole = out.getvalue()
    assert reason_of(whole) is None
    assert {reason_of(whole[:-cut]) for cut in range(1, len(whole) - 20)} == {"file_broken"}


def test_a_picture_whose_data_are_not_what_was_written_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (100, 100)).save(out, format="PNG")
    whole = out.getvalue()
    assert reason_of(whole[:-13] + bytes([whole[-13] ^ 1]) + whole[-12:]) == "file_broken"


def test_a_picture_of_more_points_than_can_be_drawn_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(InvalidValue) as refused:
        check_upload(photo(), "foto.jpg")
    assert refused.value.reason == "picture_too_large"


def test_what_was_handed_in_lies_outside_what_is_served_under_a_name_of_our_own(app: Flask) -> None:
    """Whatever it is called, it is bytes in the store: no name, no ending, nothing that runs."""
    store = app.extensions["settings"].files_folder.resolve()
    for name in ("../../static/js/x.js", "/etc/passwd", "..\\..\\x.py", "shell.php\0.pdf", "%2e%2e%2fx"):
        row = keep_upload(check_upload(PDF, name), organisation_id=None, by=None)
        (path,) = store.rglob(row.key)
        assert path.resolve().is_relative_to(store)
        assert re.fullmatch(r"[0-9a-f]{40}", path.name)
        assert path.stat().st_mode & 0o111 == 0
        assert "/" not in row.name and "\\" not in row.name and ".." not in row.name
    assert not store.is_relative_to(Path(app.static_folder or "").resolve())
    assert not Settings().files_folder.is_relative_to(Path(app.static_folder or ""))


@pytest.mark.parametrize("name", ["één €.pdf", 'a"; filename=x.exe.pdf', "regel\r\nSet-Cookie: x=1.pdf"])
def test_the_name_in_an_answer_cannot_leave_its_header(app: Flask, name: str) -> None:
    row = keep_upload(check_upload(PDF, name), organisation_id=None, by=None)
    with app.test_request_context():
        said = as_download(row).headers["Content-Disposition"]
    kind, options = parse_options_header(said)
    assert (kind, options) == ("attachment", {"filename": row.name})
    assert said.isascii() and "\r" not in said and "\n" not in said
