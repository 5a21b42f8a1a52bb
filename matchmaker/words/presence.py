"""Days and hours at work in words."""

from flask_babel import ngettext

from matchmaker.words.language import gettext
from matchmaker.words.numbers import say_number


def say_minutes(minutes: int | None) -> str:
    """7,5 uur; empty where days are counted."""
    if minutes is None:
        return ""
    return gettext("%(hours)s uur", hours=say_number(minutes / 60))


def written_line(days: int, minutes: int) -> str:
    """`12 dagen, samen 90 uur`."""
    said = ngettext("%(num)d dag", "%(num)d dagen", days)
    return gettext("%(days)s, samen %(hours)s", days=said, hours=say_minutes(minutes)) if minutes else said
