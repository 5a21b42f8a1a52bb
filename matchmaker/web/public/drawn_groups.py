"""The groups of the filter panel, drawn once for the same words and numbers: what is drawn follows from them alone."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup

from matchmaker.words.language import language

MOST_GROUPS = 4_096


def drawn_groups(groups: Iterable[dict[str, Any]]) -> Markup:
    """The groups of `filter_panel.groups`, in their order."""
    said = language()
    return Markup("").join(
        _drawn(said, each["legend"], each["name"], _frozen(each["options"]), tuple(each.get("more", {}).items()))
        for each in groups
    )


def _frozen(options: list[dict[str, Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple((each["value"], each["label"], each["count"], each["checked"]) for each in options)


@lru_cache(maxsize=MOST_GROUPS)
def _drawn(
    _language: str, legend: str, name: str, options: tuple[tuple[Any, ...], ...], more: tuple[tuple[str, str], ...]
) -> Markup:
    named = [dict(zip(("value", "label", "count", "checked"), each, strict=True)) for each in options]
    group = {"legend": legend, "name": name, "options": named, "more": dict(more)}
    made: Markup = get_template_attribute("components/lists.html", "facet_group")(group, unit=gettext("resultaten"))
    return made
