"""Which analysis of Dutch text this is, so that what an earlier one made can be told apart and made anew."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path


@cache
def analysis_version() -> str:
    """16 hexadecimal digits that differ as soon as the source of this package or its stemmer does.

    The source itself is counted, not a number someone must remember to raise.
    """
    counted = sha256(version("snowballstemmer").encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        counted.update(source.read_bytes())
    return counted.hexdigest()[:16]
