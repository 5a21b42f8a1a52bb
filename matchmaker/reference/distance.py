"""Distance over the ground."""

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH_RADIUS_KM = 6371.0088


class Located(Protocol):
    """Whatever has a place on the map, or not yet: degrees (WGS 84)."""

    @property
    def latitude(self) -> float | None: ...

    @property
    def longitude(self) -> float | None: ...


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (WGS 84), by the haversine formula.

    The earth is taken as a sphere with its mean radius (IUGG), which is within half a percent of the real distance.
    """
    phi1, phi2 = radians(lat1), radians(lat2)
    half_chord = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord)))


def km_between(one: Located, other: Located) -> float | None:
    """Kilometres as the crow flies; None when either place is unknown."""
    lat1, lon1, lat2, lon2 = one.latitude, one.longitude, other.latitude, other.longitude
    if lat1 is None or lon1 is None or lat2 is None or lon2 is None:
        return None
    return distance_km(lat1, lon1, lat2, lon2)
