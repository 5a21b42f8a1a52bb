"""Which analysis of Dutch text this is, so that what an earlier one made can be told apart and made anew."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

READS_WORDS = ("compounds", "remembered", "stems", "stopwords", "synonyms", "terms", "tokens")
"""The modules of this package that decide what a text's terms and search words are. What only suggests fields or gives
advice is left out: correcting a suggestion leaves every stored term as it was."""


@cache
def analysis_version() -> str:
    """16 hexadecimal digits that differ as soon as a module that makes terms, or its stemmer, does.

    The files themselves are counted, not a number someone must remember to raise.
    """
    counted = sha256(version("snowballstemmer").encode())
    for name in READS_WORDS:
        counted.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return counted.hexdigest()[:16]
