"""Who is next in a match and by when, told to one side or to everyone at the desk."""

from dataclasses import dataclass

from matchmaker.matches.models import Match
from matchmaker.matches.turns import whose_turn
from matchmaker.vocabulary import Party
from matchmaker.words.dates import say_moment
from matchmaker.words.labels import label
from matchmaker.words.language import gettext


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is next: in words, by when, whether that is the reader, and the reader alone."""

    who: str
    until: str
    mine: bool
    alone: bool


def turn(match: Match, *, reader: Party, proposed_by: str = "") -> Turn:
    """Who must act now. `proposed_by` is the party whose moments wait for a choice; empty when there are none."""
    parties = whose_turn(match.state, proposed_by)
    mine = reader in parties
    alone = parties == {reader}
    who = gettext("u") if alone else _names(match, parties)
    if mine and len(parties) > 1:
        who = gettext("u en de ander")
    return Turn(who, say_moment(match.due_at) if match.due_at else "", mine, alone)


def finding(match: Match, now_next: Turn) -> str:
    """Who is next and by when, or since when it is late, as the heading of a match; its state once nobody is next."""
    if not now_next.who:
        return label(match.state)
    if now_next.alone:
        said = gettext("U bent aan zet")
    elif now_next.mine:
        said = gettext("U en de ander zijn aan zet")
    else:
        said = gettext("%(who)s is aan zet", who=now_next.who[:1].upper() + now_next.who[1:])
    if match.is_late:
        return gettext("%(said)s. Dat moest voor %(moment)s", said=said, moment=now_next.until)
    return gettext("%(said)s, voor %(moment)s", said=said, moment=now_next.until) if now_next.until else said


def turn_at_desk(match: Match, *, proposed_by: str = "") -> str:
    """For everyone at the desk, by name: `Nu aan zet: Loket Utrecht. Uiterlijk woensdag 25 november, 17.00 uur.`"""
    parties = whose_turn(match.state, proposed_by)
    if not parties:
        return label(match.state)
    if parties == {Party.MUNICIPALITY} and match.owner:
        who = match.owner.display_name
    elif parties == {Party.COLLEAGUE} and match.colleague:
        who = match.colleague.display_name
    else:
        who = _names(match, parties)
    line = gettext("Nu aan zet: %(who)s.", who=who)
    if match.due_at is None:
        return line
    if match.is_late:
        return f"{line} " + gettext("Het moest af zijn op %(due)s.", due=say_moment(match.due_at))
    return f"{line} " + gettext("Uiterlijk %(due)s.", due=say_moment(match.due_at))


def _names(match: Match, parties: frozenset[Party]) -> str:
    """The parties as both sides may read them: a desk, a school, a colleague without a name."""
    if len(parties) > 1:
        return gettext("beide kanten, om een datum te kiezen")
    return "".join(_name(match, party) for party in parties)


def _name(match: Match, party: Party) -> str:
    if party is Party.COLLEAGUE:
        return gettext("een collega van %(name)s", name=match.municipality.name)
    if party is Party.MUNICIPALITY:
        return match.desk.name if match.desk else match.municipality.name
    return match.school.name if match.school else gettext("de vrager")
