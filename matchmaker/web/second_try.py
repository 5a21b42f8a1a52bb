"""Of two who change the same at the same moment the database keeps the first. The other is answered once more, by the
same view: it finds what the first left, and shows it beside what was typed."""

from flask import current_app, g, request, session

from matchmaker.web.submissions import answer_repeat, leave_key


def try_again() -> object | None:
    """The answer of the second try; None when there was one already, or what was sent can be read only once.

    Nothing of the first try was kept: the caller rolled it back.
    """
    if g.get("is_second_try") or request.method != "POST" or request.files or request.endpoint is None:
        return None
    g.is_second_try = True
    session.pop("_flashes", None)
    leave_key()
    try:
        view = current_app.ensure_sync(current_app.view_functions[request.endpoint])
        return answer_repeat() or view(**(request.view_args or {}))
    except Exception as error:
        return current_app.handle_user_exception(error)
