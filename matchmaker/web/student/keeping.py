"""Hearing of new offers: a letter a day, or a feed at a secret address."""

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.applications.telling import make_offers_feed, revoke_offers_feed
from matchmaker.database import db
from matchmaker.links.actions import token_of
from matchmaker.students.actions import set_alert
from matchmaker.web.addresses import whole_url_for
from matchmaker.web.sign_in_state import me
from matchmaker.web.student import student
from matchmaker.web.student.own import my_profile

NEW_FEED = "new_offers_feed"


@student.post("/bericht-aan")
def start_alert() -> Response:
    set_alert(my_profile(), on=True, by=me())
    flash(gettext("Je krijgt een mail als er iets nieuws bij je past."), "success")
    db.session.commit()
    return redirect(url_for("student.find_offers"))


@student.post("/bericht-uit")
def stop_alert() -> Response:
    set_alert(my_profile(), on=False, by=me())
    flash(gettext("Je krijgt hierover geen mail meer."), "success")
    db.session.commit()
    return redirect(url_for("student.find_offers"))


@student.post("/feed")
def make_feed() -> Response:
    """A new address; it is shown on the next page, once."""
    session[NEW_FEED] = token_of(make_offers_feed(me()))
    db.session.commit()
    return redirect(url_for("student.find_offers", _anchor="bericht"))


@student.post("/feed/intrekken")
def revoke_feed() -> Response:
    revoke_offers_feed(me())
    flash(gettext("De feed werkt niet meer."), "success")
    db.session.commit()
    return redirect(url_for("student.find_offers"))


def new_feed_address() -> str:
    """The address that was made just now; empty on every later page."""
    token = session.pop(NEW_FEED, None) if request.method == "GET" else None
    return whole_url_for("feeds.offers_feed", token=token) if token else ""
