"""The yearly review of rights: everyone on one page, a decision on each, a signature, and a file to keep."""

from flask import Response as FileResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.matches.handing_over import listings_held, matches_held
from matchmaker.organisations.leaving import covers_held
from matchmaker.organisations.models import Membership
from matchmaker.reviews.actions import last_roles, sign_review
from matchmaker.reviews.models import Decision
from matchmaker.reviews.queries import review_of, reviews_of, roles_held
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import giver
from matchmaker.web.fields import Form, all_sent_along
from matchmaker.web.files import as_file
from matchmaker.words.reviews import review_table

PREFIX = "besluit-"


class ReviewForm(Form):
    """The decisions are read beside it: there is one for every role on the page."""


@admin.route("/rechten", methods=["GET", "POST"])
def review_rights() -> Response | str:
    """Nothing is chosen beforehand: who signs has looked at each."""
    form, decisions = ReviewForm(), _decisions()
    if not form.validate_on_submit():
        return _page(form, decisions)
    try:
        _check_work(decisions)
        review = sign_review(decisions, by=giver())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return _page(form, decisions)
    flash(gettext("Ondertekend. Wat stopt, geldt meteen."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_rights_review", review_id=review.id))


@admin.get("/rechten/<id:review_id>")
def show_rights_review(review_id: int) -> str:
    review = review_of(giver().organisation, review_id)
    return render_template("admin/reviews/review.html", review=review, organisation=giver().organisation)


@admin.get("/rechten/<id:review_id>.<any('csv','xlsx'):form>")
def download_rights_review(review_id: int, form: str) -> FileResponse:
    organisation = giver().organisation
    table = review_table(review_of(organisation, review_id), organisation.name)
    content = to_csv(table) if form == "csv" else to_xlsx(table)
    return as_file(content, f"rechten-{organisation.slug}-{review_id}", form)


def _page(form: ReviewForm, decisions: dict[int, Decision]) -> str:
    organisation = giver().organisation
    return render_template(
        "admin/reviews/list.html",
        form=form,
        organisation=organisation,
        held=roles_held(organisation),
        decisions=decisions,
        earlier=reviews_of(organisation),
        prefix=PREFIX,
    )


def _decisions() -> dict[int, Decision]:
    """What was chosen, by number of the role; anything else that was sent is left out."""
    chosen = {
        name.removeprefix(PREFIX): value
        for name, value in all_sent_along()
        if name.startswith(PREFIX) and value in set(Decision)
    }
    return {int(number): Decision(value) for number, value in chosen.items() if _is_number(number)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 11


def _check_work(decisions: dict[int, Decision]) -> None:
    """Who would leave with work in hand is handed over first; raises InvalidValue with their names."""
    busy = [each.account.display_name for each in last_roles(decisions, by=giver()) if _holds_work(each)]
    if busy:
        raise InvalidValue("decisions", "hand_over_first", names=", ".join(busy))


def _holds_work(leaving: Membership) -> bool:
    account, organisation = leaving.account, leaving.organisation
    return bool(matches_held(account, organisation) or listings_held(account, organisation) or covers_held(leaving))
