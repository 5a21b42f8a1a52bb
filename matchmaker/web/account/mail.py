"""Which letters someone gets, and how often."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import RadioField

from matchmaker.accounts.actions import choose_mail
from matchmaker.accounts.queries import mail_preferences
from matchmaker.database import db
from matchmaker.mail.models import ALWAYS_NOW, Frequency, Topic
from matchmaker.web.account import account
from matchmaker.web.fields import Form, options
from matchmaker.web.guards import ANYONE_SIGNED_IN, only
from matchmaker.web.sign_in_state import me
from matchmaker.words.labels import TOPICS, choices

TO_CHOOSE = tuple(topic for topic in Topic if topic not in ALWAYS_NOW)


class MailForm(Form):
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
    chosen = {topic.value: frequency.value for topic, frequency in mail_preferences(me()).items()}
    form = MailForm(data=chosen)
    if not form.validate_on_submit():
        return render_template("account/mail.html", form=form, topics=TO_CHOOSE)
    choose_mail(me(), {topic: Frequency(form[topic.value].data) for topic in TO_CHOOSE})
    flash(gettext("Bewaard. U krijgt vanaf nu mail zoals u koos."), "success")
    db.session.commit()
    return redirect(url_for("account.edit_mail"))
