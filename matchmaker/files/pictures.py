"""Pictures without what a camera or phone adds to them: place, device, moment, preview."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from matchmaker.errors import InvalidValue

MOST_PIXELS = 40_000_000
QUALITY = 90
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_END_OF_PNG = b"IEND\xaeB`\x82"


def without_metadata(content: bytes, media_type: str, *, field: str) -> bytes:
    """The same picture drawn anew, turned as it was meant. Raises InvalidValue at `field` when it is none, or larger
    than `MOST_PIXELS`."""
    kind = FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise InvalidValue(field, "picture_too_large")
                _check_whole(content, kind)
                turned = ImageOps.exif_transpose(picture)
                drawn = Image.new(_mode(turned.mode, kind), turned.size)
                drawn.paste(turned.convert(drawn.mode))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidValue(field, "file_broken") from error
    except Image.DecompressionBombWarning as error:
        raise InvalidValue(field, "picture_too_large") from error
    out = io.BytesIO()
    drawn.save(out, format=kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()


def _check_whole(content: bytes, kind: str) -> None:
    """Drawing stops at the last point and does not see that the end of a PNG is missing; of a JPEG it does."""
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        picture.verify()
    if kind == "PNG" and _END_OF_PNG not in content:
        raise OSError("no end")


def _mode(mode: str, kind: str) -> str:
    if mode == "L":
        return "L"
    return "RGBA" if kind == "PNG" and mode in {"RGBA", "LA", "P", "PA"} else "RGB"
