"""What was made of a word before: most words of a text were seen in another."""

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Remembered(dict[Key, Made]):
    """`remembered[key]` is `make(key)`, made once. When it is full it begins again.

    Reading one that is known costs no call and keeps no order of use: of the analysis of a text that is a large part.
    """

    def __init__(self, make: Callable[[Key], Made], most: int) -> None:
        super().__init__()
        self.make, self.most = make, most

    def __missing__(self, key: Key) -> Made:
        made = self.make(key)
        if len(self) >= self.most:
            self.clear()
        self[key] = made
        return made
