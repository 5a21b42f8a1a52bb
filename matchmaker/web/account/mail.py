"""Which letters someone gets, and how often."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField

from matchmaker.accounts.actions import choose_mail
from matchmaker.accounts.queries import event_preferences, mail_preferences
from matchmaker.database import db
from matchmaker.listings.kinds import MUNICIPAL_POSTERS
from matchmaker.mail.events import Event, Readers, events_for
from matchmaker.mail.models import ALWAYS_NOW, Frequency, Topic
from matchmaker.organisations.models import Membership
from matchmaker.vocabulary import Role
from matchmaker.web.account import account
from matchmaker.web.fields import EditForm, Form, options
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me, my_roles
from matchmaker.words.labels import TOPICS, choices
from matchmaker.words.letters import EVENTS

TO_CHOOSE = tuple(topic for topic in Topic if topic not in ALWAYS_NOW)
AS_TOPIC = ""
_READS_AS = {
    Role.OFFICER: Readers.DESK,
    Role.REGION_COORDINATOR: Readers.DESK,
    Role.COLLEAGUE: Readers.COLLEAGUE,
    Role.LECTURER: Readers.SCHOOL,
    Role.COORDINATOR: Readers.SCHOOL,
    Role.STUDENT: Readers.STUDENT,
}


class MailForm(EditForm):
    """One choice per topic that may wait."""


for _topic in TO_CHOOSE:
    setattr(
        MailForm,
        _topic.value,
        RadioField(TOPICS[_topic], choices=options(choices(Frequency)), default=Frequency.NOW.value),
    )


@account.route("/account/mail", methods=["GET", "POST"])
@only(ANYONE_SIGNED_IN)
def edit_mail() -> Response | str:
    events = events_for({_reads_as(membership) for membership in my_roles()})
    chosen = {**mail_preferences(me()), **event_preferences(me())}
    shown = {name: frequency.value for name, frequency in chosen.items()}
    form = _form_for(events)(data=shown)
    current = form.is_current_as(shown)
    if not (form.validate_on_submit() and current):
        apart = {topic for topic, each in events.items() if any(_differs(form, event) for event in each)}
        return render_template("account/mail.html", form=form, topics=TO_CHOOSE, events=events, apart=apart)
    differing = [event.name for each in events.values() for event in each if _differs(form, event)]
    choose_mail(
        me(),
        {topic: Frequency(form[topic.value].data) for topic in TO_CHOOSE},
        {name: Frequency(form[name].data) for name in differing},
    )
    flash(gettext("Bewaard. U krijgt vanaf nu mail zoals u koos."), "success")
    db.session.commit()
    return redirect(url_for("account.edit_mail"))


def _form_for(events: dict[Topic, tuple[Event, ...]]) -> type[MailForm]:
    """The form with a choice for each event this person hears of."""
    pairs = [(AS_TOPIC, _l("zoals hierboven")), *choices(Frequency)]
    fields = {
        event.name: SelectField(EVENTS[event.name], choices=options(pairs), default=AS_TOPIC)
        for each in events.values()
        for event in each
    }
    return type("MailFormOfEvents", (MailForm,), fields)


def _differs(form: Form, event: Event) -> bool:
    return bool(form[event.name].data != AS_TOPIC)


def _reads_as(membership: Membership) -> Readers:
    """An administrator reads what reaches the organisation when nobody else is there for it."""
    if membership.role is Role.ORG_ADMIN:
        return Readers.DESK if membership.organisation.kind in MUNICIPAL_POSTERS else Readers.SCHOOL
    return _READS_AS.get(membership.role, Readers.ALL)
