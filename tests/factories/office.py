"""Documents as Word, Excel and LibreOffice pack them, with what a test puts in."""

import io
import zipfile

from matchmaker.errors import InvalidValue
from matchmaker.files.uploads import check_upload

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
_OWN = ("office", "text", "table", "script", "form", "presentation", "meta")
ORIGINS = " ".join(
    [f'xmlns:{each}="{ODF}:{each}:1.0"' for each in _OWN]
    + [f'xmlns:draw="{ODF}:drawing:1.0"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
)  # fmt: skip


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def word(inside: str, *, part: str = "word/document.xml", **more: bytes) -> bytes:
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body><w:p>{inside}</w:p></w:body></w:document>'
    return zipped({"word/document.xml": f"<w:document {W}/>", part: body, **more})


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def run(code: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'


def field(*codes: str) -> str:
    """As Word writes a field, its code in as many runs as are given; one that begins with `<` stands as it is."""
    written = "".join(code if code.startswith("<") else run(code) for code in codes)
    return f"{mark('begin')}{written}{mark('separate')}<w:r><w:t>3</w:t></w:r>{mark('end')}"


def sheet(inside: str, part: str = "xl/worksheets/sheet1.xml", *, encoding: str = "utf-8") -> bytes:
    page = f'<?xml version="1.0" encoding="{encoding}"?><worksheet {S}>{inside}</worksheet>'.encode(encoding)
    return zipped({"xl/workbook.xml": f"<workbook {S}/>", part: page})


def open_document(inside: str, *, kind: str = "text", part: str = "content.xml") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ORIGINS}>{inside}</office:document-content>'
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", part: content})


def refused(content: bytes) -> str | None:
    """The reason why it is not taken, if it is not."""
    try:
        check_upload(content, "a")
    except InvalidValue as error:
        return error.reason
    return None
