"""Asking a desk without an account: choosing a municipality, the question, and confirming the address."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.limits.models import Door
from matchmaker.links.actions import find_link, token_of, use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.queries import public_listing
from matchmaker.listings.search.filters import named_centre
from matchmaker.listings.visitors import CONFIRM_DAYS, ask_without_account, visitor_request
from matchmaker.matches.asking import bring_to_desk
from matchmaker.matches.readers import follow_link
from matchmaker.organisations.models import Organisation
from matchmaker.reference import find_municipality, municipalities, municipality
from matchmaker.vocabulary import Kind
from matchmaker.web.account.fields import email_field
from matchmaker.web.fields import TEXT_LENGTH, TITLE_LENGTH, Form, at_most, options
from matchmaker.web.limits import TOO_MANY, is_too_often
from matchmaker.web.public import public
from matchmaker.web.public.following import follow_page
from matchmaker.web.public.municipalities import municipality_at, who_answers
from matchmaker.words.labels import choices

SHORTEST_TEXT = 30


class AskForm(Form):
    kind = SelectField(_l("Wat zoekt u?"), choices=options(choices(Kind)))
    title = StringField(
        _l("Uw vraag in één zin"), [InputRequired(_l("Schrijf uw vraag in één zin.")), at_most(TITLE_LENGTH)]
    )
    text = TextAreaField(
        _l("Vertel er meer over"),
        [
            InputRequired(_l("Vertel er iets meer over.")),
            Length(min=SHORTEST_TEXT, message=_l("Vertel iets meer, in een of twee zinnen.")),
            at_most(TEXT_LENGTH),
        ],
    )
    name = StringField(_l("Uw naam"), [InputRequired(_l("Vul uw naam in.")), at_most(120)])
    email = email_field(_l("Uw e-mailadres van het werk"))
    organisation_name = StringField(
        _l("Uw school of organisatie"), [InputRequired(_l("Vul in voor wie u vraagt.")), at_most(160)]
    )
    website = StringField(_l("Laat dit leeg"), [at_most(200)])


@public.get("/vraag-stellen")
def choose_desk() -> Response | str:
    """Which municipality? The name of a place inside it will do."""
    typed, kind = request.args.get("gemeente", "").strip()[:100], request.args.get("soort", "")
    centre = named_centre(typed) if typed else None
    if centre is not None:
        slug = (find_municipality(typed) or municipality(centre.municipality_code)).slug
        return redirect(url_for("public.ask_desk", slug=slug, soort=kind if kind in set(Kind) else None))
    return render_template(
        "public/choose_desk.html", typed=typed, kind=kind, names=[each.name for each in municipalities()]
    )


@public.route("/gemeenten/<slug>/vraag", methods=["GET", "POST"])
def ask_desk(slug: str) -> Response | str | tuple[str, int]:
    asked = municipality_at(slug)
    form = AskForm(**_beginning())
    if form.validate_on_submit():
        try:
            if is_too_often(Door.QUESTION, form):
                return _ask_page(asked, form), TOO_MANY
            if not form.website.data:
                ask_without_account(asked, language=str(get_locale() or "nl"), **_answers(form))
            db.session.commit()
            return redirect(url_for("public.show_sent", slug=slug))
        except InvalidValue as refused:
            form.refuse(refused)
    return _ask_page(asked, form)


def _ask_page(asked: Organisation, form: AskForm) -> str:
    return render_template(
        "public/ask_desk.html", form=form, municipality=asked, answers=who_answers(asked), lengths=(TITLE_LENGTH,)
    )


@public.get("/gemeenten/<slug>/vraag/verstuurd")
def show_sent(slug: str) -> str:
    return render_template("public/sent.html", municipality=municipality_at(slug), days=CONFIRM_DAYS)


@public.get("/vraag/<token>")
def show_request(token: str) -> str:
    """The page behind the links in the letters: confirm first, follow after."""
    link = find_link(token, Purpose.CONFIRM_REQUEST, Purpose.FOLLOW_REQUEST)
    if link.purpose is Purpose.FOLLOW_REQUEST:
        return follow_page(link, token)
    made = visitor_request(link.subject_id)
    answers = who_answers(made.municipality)
    return render_template("public/confirm_request.html", made=made, token=token, answers=answers)


@public.post("/vraag/<token>/bevestigen")
def confirm(token: str) -> Response:
    link = find_link(token, Purpose.CONFIRM_REQUEST)
    use_link(link)
    match = bring_to_desk(visitor_request(link.subject_id))
    following: Link = follow_link(match)
    flash(gettext("Uw vraag is onderweg. Op deze pagina ziet u wat ermee gebeurt."), "success")
    db.session.commit()
    return redirect(url_for("public.show_request", token=token_of(following)))


def _beginning() -> dict[str, str]:
    """What the address already says: the kind, or the posting it is about."""
    kind, about = request.args.get("soort", ""), request.args.get("over", "")
    begun = {"kind": kind if kind in set(Kind) else Kind.QUESTION.value}
    if about:
        try:
            listing = public_listing(about.upper()[:12])
        except NotFound:
            return begun
        begun = {
            "kind": listing.kind.value,
            "title": gettext("Over: %(title)s (%(reference)s)", title=listing.title, reference=listing.reference),
        }
    return {**begun, "title": begun.get("title", "")[:TITLE_LENGTH]}


def _answers(form: AskForm) -> dict[str, object]:
    return {
        "name": form.name.data,
        "email": form.email.data,
        "organisation_name": form.organisation_name.data,
        "kind": Kind(form.kind.data),
        "title": form.title.data,
        "text": form.text.data,
    }
