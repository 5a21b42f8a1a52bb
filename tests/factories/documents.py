"""Files as people send them."""

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PLACE = 0x8825
DESCRIPTION = 0x010E


def packed(**parts: bytes) -> bytes:
    """A zip with these parts; `__` in a name stands for a slash, `_` before the last word for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    return packed(word__document_xml=b"<document/>", **more)


def photo(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture that says who made it, where, and that it lies on its side."""
    exif = Image.Exif()
    exif[DESCRIPTION] = "van de telefoon van Marit"
    exif[0x0112] = 6
    exif.get_ifd(PLACE)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format=kind, exif=exif)
    return out.getvalue()
