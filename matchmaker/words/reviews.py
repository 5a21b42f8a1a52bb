"""The review of rights in words, and as a table to keep."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.listings.import_export.cells import defused
from matchmaker.reviews.models import Decision, ReviewedRole, RightsReview
from matchmaker.words.dates import say_moment
from matchmaker.words.labels import label

DECISIONS: dict[Decision, LazyString] = {Decision.KEEP: _l("Blijft"), Decision.END: _l("Gestopt")}


def say_decision(decision: Decision) -> str:
    """What was decided."""
    return str(DECISIONS[decision])


def review_table(review: RightsReview, organisation: str) -> list[list[str]]:
    """A signed review as a table: a header, a line a role, and who signed it when."""
    header = [
        gettext("Naam"), gettext("Adres"), gettext("Rol"), gettext("Sinds"), gettext("Laatst ingelogd"),
        gettext("Besluit"),
    ]  # fmt: skip
    return [header, *(_line(each) for each in review.lines), [defused(signature(review, organisation))]]


def signature(review: RightsReview, organisation: str) -> str:
    """Who signed for which organisation, and when."""
    return gettext(
        "%(organisation)s, ondertekend door %(name)s op %(moment)s",
        organisation=organisation,
        name=review.signed_by.display_name if review.signed_by else gettext("iemand die niet meer bekend is"),
        moment=say_moment(review.signed_at, with_year=True),
    )


def _line(line: ReviewedRole) -> list[str]:
    name, address = (line.account.display_name, line.account.email) if line.account else ("", "")
    seen = say_moment(line.last_sign_in, with_year=True) if line.last_sign_in else ""
    return [
        defused(name), defused(address), label(line.role), say_moment(line.since, with_year=True), seen,
        say_decision(line.decision),
    ]  # fmt: skip
