"""Acting in another of one's own roles."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import NotFound
from matchmaker.web.account import account
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import act_as, my_roles


@account.post("/account/rol")
@only(ANYONE_SIGNED_IN)
def change_role() -> Response:
    """Choose one of one's own active roles for this browser."""
    chosen = next((each for each in my_roles() if str(each.id) == request.form.get("membership")), None)
    if chosen is None:
        raise NotFound()
    act_as(chosen)
    db.session.commit()
    return redirect(url_for("account.start"))
