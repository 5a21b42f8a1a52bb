"""Saved postings and searches."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.listings import saved
from matchmaker.web.account import account
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me


@account.get("/account/bewaard")
@only(ANYONE_SIGNED_IN)
def list_saved() -> str:
    return render_template(
        "account/saved.html", listings=saved.saved_listings(me()), searches=saved.saved_searches(me())
    )


@account.post("/account/bewaard/<reference>/weghalen")
@only(ANYONE_SIGNED_IN)
def forget_listing(reference: str) -> Response:
    saved.forget_listing(me(), reference)
    flash(gettext("Dit staat niet meer op uw lijst."), "success")
    db.session.commit()
    return redirect(url_for("account.list_saved"))


@account.post("/account/zoekopdrachten/<id:search_id>/bericht-aan")
@only(ANYONE_SIGNED_IN)
def start_alert(search_id: int) -> Response:
    saved.set_alert(saved.search_of(me(), search_id), on=True)
    flash(gettext("U krijgt een bericht als er iets nieuws is."), "success")
    db.session.commit()
    return redirect(url_for("account.list_saved"))


@account.post("/account/zoekopdrachten/<id:search_id>/bericht-uit")
@only(ANYONE_SIGNED_IN)
def stop_alert(search_id: int) -> Response:
    saved.set_alert(saved.search_of(me(), search_id), on=False)
    flash(gettext("U krijgt hierover geen bericht meer."), "success")
    db.session.commit()
    return redirect(url_for("account.list_saved"))


@account.post("/account/zoekopdrachten/<id:search_id>/weghalen")
@only(ANYONE_SIGNED_IN)
def forget_search(search_id: int) -> Response:
    saved.forget_search(saved.search_of(me(), search_id))
    flash(gettext("De zoekopdracht is weg."), "success")
    db.session.commit()
    return redirect(url_for("account.list_saved"))
