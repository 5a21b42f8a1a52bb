"""Make anew the list of words that passwords are guessed from.

    python registers/guessed_first.py [FOLDER]

FOLDER holds the unpacked packages (`language-common`, `language-nl-be`, `language-en`, as `node_modules/@zxcvbn-ts`
has them); without it they are installed with npm in a temporary folder. Each word stands once, in small letters, at the
best place it has in any of the lists: the number of its line is about how soon it is tried. The result is the same each
time.
"""

import csv
import gzip
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

SCOPE = "@zxcvbn-ts"
PACKAGES = ("language-common@4.1.3", "language-nl-be@3.0.2", "language-en@4.1.1")
LISTS = (
    ("language-common", "passwords", 50_000),
    ("language-nl-be", "commonWords", 16_000),
    ("language-en", "commonWords", 20_000),
    ("language-nl-be", "girlsFirstnames", 1_000),
    ("language-nl-be", "boysFirstnames", 1_000),
    ("language-en", "firstnames", 2_000),
)
"""Package, list, and how many of its first words are taken."""
LONG = ("language-en", ("commonWords", "wikipedia"), 12)
"""Of these every word that is long enough to be a password by itself."""
KNOWLEDGE = Path(__file__).parent / "knowledge" / "guessed_first.txt"
REFERENCE = Path(__file__).parent.parent / "matchmaker" / "reference" / "data"
RESULT = Path(__file__).parent.parent / "matchmaker" / "accounts" / "guessed_first.txt.gz"
SHORTEST, LONGEST = 3, 24


def main(folder: Path) -> None:
    """Write the list."""
    own = KNOWLEDGE.read_text("utf-8").split()
    own += [word for name in names() for word in (name, *name.split()) if len(word) > SHORTEST]
    lists = [words(folder, package, name)[:most] for package, name, most in LISTS]
    package, names_of_lists, length = LONG
    rest = [word for name in names_of_lists for word in words(folder, package, name) if len(word) >= length]
    by_turns = (word for row in zip_longest(*lists) for word in row if word is not None)
    found = dict.fromkeys(word for word in map(plain, (*own, *by_turns, *rest)) if SHORTEST <= len(word) <= LONGEST)
    RESULT.write_bytes(gzip.compress("\n".join(found).encode(), mtime=0))
    print(f"{len(found)} words, {RESULT.stat().st_size} bytes")


def names() -> Iterable[str]:
    """What municipalities and places are called: everyone knows where someone works."""
    for table in ("municipalities.csv", "places.csv"):
        with (REFERENCE / table).open(encoding="utf-8", newline="") as file:
            yield from (row["name"].split(" (")[0].lower() for row in csv.DictReader(file))


def words(folder: Path, package: str, name: str) -> list[str]:
    found: list[str] = json.loads((folder / package / "src" / f"{name}.json").read_text("utf-8"))
    return found


def plain(word: str) -> str:
    """Small letters without accents or spaces, as `accounts.guessing` reads a password."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each) and not each.isspace())


def installed(folder: Path) -> Path:
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *(f"{SCOPE}/{each}" for each in PACKAGES)],
        cwd=folder,
        check=True,
    )
    return folder / "node_modules" / SCOPE


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(installed(Path(made)))
