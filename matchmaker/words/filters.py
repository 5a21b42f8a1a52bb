"""Template filters."""

from collections.abc import Callable

from matchmaker.words.dates import say_date, say_moment, say_short_date, say_since, say_span, say_time
from matchmaker.words.devices import say_device
from matchmaker.words.labels import label
from matchmaker.words.numbers import say_number
from matchmaker.words.placements import placed
from matchmaker.words.reviews import say_decision
from matchmaker.words.tokens import say_scope

FILTERS: dict[str, Callable[..., str]] = {
    "label": label,
    "placed": placed,
    "say_decision": say_decision,
    "say_device": say_device,
    "say_date": say_date,
    "say_moment": say_moment,
    "say_number": say_number,
    "say_scope": say_scope,
    "say_short_date": say_short_date,
    "say_since": say_since,
    "say_span": say_span,
    "say_time": say_time,
}
