"""One agreement: where it stands, who signs, what it changes, and taking it back."""

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from matchmaker.agreements.amending import may_amend
from matchmaker.agreements.models import Agreement, AgreementEvent, Signatory
from matchmaker.agreements.queries import agreement_of, agreements_of, amendment_of, signatory_for
from matchmaker.agreements.rules import AMENDS, may_send, may_withdraw
from matchmaker.agreements.signing import why_not, withdraw
from matchmaker.agreements.states import AgreementAction, AgreementState, allows
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotAllowed
from matchmaker.placements.queries import actor_in
from matchmaker.web.agreements import agreements
from matchmaker.web.agreements.files import note_agreement, readable_pdf
from matchmaker.web.agreements.forms import SignForm, WithdrawForm
from matchmaker.web.agreements.lists import my_membership
from matchmaker.web.guards import PARTIES, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.agreements import (
    ACTIONS,
    STATES,
    WHY_NOT,
    say_changes,
    signs_as,
    summary_of,
    title_of,
    why_withdrawn,
)
from matchmaker.words.dates import say_moment


@agreements.get("/<id:agreement_id>")
@only(PARTIES)
def show_agreement(agreement_id: int) -> str:
    """The whole story of one agreement, with the document and what the reader can do."""
    agreement = agreement_of(agreement_id, my_membership())
    line = signatory_for(agreement, my_membership())
    form = SignForm.for_line(line, name=me().display_name) if line else None
    return agreement_page(agreement, line, form)


@agreements.route("/<id:agreement_id>/trek-in", methods=["GET", "POST"])
@only(PARTIES)
def withdraw_agreement(agreement_id: int) -> Response | str:
    """Take it back with a reason; everyone who was asked to sign hears it."""
    agreement = agreement_of(agreement_id, my_membership(), lock=request.method == "POST")
    actor = actor_in(agreement.placement, my_membership())
    if not may_withdraw(actor, agreement):
        raise NotAllowed(action="withdraw")
    if not allows(agreement.state, AgreementAction.WITHDRAW):
        raise InvalidMove(state=agreement.state.value, action="withdraw")
    form = WithdrawForm()
    if not form.validate_on_submit() or not _taken_back(agreement, form):
        return render_template("agreements/withdraw_agreement.html", agreement=agreement, form=form)
    db.session.commit()
    flash(gettext("De overeenkomst is ingetrokken. Iedereen krijgt bericht."), "success")
    return redirect(url_for("agreements.show_agreement", agreement_id=agreement.id))


@agreements.get("/<id:agreement_id>/document.pdf")
@only(PARTIES)
def download_agreement(agreement_id: int) -> FlaskResponse:
    """The file to sign; once all have signed, the one with the signatures."""
    agreement = agreement_of(agreement_id, my_membership())
    note_agreement(agreement, actor_in(agreement.placement, my_membership()).part)
    return readable_pdf(agreement)


def agreement_page(agreement: Agreement, line: Signatory | None, form: SignForm | None) -> str:
    """The page of one agreement, with the form when the reader signs."""
    actor = actor_in(agreement.placement, my_membership())
    note_agreement(agreement, actor.part)
    draft = agreement.state is AgreementState.DRAFT
    return render_template(
        "agreements/show_agreement.html",
        agreement=agreement,
        form=form if line is not None and not why_not(line) else None,
        line=line,
        may={
            "withdraw": may_withdraw(actor, agreement) and allows(agreement.state, AgreementAction.WITHDRAW),
            "amend": actor.part in AMENDS and may_amend(agreement),
            "send": draft and agreement.is_amendment and may_send(actor, agreement),
        },
        events=[
            {"when": say_moment(each.at), "what": ACTIONS[each.action], "who": _who(each)} for each in agreement.events
        ],
        others=[each for each in agreements_of(agreement.placement) if each.id != agreement.id],
        **told(agreement, line, tried=form is not None and form.is_submitted()),
    )


def told(agreement: Agreement, line: Signatory | None, *, tried: bool) -> dict[str, object]:
    """What is said of an agreement on its page, signed in or by a link; `tried` when someone just signed in vain."""
    return {
        "title": title_of(agreement),
        "state": STATES[agreement.state],
        "summary": summary_of(agreement),
        "changes": say_changes(agreement),
        "signers": [(each.signed_name or each.name, signs_as(each), say_moment(each.signed_at))
                    for each in agreement.signatories],
        "refusal": _standing_with(line, tried=tried) if line is not None else "",
        "why": why_withdrawn(agreement) if agreement.state is AgreementState.WITHDRAWN else "",
        "replaced_by": amendment_of(agreement) if agreement.state is AgreementState.REPLACED else None,
    }  # fmt: skip


def _standing_with(line: Signatory, *, tried: bool) -> str:
    """What the reader should know of this signature, when there is something to say."""
    why = why_not(line)
    if why and (tried or why == "text_changed"):
        return str(WHY_NOT[why])
    if line.signed_at is not None and line.agreement.state is AgreementState.SIGNING:
        return gettext("Getekend op %(moment)s. De anderen zijn nog bezig.", moment=say_moment(line.signed_at))
    return ""


def _who(event: AgreementEvent) -> str:
    """Who took a step; for a signature by a link the name that was typed."""
    if event.actor is not None:
        return event.actor.display_name
    line = event.agreement.signatory(event.part) if event.action is AgreementAction.SIGN else None
    return line.signed_name if line is not None else ""


def _taken_back(agreement: Agreement, form: WithdrawForm) -> bool:
    try:
        withdraw(agreement, note=form.note.data or "", by=actor_in(agreement.placement, my_membership()))
    except InvalidValue as error:
        form.refuse(error)
        return False
    return True
