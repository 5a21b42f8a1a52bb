"""Whether values may become a version."""

import json
from collections.abc import Mapping
from typing import Any

from matchmaker.catalogue.models import Subject
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.weights import Weights, WeightsError


def is_usable(subject: Subject, version: str, values: Mapping[str, Any]) -> bool:
    """Whether the engine can work with these values."""
    try:
        read_weights(version, values) if subject is Subject.WEIGHTS else read_crosswalk(values)
    except (WeightsError, ValueError, KeyError, TypeError):
        return False
    return True


def read_weights(version: str, values: Mapping[str, Any]) -> Weights:
    """The engine's weights from `{"weights": {group: {criterion: points}}}`. Raises WeightsError."""
    return Weights.from_json(json.dumps({"version": version, "weights": values.get("weights")}))


def read_crosswalk(values: Mapping[str, Any]) -> Crosswalk:
    """The engine's crosswalk from `{"pairs": [[work field, study field, strength 1..3], ...]}`.

    Raises ValueError, KeyError or TypeError when the values have another form.
    """
    return Crosswalk({(str(work), str(study)): int(strength) for work, study, strength in values["pairs"]})
