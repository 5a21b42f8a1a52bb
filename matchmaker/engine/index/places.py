"""The points for distance, and who is too far, of every distinct (place, mode, greatest distance) at once."""

import math

import numpy as np
from numpy.typing import NDArray

from matchmaker.engine.findings import NEUTRAL
from matchmaker.engine.index.columns import Column, Distinct
from matchmaker.engine.profiles import Place
from matchmaker.engine.travel import FAR_KM, NEAR_KM, ONLINE_AGAINST_ON_SITE, kilometres
from matchmaker.vocabulary import Mode

Where = tuple[Place | None, Mode, float | None]
"""Where a posting is, whether it can be online, and the greatest distance it names in kilometres."""

MODES = tuple(Mode)
MOST_REMEMBERED = 2_000


class Places:
    """Distinct whereabouts, each with the number of its distinct place (-1 unknown), its mode and its limit."""

    def __init__(self) -> None:
        self.distinct: Distinct[Where] = Distinct()
        self._points: Distinct[Place] = Distinct()
        self._place, self._mode, self._limit = Column(np.int64), Column(np.int8), Column(np.float64)
        self._far: dict[Place, NDArray[np.float64]] = {}

    def points(self, own: Where) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Points (0..100) of each distinct whereabouts against `own`, and whether it is excluded as too far."""
        self._lay_out()
        place, mode, most = own
        modes, online_row = self._mode.all, self._mode.all == MODES.index(Mode.ONLINE)
        on_site_row = modes == MODES.index(Mode.ON_SITE)
        can_online = ~on_site_row & (mode is not Mode.ON_SITE)
        known = (self._place.all >= 0) & (place is not None)
        far = self._kilometres(place)
        score = 100 * np.minimum(1.0, np.maximum(0.0, (FAR_KM - far) / (FAR_KM - NEAR_KM)))
        lifted = np.where(can_online, 50 + score / 2, score)
        near = np.where(np.floor(far + 0.5) == 0, 100.0, np.floor(lifted + 0.5))
        unknown = np.where(can_online, math.floor(50 + NEUTRAL / 2 + 0.5), NEUTRAL)
        differs = (online_row & (mode is Mode.ON_SITE)) | (on_site_row & (mode is Mode.ONLINE))
        points = np.select(
            [differs, can_online & (online_row | (mode is Mode.ONLINE)), ~known],
            [np.float64(ONLINE_AGAINST_ON_SITE), np.float64(100), unknown],
            near,
        )
        limit = np.minimum(self._limit.all, math.inf if most is None else most)
        return points.astype(np.int64), ~can_online & known & (far > limit)

    def _kilometres(self, place: Place | None) -> NDArray[np.float64]:
        """Kilometres from `place` to each distinct whereabouts, by the rule itself; 0 where it is not known."""
        if place is None:
            return np.zeros(len(self._place))
        known = self._far.get(place)
        if known is None or len(known) < len(self._points):
            if len(self._far) > MOST_REMEMBERED:
                self._far.clear()
            known = np.array([kilometres(place, each) for each in self._points.values], dtype=np.float64)
            self._far[place] = known
        return np.append(known, 0.0)[self._place.all]

    def _lay_out(self) -> None:
        fresh = self.distinct.values[len(self._place) :]
        self._place.extend([-1 if place is None else self._points.number(place) for place, _, _ in fresh])
        self._mode.extend([MODES.index(mode) for _, mode, _ in fresh])
        self._limit.extend([math.inf if most is None else most for _, _, most in fresh])
