"""Pictures without what a camera or phone adds to them: place, device, moment, preview."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from matchmaker.errors import InvalidValue

MOST_PIXELS = 40_000_000
QUALITY = 90
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}


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


def _mode(mode: str, kind: str) -> str:
    if mode == "L":
        return "L"
    return "RGBA" if kind == "PNG" and mode in {"RGBA", "LA", "P", "PA"} else "RGB"
