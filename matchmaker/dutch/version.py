"""Which analysis of Dutch text this is, so that what an earlier one made can be told apart and made anew."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path


@cache
def analysis_version() -> str:
    """16 hexadecimal digits that differ as soon as a file of this package or its stemmer does.

    The files themselves are counted, not a number someone must remember to raise.
    """
    counted = sha256(version("snowballstemmer").encode())
    files = (each for each in Path(__file__).parent.rglob("*") if each.is_file() and each.suffix != ".pyc")
    for each in sorted(files):
        counted.update(each.read_bytes())
    return counted.hexdigest()[:16]
