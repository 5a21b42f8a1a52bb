"""A colleague who was asked says yes, no, or names another: one screen, once."""

from collections.abc import Sequence

from flask import redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import Optional

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.links.actions import find_link, use_link
from matchmaker.links.models import Purpose
from matchmaker.matches.actions import answer_as_colleague
from matchmaker.matches.colleagues import colleagues_of
from matchmaker.matches.models import Match
from matchmaker.matches.queries import asked_by_link, events_of
from matchmaker.matches.rules import REFUSALS_OF_COLLEAGUE
from matchmaker.matches.states import Action
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Refusal
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.links import links
from matchmaker.words.labels import choices
from matchmaker.words.listings import all_facts
from matchmaker.words.match_story import who_asks


class AnswerForm(Form):
    """`answer` comes from the button that was pressed."""

    answer = HiddenField()
    note = TextAreaField(_l("Wilt u iets zeggen?"), [at_most(2000)])
    refusal = RadioField(
        _l("Wat is de reden?"),
        [Optional()],
        choices=options(choices(Refusal, only=REFUSALS_OF_COLLEAGUE)),
    )
    suggested = SelectField(_l("Wie dan wel?"), [Optional()], choices=[])

    def is_answer(self) -> bool:
        """Whether a no has its reason and a reference its name."""
        right = self.validate()
        if self.answer.data == "no" and not self.refusal.data:
            self.refusal.errors = [gettext("Kies een reden.")]
        elif self.answer.data == "no" and self.refusal.data == Refusal.OTHER and not (self.note.data or "").strip():
            self.note.errors = [gettext("Schrijf op wat de reden is.")]
        elif self.answer.data == "other" and not self.suggested.data and not (self.note.data or "").strip():
            self.suggested.errors = [gettext("Kies een collega, of schrijf een naam in het veld erboven.")]
        elif self.answer.data not in {"yes", "no", "other"}:
            self.form_errors.append(gettext("Kies ja, nee of een ander."))
        else:
            return right
        return False


@links.get("/<token>")
def show_question(token: str) -> str:
    """Who asks what and when, with the three answers. Opening the link changes nothing."""
    match, person = asked_by_link(find_link(token, Purpose.COLLEAGUE_ANSWER))
    return _page(match, person, _form(_others(match, person)))


@links.post("/<token>")
def answer_question(token: str) -> Response | str:
    """Take the answer and spend the link."""
    link = find_link(token, Purpose.COLLEAGUE_ANSWER)
    match, person = asked_by_link(link, lock=True)
    people = _others(match, person)
    form = _form(people)
    if not form.is_answer():
        return _page(match, person, form)
    use_link(link)
    try:
        _answer(match, form, people, by=person)
    except InvalidValue as error:
        form.refuse(error)
        return _page(match, person, form)
    db.session.commit()
    return redirect(url_for("links.answer_received", answer=form.answer.data))


@links.get("/antwoord-ontvangen/<any(yes, no, other):answer>")
def answer_received(answer: str) -> str:
    """What happens now."""
    return render_template("links/received.html", answer=answer)


def _answer(match: Match, form: AnswerForm, people: Sequence[Membership], *, by: Account) -> None:
    suggested = next((each for each in people if str(each.id) == form.suggested.data), None)
    answer_as_colleague(
        match,
        answer=form.answer.data or "",
        refusal=Refusal(form.refusal.data) if form.answer.data == "no" else None,
        note=form.note.data or "",
        suggested=suggested if form.answer.data == "other" else None,
        by=by,
    )


def _others(match: Match, person: Account) -> list[Membership]:
    """Whom the reader can name instead."""
    return [each for each in colleagues_of(match) if each.account_id != person.id]


def _form(people: Sequence[Membership]) -> AnswerForm:
    form = AnswerForm()
    names = [(str(each.id), each.account.display_name) for each in people]
    form.suggested.choices = options([("", _l("Kies een collega")), *names])
    return form


def _page(match: Match, person: Account, form: AnswerForm) -> str:
    routed = next((event for event in reversed(events_of(match)) if event.action is Action.ROUTE), None)
    return render_template(
        "links/question.html",
        match=match,
        person=person,
        form=form,
        asker=who_asks(match),
        facts=all_facts(match.need),
        sender=routed.actor.display_name if routed and routed.actor else "",
        sender_note=routed.note if routed else "",
    )
