"""Days and hours at work in words."""

from flask_babel import ngettext

from matchmaker.words.language import gettext, in_english


def say_minutes(minutes: int | None) -> str:
    """7,5 uur; empty where days are counted."""
    if minutes is None:
        return ""
    hours = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return gettext("%(hours)s uur", hours=hours if in_english() else hours.replace(".", ","))


def written_line(days: int, minutes: int) -> str:
    """`12 dagen, samen 90 uur`."""
    said = ngettext("%(num)d dag", "%(num)d dagen", days)
    return gettext("%(days)s, samen %(hours)s", days=said, hours=say_minutes(minutes)) if minutes else said
