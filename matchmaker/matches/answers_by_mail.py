"""An answer by mail to a letter about a match: it does what the same words on the page would do."""

from matchmaker.accounts.models import Account
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue, NotFound
from matchmaker.links.models import Link, Purpose
from matchmaker.matches.asking import reply
from matchmaker.matches.conversation import gist, write_message
from matchmaker.matches.letters import tell_desk
from matchmaker.matches.models import Match
from matchmaker.matches.queries import SCHOOL_ROLES, match_by_id, match_of_party
from matchmaker.matches.readers import answers_as_colleague
from matchmaker.matches.states import State
from matchmaker.organisations.queries import active_memberships
from matchmaker.replies.answers import Answer
from matchmaker.vocabulary import Party


def take_for_match(answer: Answer) -> None:
    """To a question of the desk it is the answer, from a colleague who was asked it goes to the desk, and else it is
    a message to the other side. Raises NotFound for who has no part in the match any more."""
    match = match_by_id(answer.number, lock=True)
    if answer.account is not None and answers_as_colleague(match, answer.account):
        _pass_to_desk(match, answer, answer.account)
        return
    party = _party(match, answer)
    if match.state is State.PROPOSED or (party is Party.VISITOR and match.has_ended):
        raise InvalidMove(state=match.state.value, action="reply_by_mail")
    if match.state is State.ASKED and party in {Party.SCHOOL, Party.VISITOR} and not answer.files:
        reply(match, answer=answer.text, by=answer.account)
    else:
        write_message(match, text=answer.text, by=answer.account, as_party=party, files=answer.files)


def _pass_to_desk(match: Match, answer: Answer, colleague: Account) -> None:
    """Words are no yes and no no: the desk reads them, the link in the letter stays to answer with."""
    if not answer.text:
        raise InvalidValue("text", "required")
    tell_desk("colleague_wrote", match, colleague=colleague.display_name, gist=gist(answer.text), text=answer.text)


def _party(match: Match, answer: Answer) -> Party:
    if answer.account is None:
        link = db.session.get(Link, answer.letter.link_id) if answer.letter.link_id else None
        if link is None or link.purpose is not Purpose.FOLLOW_REQUEST or link.subject_id != match.id:
            raise NotFound("match")
        return Party.VISITOR
    for membership in active_memberships(answer.account):
        try:
            match_of_party(match.id, membership)
        except NotFound:
            continue
        return Party.SCHOOL if membership.role in SCHOOL_ROLES else Party.MUNICIPALITY
    raise NotFound("match")
