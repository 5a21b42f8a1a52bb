"""Asking about one's own data without an account: the address is confirmed first, by a link."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.documents.my_data import render_data
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.limits.models import Door
from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.privacy.erasing import counted_at
from matchmaker.privacy.exporting import packed_at
from matchmaker.privacy.models import DataRequest, RequestKind
from matchmaker.privacy.requests import (
    CONFIRM_DAYS,
    LONGEST,
    ask_without_account,
    confirm,
    hold_on_erasure,
    request_of_link,
)
from matchmaker.web.account.fields import email_field
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.files import as_file
from matchmaker.web.limits import TOO_MANY, is_too_often
from matchmaker.web.public import public
from matchmaker.words.data_requests import KINDS
from matchmaker.words.erasing import STAYS
from matchmaker.words.my_data import table_name


class DataRequestForm(Form):
    email = email_field(_l("Uw e-mailadres"))
    kind = RadioField(_l("Wat wilt u?"), [InputRequired(_l("Kies wat u wilt."))], choices=options(KINDS.items()))
    text = TextAreaField(_l("Wat klopt er niet, en hoe moet het zijn?"), [at_most(LONGEST)])


@public.route("/privacy/verzoek", methods=["GET", "POST"])
def ask_for_data() -> Response | str | tuple[str, int]:
    """The answer is the same for a known and an unknown address."""
    form = DataRequestForm()
    if form.validate_on_submit():
        try:
            if is_too_often(Door.DATA_REQUEST, form):
                return render_template("public/ask_for_data.html", form=form), TOO_MANY
            ask_without_account(
                RequestKind(form.kind.data),
                form.email.data,
                text=form.text.data or "",
                language=str(get_locale() or "nl"),
            )
        except InvalidValue as refused:
            form.refuse(refused)
        else:
            db.session.commit()
            return redirect(url_for("public.data_request_sent"))
    return render_template("public/ask_for_data.html", form=form)


@public.get("/privacy/verzoek/verstuurd")
def data_request_sent() -> str:
    return render_template("public/data_request_sent.html", days=CONFIRM_DAYS)


@public.get("/privacy/verzoek/gewist")
def data_erased() -> str:
    return render_template("public/data_erased.html")


@public.route("/privacy/verzoek/<token>", methods=["GET"])
def show_data_request(token: str) -> str:
    """Confirm first; afterwards the copy, or where a correction stands."""
    asked = _asked(token)
    go, stay = counted_at(asked.email)
    return render_template(
        "public/data_request.html",
        asked=asked,
        held=hold_on_erasure(asked),
        token=token,
        kind=KINDS[asked.kind],
        go=sorted({table_name(table) for table in go}),
        stay=[text for keep, text in STAYS.items() if keep in stay],
    )


@public.post("/privacy/verzoek/<token>")
def confirm_data_request(token: str) -> Response:
    asked = _asked(token)
    erases = asked.kind is RequestKind.ERASURE
    confirm(asked)
    if not erases:
        flash(gettext("Uw adres klopt."), "success")
    db.session.commit()
    return redirect(url_for("public.data_erased" if erases else "public.show_data_request", **_back(token, erases)))


@public.get("/privacy/verzoek/<token>/kopie.zip")
def download_data(token: str) -> FlaskResponse:
    """The copy, made while it is asked for."""
    asked = _asked(token)
    if asked.kind is not RequestKind.COPY or asked.confirmed_at is None:
        raise NotFound("copy")
    content = packed_at(asked.email, lambda sections, files: render_data(asked.email, asked.language, sections, files))
    return as_file(content, "mijn-gegevens", "zip", cache="no-store")


def _asked(token: str) -> DataRequest:
    return request_of_link(find_link(token, Purpose.DATA_REQUEST))


def _back(token: str, erases: bool) -> dict[str, str]:
    return {} if erases else {"token": token}
