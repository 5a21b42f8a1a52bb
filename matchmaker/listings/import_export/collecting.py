"""The garbage collector waits while many rows are made.

Rows hold no circles, so it finds nothing among them, and looking took a third of the time of a large file. It waits for
the whole process, which only means that others' circles are found a moment later.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_waits() -> Iterator[None]:
    """Inside, nothing is looked for; afterwards all is as it was."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
