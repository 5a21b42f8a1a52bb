"""Fields of Word (ECMA-376 part 1, 17.16): what is fetched or started when a document opens.

A field may be written in pieces and hold other fields; its first word says what it does.
"""

import re

from matchmaker.errors import InvalidValue
from matchmaker.files.references import is_outward

_STARTS = frozenset({"DDE", "DDEAUTO", "LINK"})
_FETCHES = frozenset({"DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "RD"})
_LONGEST = 4096
"""Signs of a field that fetches; others may bring the data of a program beside Word."""
_ANOTHER = "\ufffc"
"""Stands in a code where another field stands."""
_FIRST_WORD = re.compile(rf"[\s\\]*([A-Za-z]*)({_ANOTHER}?)")
_BETWEEN = re.compile(r'[\s"“”„]+')


class Fields:
    """The fields of one part, in the order in which their pieces come."""

    def __init__(self, field: str) -> None:
        self._field = field
        self._codes: list[list[str] | None] = [None]
        """Of each field that is open its code; None in its result and outside all."""

    def mark(self, kind: str) -> None:
        """A field begins, its code ends (`separate`), or it ends."""
        if kind == "begin":
            self.write(_ANOTHER)
            self._codes.append([])
        elif kind == "separate":
            self._check_last()
            self._codes[-1] = None
        elif kind == "end":
            self._check_last()
            if len(self._codes) > 1:
                self._codes.pop()

    def write(self, text: str) -> None:
        if (last := self._codes[-1]) is not None:
            last.append(text)
        elif text != _ANOTHER:
            check_code(text, field=self._field)

    def close(self) -> None:
        """The part ends, with whatever is open."""
        while len(self._codes) > 1:
            self._check_last()
            self._codes.pop()

    def _check_last(self) -> None:
        if (last := self._codes[-1]) is not None:
            check_code("".join(last), field=self._field)


def check_code(code: str, *, field: str) -> None:
    """Raises InvalidValue at `field` (`file_with_program`, `file_with_elsewhere`)."""
    found = _FIRST_WORD.match(code)
    word, unwritten = (found[1].upper(), found[2]) if found else ("", "")
    if word in _STARTS or (unwritten and any(each.startswith(word) for each in _STARTS | _FETCHES)):
        raise InvalidValue(field, "file_with_program")
    if word in _FETCHES and (
        _ANOTHER in code or len(code) > _LONGEST or any(is_outward(each) for each in _BETWEEN.split(code))
    ):
        raise InvalidValue(field, "file_with_elsewhere")
