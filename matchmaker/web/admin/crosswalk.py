"""How close each field of study comes to each field of work."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from matchmaker.catalogue.actions import dismiss_link, publish_link
from matchmaker.catalogue.models import Subject
from matchmaker.catalogue.queries import current_crosswalk, versions_of
from matchmaker.database import db
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.insights.crosswalk_evidence import FEWEST_DECIDED, LinkProposal, link_proposal, link_proposals
from matchmaker.reference import study_field, work_field, work_fields
from matchmaker.web.admin import admin
from matchmaker.web.admin.listing import asked_text
from matchmaker.web.fields import EditForm, Form, at_most, options
from matchmaker.web.guards import PLATFORM_ADMIN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.field_names import field_name

STRENGTHS = (("0", _l("Geen")), ("1", _l("Een beetje")), ("2", _l("Goed")), ("3", _l("Vanzelf")))


class LinkForm(EditForm):
    strength = RadioField(_l("Hoe goed past het?"), choices=options(STRENGTHS))
    why = TextAreaField(_l("Waarom verandert u dit?"), [DataRequired(_l("Schrijf waarom.")), at_most(1000)])


class DecideLinkForm(Form):
    """`seen` is the strength that was proposed when the page was made."""

    decision = RadioField(
        _l("Wat besluit u?"),
        [InputRequired(_l("Kies wat u besluit."))],
        choices=options([("accept", _l("Neem het over")), ("dismiss", _l("Laat het zoals het is"))]),
    )
    why = TextAreaField(_l("Waarom?"), [DataRequired(_l("Schrijf waarom.")), at_most(1000)])
    seen = HiddenField()

    def saw(self, proposal: LinkProposal) -> bool:
        """Whether what was decided on is still what the matches propose."""
        if self.seen.data == str(proposal.proposed):
            return True
        self.seen.data = str(proposal.proposed)
        self.form_errors.append(gettext("Het voorstel is intussen anders. Kijk er opnieuw naar."))
        return False


@admin.get("/kruistabel")
@only(PLATFORM_ADMIN)
def show_crosswalk() -> str:
    """One field of work at a time: its fields of study, the strongest first."""
    version, crosswalk = current_crosswalk()
    chosen = next((each for each in work_fields() if each.code == asked_text("werkveld")), work_fields()[0])
    links = sorted(
        ((strength, study) for (work, study), strength in crosswalk.strengths.items() if work == chosen.code),
        key=lambda link: (-link[0], link[1]),
    )
    return render_template(
        "admin/weights/crosswalk.html",
        version=version,
        chosen=chosen,
        fields=work_fields(),
        links=[(study, field_name(study_field(study)), strength) for strength, study in links],
        versions=versions_of(Subject.CROSSWALK),
        number=len(crosswalk.strengths),
        proposals=[_shown(each) for each in link_proposals()],
        fewest=FEWEST_DECIDED,
    )


@admin.route("/kruistabel/<work>/<study>", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def edit_link(work: str, study: str) -> Response | str:
    """Change one pair; that makes a new version."""
    names = _names(work, study)
    _version, crosswalk = current_crosswalk()
    shown = {"strength": str(crosswalk.strengths.get((work, study), 0))}
    form = LinkForm(data=shown)
    current = form.is_current_as(shown)
    if not (form.validate_on_submit() and current):
        return render_template("admin/weights/link.html", form=form, work=work, names=names)
    try:
        publish_link(work, study, int(form.strength.data), why=form.why.data, by=me())
    except InvalidValue as wrong:
        form.refuse(wrong)
        return render_template("admin/weights/link.html", form=form, work=work, names=names)
    flash(gettext("De nieuwe kruistabel geldt. Oude voorstellen houden de hunne."), "success")
    db.session.commit()
    return redirect(url_for("admin.show_crosswalk", werkveld=work))


@admin.route("/kruistabel/<work>/<study>/voorstel", methods=["GET", "POST"])
@only(PLATFORM_ADMIN)
def decide_link(work: str, study: str) -> Response | str:
    """What the matches propose for one pair: take it over as a new version, or set it aside with a reason."""
    names, proposal = _names(work, study), link_proposal(work, study)
    if proposal is None:
        raise NotFound()
    form = DecideLinkForm(seen=str(proposal.proposed))
    if not form.validate_on_submit() or not form.saw(proposal):
        return render_template(
            "admin/weights/decide_link.html", form=form, work=work, names=names, proposal=_shown(proposal)
        )
    _decide(proposal, form)
    db.session.commit()
    return redirect(url_for("admin.show_crosswalk", werkveld=work))


def _decide(proposal: LinkProposal, form: DecideLinkForm) -> None:
    pair = (proposal.work_field, proposal.study_field, proposal.proposed)
    if form.decision.data == "accept":
        publish_link(*pair, why=form.why.data, by=me())
        flash(gettext("De nieuwe kruistabel geldt. Oude voorstellen houden de hunne."), "success")
    else:
        dismiss_link(*pair, decided=proposal.decided, why=form.why.data, by=me())
        flash(gettext("Wij vragen het pas weer bij twee keer zoveel matches."), "success")


def _shown(proposal: LinkProposal) -> dict[str, Any]:
    """A proposal with its shares in whole percents and its names in words."""
    strengths = {int(code): str(words) for code, words in STRENGTHS}
    return {
        "work": proposal.work_field,
        "study": proposal.study_field,
        "names": _names(proposal.work_field, proposal.study_field),
        "now": strengths[proposal.strength],
        "proposed": strengths[proposal.proposed],
        "yes": proposal.yes,
        "decided": proposal.decided,
        "low": round(100 * proposal.low),
        "high": round(100 * proposal.high),
        "overall": round(100 * proposal.overall),
    }


def _names(work: str, study: str) -> tuple[str, str]:
    try:
        return field_name(work_field(work)), field_name(study_field(study))
    except KeyError:
        raise NotFound() from None
