"""Which municipalities lie beside each other, derived from where their places lie.

The land is laid out as a grid of squares of one kilometre. Each square belongs to the municipality of its nearest
place, unless that place is further than `REACH_KM` away (open water, or abroad). Two municipalities are neighbours
when enough of their squares touch. This is an approximation of the real borders: see README.md for how close it comes.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

REACH_KM = 7.0
SHORTEST_BORDER_KM = 1
KM_PER_DEGREE_LAT = 111.32
MIDDLE_OF_THE_COUNTRY = 52.2


def neighbour_pairs(places: Sequence[tuple[str, float, float]]) -> list[tuple[str, str]]:
    """Pairs of municipality codes, lowest code first, sorted. `places` holds (code, latitude, longitude) in degrees."""
    codes = sorted({code for code, _, _ in places})
    owner = np.array([codes.index(code) for code, _, _ in places])
    km_per_degree_lon = KM_PER_DEGREE_LAT * np.cos(np.radians(MIDDLE_OF_THE_COUNTRY))
    x = np.array([lon for _, _, lon in places]) * km_per_degree_lon
    y = np.array([lat for _, lat, _ in places]) * KM_PER_DEGREE_LAT
    columns = np.arange(x.min() - REACH_KM, x.max() + REACH_KM)
    rows = np.arange(y.min() - REACH_KM, y.max() + REACH_KM)
    grid = np.array([_owners_of_row(columns, row, x, y, owner) for row in rows])
    borders: Counter[tuple[int, int]] = Counter()
    for one, other in ((grid[:, :-1], grid[:, 1:]), (grid[:-1, :], grid[1:, :])):
        touching = (one != other) & (one >= 0) & (other >= 0)
        for a, b in zip(one[touching].tolist(), other[touching].tolist(), strict=True):
            borders[min(a, b), max(a, b)] += 1
    return sorted((codes[a], codes[b]) for (a, b), length in borders.items() if length >= SHORTEST_BORDER_KM)


def _owners_of_row(columns: np.ndarray, row: float, x: np.ndarray, y: np.ndarray, owner: np.ndarray) -> np.ndarray:
    squared = (columns[:, None] - x[None, :]) ** 2 + (row - y[None, :]) ** 2
    nearest = squared.argmin(axis=1)
    within_reach = squared[np.arange(len(columns)), nearest] <= REACH_KM**2
    return np.where(within_reach, owner[nearest], -1)
