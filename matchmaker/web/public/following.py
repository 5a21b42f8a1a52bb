"""Following a question asked without an account: where it stands, and what its asker can do now."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.appointments.queries import appointment_of, open_slots
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.links.actions import find_link
from matchmaker.links.models import Link, Purpose
from matchmaker.matches import actions as matches
from matchmaker.matches.conversation import write_message
from matchmaker.matches.models import Match
from matchmaker.matches.queries import events_of, match_by_id
from matchmaker.matches.rules import REFUSALS_OF_SCHOOL, may_refuse, may_withdraw
from matchmaker.matches.states import State
from matchmaker.threads.queries import attachment_in, messages_of
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.fields import Form, at_most, options
from matchmaker.web.public import public
from matchmaker.web.together.material_links import ASKER, materials_url
from matchmaker.web.uploads import UploadsField, as_download, attached
from matchmaker.words.appointments import say_when
from matchmaker.words.dates import say_since
from matchmaker.words.labels import choices
from matchmaker.words.match_events import history
from matchmaker.words.match_story import ending, phases
from matchmaker.words.turns import turn


class VisitorReplyForm(Form):
    text = TextAreaField(_l("Uw antwoord"), [InputRequired(_l("Schrijf eerst iets.")), at_most(4000)])
    files = UploadsField(_l("Bestanden erbij"))


class VisitorDeclineForm(Form):
    refusal = RadioField(
        _l("Waarom niet?"),
        [InputRequired(_l("Kies een reden."))],
        choices=options(choices(Refusal, only=REFUSALS_OF_SCHOOL)),
    )
    note = TextAreaField(_l("Wilt u het uitleggen?"), [at_most(2000)])


def follow_page(link: Link, token: str, **forms: Form) -> str:
    """Where the question stands; a form with errors takes the place of an empty one."""
    match = match_by_id(link.subject_id)
    events, appointment = events_of(match), appointment_of(match.id)
    return render_template(
        "public/follow_request.html",
        match=match,
        token=token,
        turn=turn(match, reader=Party.SCHOOL),
        phases=phases(match, events, appointment),
        ending=ending(match),
        history=history(events, reader=Party.SCHOOL),
        messages=_messages(match, token),
        when=say_when(appointment) if appointment else "",
        materials_url=materials_url(ASKER, token, appointment),
        slots=open_slots(match.id),
        may={
            "reply": match.state is State.ASKED,
            "accept": match.state is State.OFFERED,
            "decline": may_refuse(match, Party.VISITOR),
            "withdraw": may_withdraw(match, Party.VISITOR) and match.state is not State.OFFERED,
            "write": not match.has_ended,
        },
        **{"reply_form": VisitorReplyForm(formdata=None), "decline_form": VisitorDeclineForm(formdata=None), **forms},
    )


@public.post("/vraag/<token>/antwoord")
def answer_desk(token: str) -> Response | str:
    """An answer to the question of the desk, or a message when nothing was asked."""
    link, match = _followed(token)
    form = VisitorReplyForm()
    if not form.validate_on_submit():
        return follow_page(link, token, reply_form=form)
    try:
        if match.state is State.ASKED:
            matches.reply(match, answer=form.text.data, by=None)
        else:
            files = form.files.checked()
            write_message(match, text=form.text.data, by=None, as_party=Party.VISITOR, files=files)
    except InvalidValue as refused:
        form.refuse(refused)
        return follow_page(link, token, reply_form=form)
    return _done(token, gettext("Verstuurd. Het loket leest het."))


@public.get("/vraag/<token>/bijlage/<id:attachment_id>")
def download_attachment(token: str, attachment_id: int) -> Response:
    """A file the municipality sent along."""
    match = match_by_id(find_link(token, Purpose.FOLLOW_REQUEST).subject_id)
    return as_download(attachment_in(match.thread_id, attachment_id).file)


@public.post("/vraag/<token>/ja")
def accept_as_visitor(token: str) -> Response:
    _, match = _followed(token)
    matches.accept(match, by=None)
    return _done(token, gettext("Mooi. De gemeente hoort dat u ja zegt. Nu kiest u samen een datum."))


@public.post("/vraag/<token>/nee")
def decline_as_visitor(token: str) -> Response | str:
    link, match = _followed(token)
    form = VisitorDeclineForm()
    if not form.validate_on_submit():
        return follow_page(link, token, decline_form=form)
    try:
        matches.refuse(
            match, refusal=Refusal(form.refusal.data), note=form.note.data or "", by=None, as_party=Party.VISITOR
        )
    except InvalidValue as refused:
        form.refuse(refused)
        return follow_page(link, token, decline_form=form)
    return _done(token, gettext("De gemeente hoort dat het niet doorgaat."))


@public.post("/vraag/<token>/intrekken")
def withdraw_as_visitor(token: str) -> Response:
    _, match = _followed(token)
    matches.withdraw(match, note="", by=None, as_party=Party.VISITOR)
    return _done(token, gettext("Uw vraag is ingetrokken."))


def _followed(token: str) -> tuple[Link, Match]:
    link = find_link(token, Purpose.FOLLOW_REQUEST)
    return link, match_by_id(link.subject_id, lock=True)


def _done(token: str, said: str) -> Response:
    flash(said, "success")
    db.session.commit()
    return redirect(url_for("public.show_request", token=token))


def _messages(match: Match, token: str) -> list[dict[str, Any]]:
    """The thread as the asker sees it: sides, no names."""
    return [
        {
            "name": gettext("U") if message.party == Party.VISITOR else match.municipality.name,
            "role": "",
            "when": say_since(message.at),
            "text": message.text,
            "files": attached(message, "public.download_attachment", token=token),
            "mine": message.party == Party.VISITOR,
        }
        for message in messages_of(match.thread_id)
    ]
