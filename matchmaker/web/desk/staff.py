"""The desk someone works at."""

from matchmaker.errors import NotFound
from matchmaker.organisations.models import Desk
from matchmaker.web.sign_in_state import my_desk


def this_desk() -> Desk:
    """The desk of the signed-in officer. Raises NotFound when the organisation has none."""
    here = my_desk()
    if here is None:
        raise NotFound()
    return here
