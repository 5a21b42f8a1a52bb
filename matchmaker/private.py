"""Files and folders for the user of the product alone, from the first byte on, whatever the machine gives others."""

import os
from pathlib import Path
from typing import BinaryIO


def new_file(path: Path) -> BinaryIO:
    """Open a file to write that does not exist yet. Raises FileExistsError when it does."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def make_folder(path: Path) -> None:
    """Make a folder with those above it; one that exists is left as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
