"""One's own data: what is kept, a copy of it, and having it erased."""

from collections import Counter
from collections.abc import Mapping

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField
from wtforms.validators import DataRequired

from matchmaker.database import db
from matchmaker.privacy.erasing import ask_erasure, counted
from matchmaker.privacy.exporting import KEPT_DAYS, ask_export, export_of, exports_of
from matchmaker.privacy.obstacles import Obstacle, Way, obstacles
from matchmaker.privacy.requests import requests_of
from matchmaker.web.account import account
from matchmaker.web.account.proving import Proof, SureForm, asks
from matchmaker.web.guards import ANYONE_SIGNED_IN, may_open, only
from matchmaker.web.sign_in_state import acting, me, sign_out
from matchmaker.web.uploads import as_download
from matchmaker.words.data_requests import OUTCOMES
from matchmaker.words.erasing import STAYS, say_obstacle
from matchmaker.words.my_data import table_name

_WAYS_OUT = {
    Way.LAST_ADMINISTRATOR: "admin.list_people",
    Way.COMMITTEE: "committees.list_committees",
    Way.APPLICATION: "student.list_applications",
    Way.PLACEMENT: "placements.list_placements",
}


@account.get("/account/gegevens")
@only(ANYONE_SIGNED_IN)
def show_my_data() -> str:
    return render_template(
        "account/my_data.html", exports=exports_of(me()), days=KEPT_DAYS, asked=requests_of(me()), outcomes=OUTCOMES
    )


@account.post("/account/gegevens/kopie")
@only(ANYONE_SIGNED_IN)
def ask_copy() -> BaseResponse:
    ask_export(me())
    flash(gettext("Wij maken uw kopie. U krijgt een mail als zij klaar is."), "success")
    db.session.commit()
    return redirect(url_for("account.show_my_data"))


@account.get("/account/gegevens/kopie/<id:export_id>")
@only(ANYONE_SIGNED_IN)
def download_copy(export_id: int) -> Response:
    found = export_of(me(), export_id)
    assert found.file is not None
    return as_download(found.file)


class EraseForm(SureForm):
    sure = BooleanField(
        _l("Ik weet dat dit niet ongedaan kan worden gemaakt."),
        [DataRequired(_l("Zet een vinkje als u dit zeker weet."))],
    )


@account.route("/account/gegevens/wissen", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
@asks(Proof.PASSWORD)
def erase() -> BaseResponse | str | tuple[str, int]:
    """Asks the password of who has one. Afterwards nobody is signed in with it any more."""
    form, in_the_way = EraseForm(), obstacles(me())
    if in_the_way or not (form.validate_on_submit() and form.is_me()):
        return _erase_page(form, in_the_way), form.status
    ask_erasure(me(), by=me())
    sign_out()
    flash(gettext("Uw account is gesloten. Binnen een dag is alles gewist wat niet hoeft te blijven."), "success")
    db.session.commit()
    return redirect(url_for("public.show_home"))


def _erase_page(form: EraseForm, in_the_way: list[Obstacle]) -> str:
    go, stay = counted(me())
    return render_template(
        "account/erase.html",
        form=form,
        obstacles=[(say_obstacle(each), _way_out(each)) for each in in_the_way],
        go=_by_name(go),
        stay=[text for keep, text in STAYS.items() if keep in stay],
    )


def _by_name(go: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many rows go by what they are called: several tables may share a name."""
    named: Counter[str] = Counter()
    for table, number in go.items():
        named[table_name(table)] += number
    return sorted(named.items())


def _way_out(obstacle: Obstacle) -> str:
    endpoint = _WAYS_OUT.get(obstacle.way, "")
    address = url_for(endpoint) if endpoint else ""
    return address if may_open(address, acting()) else ""
