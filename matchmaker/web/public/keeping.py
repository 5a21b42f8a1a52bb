"""Keeping a search or a listing, for who is signed in. The list itself is with the account."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings import saved
from matchmaker.listings.queries import public_listing
from matchmaker.web.addresses import own_path
from matchmaker.web.fields import Form, at_most
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.public import public
from matchmaker.web.public.cards import address_of
from matchmaker.web.sign_in_state import me


class KeepSearchForm(Form):
    name = StringField(_l("Naam"), [InputRequired(_l("Geef de zoekopdracht een naam.")), at_most(120)])
    alert = BooleanField(_l("Stuur mij een bericht als er iets nieuws bij komt"))
    query = HiddenField()


@public.route("/zoekopdracht", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
def keep_search() -> Response | str:
    form = KeepSearchForm(query=request.args.get("zoek", "/aanbod"), alert=True)
    back = own_path(form.query.data, url_for("public.browse_offers"))
    if form.validate_on_submit():
        try:
            saved.save_search(me(), name=form.name.data, query=form.query.data, alert=form.alert.data)
            flash(gettext("De zoekopdracht is bewaard."), "success")
            db.session.commit()
            return redirect(url_for("account.list_saved"))
        except InvalidValue as refused:
            form.refuse(refused)
    return render_template("public/keep_search.html", form=form, back=back)


@public.post("/bewaren/<reference>")
@only(ANYONE_SIGNED_IN)
def keep_listing(reference: str) -> Response:
    listing = public_listing(reference)
    if request.form.get("weg"):
        saved.forget_listing(me(), listing.reference)
        flash(gettext("“%(title)s” staat niet meer op uw lijst.", title=listing.title))
    else:
        saved.save_listing(me(), listing)
        flash(gettext("“%(title)s” is bewaard.", title=listing.title), "success")
    db.session.commit()
    return redirect(own_path(request.form.get("terug"), address_of(listing)))
