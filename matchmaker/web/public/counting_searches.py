"""A search that found nothing is counted, by a form on the page that says so: opening a page counts for nothing."""

from contextlib import suppress

from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.insights.searches import count_search as count_in_vain
from matchmaker.limits.actions import TooOften
from matchmaker.vocabulary import Side
from matchmaker.web.fields import all_sent_along
from matchmaker.web.public import public
from matchmaker.web.public.asked import read_asked

COUNTED = "geteld"


@public.post("/aanbod/tellen")
def count_search() -> Response:
    """Count what the form repeats of the search, and lead back to it."""
    asked = read_asked(Side.OFFER, MultiDict(all_sent_along()))
    with suppress(TooOften):
        count_in_vain(asked.filter, address=request.remote_addr or "")
        db.session.commit()
    back = asked.url()
    return redirect(f"{back}{'&' if '?' in back else '?'}{COUNTED}=1")
