"""Going on after signing in again with what was sent when the session had ended."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.submissions.interrupted import fields_of, form_of
from matchmaker.web.account import account
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me

KEPT, KEY_SIGNS = "kept-", 16
"""The key of such a form is always the same, so that going back and pressing once more sends nothing twice."""
WORTH_SHOWING = 20
"""Characters from which a value is a text of someone's own, to read back or to copy."""


@account.get("/inloggen/verder/<id:form_id>")
@only(ANYONE_SIGNED_IN)
def carry_on(form_id: int) -> Response | str:
    """What was typed, and one button that sends it to where it was going. Of another person it does not exist."""
    form = form_of(me().id, form_id)
    fields = fields_of(form) if form else []
    if form is None or not fields:
        return redirect(url_for("account.start"))
    texts = [value for _name, value in fields if len(value) >= WORTH_SHOWING and " " in value.strip()]
    return render_template(
        "account/carry_on.html", form=form, fields=fields, texts=texts, key=f"{KEPT}{form.id:0{KEY_SIGNS}}"
    )
