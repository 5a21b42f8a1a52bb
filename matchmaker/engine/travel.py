"""Distance: how far apart, and is going there needed at all?"""

import math

from matchmaker.engine.findings import NEUTRAL, Criterion, Finding, whole
from matchmaker.engine.profiles import Place, Profile
from matchmaker.vocabulary import Mode

EARTH_RADIUS_KM = 6371.0
NEAR_KM = 5.0
FAR_KM = 60.0
ONLINE_AGAINST_ON_SITE = 20


def kilometres(one: Place, other: Place) -> float:
    """Distance as the crow flies, by the haversine formula on a sphere of 6,371 km."""
    lat_one, lat_other = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = math.sin((lat_other - lat_one) / 2) ** 2
    half_lon = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    chord = half_lat + math.cos(lat_one) * math.cos(lat_other) * half_lon
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def can_be_online(need: Profile, offer: Profile) -> bool:
    """Neither side insists on meeting in person."""
    return Mode.ON_SITE not in {need.mode, offer.mode}


def distance(need: Profile, offer: Profile) -> Finding:
    """100 up to 5 km, then evenly down to 0 at 60 km. Online scores 100; partly online on both sides lifts by half."""
    modes = {need.mode, offer.mode}
    if modes == {Mode.ONLINE, Mode.ON_SITE}:
        return Finding(Criterion.DISTANCE, ONLINE_AGAINST_ON_SITE, "distance.mode_differs", {})
    online = can_be_online(need, offer)
    if online and Mode.ONLINE in modes:
        return Finding(Criterion.DISTANCE, 100, "distance.online", {})
    if need.location is None or offer.location is None:
        missing = "both" if need.location == offer.location else "need" if need.location is None else "offer"
        if online:
            return Finding(Criterion.DISTANCE, whole(50 + NEUTRAL / 2), "distance.hybrid_unknown", {"missing": missing})
        return Finding(Criterion.DISTANCE, NEUTRAL, "distance.unknown", {"missing": missing})
    far = kilometres(need.location, offer.location)
    score = 100 * min(1.0, max(0.0, (FAR_KM - far) / (FAR_KM - NEAR_KM)))
    km = math.floor(far + 0.5)
    if km == 0:
        return Finding(Criterion.DISTANCE, 100, "distance.here", {})
    code = "distance.hybrid" if online else "distance.near" if far <= NEAR_KM else "distance.apart"
    return Finding(Criterion.DISTANCE, whole(50 + score / 2 if online else score), code, {"km": km})
