"""Cutting Dutch text into sentences and words."""

import re
import unicodedata

LONGEST_TEXT = 20_000
"""Characters that are looked at. A posting is rarely longer than 4,000; the rest of a longer text is ignored."""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_APART = str.maketrans({code: " " for code in range(128) if not chr(code).isalnum()})
"""Every plain sign that belongs to no word."""

_SENTENCE_END = re.compile(r"[.!?\u2026]+(?=\s|$)|\n+")
_CLOSED = re.compile(
    r"\b(bijv|bv|o\.a|d\.w\.z|m\.b\.t|t\.b\.v|i\.v\.m|evt|incl|excl|ca|nr|art|jl|mr|dr|drs|ir|ing)\.",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Lower case without accents or trema: `Coördinator` and `coordinator` are one word."""
    if text.isascii():
        return text[:LONGEST_TEXT].casefold()
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT]).casefold().replace("\u2019", "'")
    if plain.isascii():
        return plain
    return _BEYOND_ASCII.sub(_without_marks, plain)


def words(text: str) -> list[str]:
    """The words of a text in order, folded. A hyphen parts words (`Wmo-consulent` is two), an apostrophe does not."""
    plain = fold(text)
    if plain.isascii() and "'" not in plain:
        return plain.translate(_APART).split()
    return _WORD.findall(plain)


def surface_words(text: str) -> list[str]:
    """The words of a text in order as they were written."""
    return _WORD.findall(unicodedata.normalize("NFC", text[:LONGEST_TEXT]))


def sentences(text: str) -> list[str]:
    """The sentences of a text. A line break ends one, so that a list of points is not read as one long sentence."""
    unbroken = _CLOSED.sub(lambda match: match.group(0).replace(".", ""), text[:LONGEST_TEXT])
    return [piece.strip() for piece in _SENTENCE_END.split(unbroken) if _WORD.search(piece)]


def _without_marks(match: re.Match[str]) -> str:
    return "".join(character for character in match[0] if not unicodedata.combining(character))
