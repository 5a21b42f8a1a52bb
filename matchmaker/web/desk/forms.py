"""Forms on one item. Each carries the version that was on the page, so that two officers cannot undo each other."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from matchmaker.matches.models import Match
from matchmaker.matches.queries import events_of
from matchmaker.matches.rules import REFUSALS_OF_MUNICIPALITY
from matchmaker.organisations.queries import desk_officers
from matchmaker.vocabulary import Party, Refusal
from matchmaker.web.fields import EditForm, at_most, options
from matchmaker.words.labels import choices
from matchmaker.words.match_events import event_line

NOTE_LENGTH = 2000


class ItemForm(EditForm):
    """A step in one match."""

    def for_item(self, match: Match) -> "ItemForm":
        """Remember which version is shown; a version that was sent stays."""
        if not self.version.data:
            self.version.data = str(match.version)
        return self

    def may_do(self, match: Match) -> bool:
        """Whether the form is right and nobody acted on this item since the page was opened; else what they did."""
        right = self.validate()
        last = events_of(match)[-1]
        by = last.actor.display_name if last.actor else "Matchmaker"
        done = gettext("%(what)s. Door: %(who)s.", what=event_line(last, reader=Party.MUNICIPALITY), who=by)
        return self.is_current(match, also=[(gettext("Het laatst gebeurd"), done)]) and right


class RouteForm(ItemForm):
    """Who is asked: a colleague (`c` and the membership) or another municipality (`m` and the organisation)."""

    to = RadioField(_l("Wie vraagt u?"), [InputRequired(_l("Kies wie u vraagt."))], validate_choice=False)
    text = TextAreaField(_l("Wat wilt u erbij zeggen?"), [at_most(NOTE_LENGTH)])


class AskForm(ItemForm):
    question = TextAreaField(
        _l("Wat wilt u weten?"), [InputRequired(_l("Schrijf op wat u wilt weten.")), at_most(NOTE_LENGTH)]
    )


class YesForm(ItemForm):
    offer = RadioField(_l("Met welk aanbod?"), default="", validate_choice=False)
    text = TextAreaField(_l("Wat wilt u erbij zeggen?"), [at_most(NOTE_LENGTH)])


class RefuseForm(ItemForm):
    refusal = RadioField(
        _l("Wat is de reden?"),
        [InputRequired(_l("Kies een reden."))],
        choices=options(choices(Refusal, only=REFUSALS_OF_MUNICIPALITY)),
    )
    note = TextAreaField(_l("Toelichting voor de vrager"), [at_most(NOTE_LENGTH)])


class AssignForm(ItemForm):
    """Giving the item to another officer of this desk."""

    officer = SelectField(_l("Geef aan"), [InputRequired(_l("Kies een collega."))], choices=[])

    def for_item(self, match: Match) -> "AssignForm":
        super().for_item(match)
        people = [each for each in desk_officers(match.desk) if each.account_id != match.owner_id] if match.desk else []
        names = [(str(each.account_id), each.account.display_name) for each in people]
        self.officer.choices = options([("", _l("Kies een collega")), *names])
        return self
