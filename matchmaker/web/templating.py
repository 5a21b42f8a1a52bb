"""How templates see what all of them share."""

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class QuickEnvironment(Environment):
    """Templates share the globals of the environment themselves, not a chain of maps over them.

    For each import of each page Jinja compares the names in both; of a chain that is done name by name in Python.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals
