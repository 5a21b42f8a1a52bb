"""Reading the shipped tables."""

import csv
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of `data/NAME.csv`, in the order of the file, every cell as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values, separated by semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def day(cell: str) -> date | None:
    """The date in a cell (ISO 8601), or None when it is empty."""
    return date.fromisoformat(cell) if cell else None
