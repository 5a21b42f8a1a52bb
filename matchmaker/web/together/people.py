"""Who does what in a match, by name and role. Never an address."""

from collections.abc import Sequence

from matchmaker.accounts.models import Account
from matchmaker.appointments.models import Appointment
from matchmaker.matches.models import Match
from matchmaker.matches.readers import visitor_of
from matchmaker.threads.models import Message
from matchmaker.vocabulary import Party
from matchmaker.web.sign_in_state import me
from matchmaker.web.together.party import my_party
from matchmaker.web.uploads import attached
from matchmaker.words.appointments import say_answer
from matchmaker.words.dates import say_since
from matchmaker.words.language import gettext


def people_rows(match: Match, appointment: Appointment | None) -> list[dict[str, str]]:
    """Name, role and what they said about the date; a colleague is named to the school once there is a yes."""
    rows = []
    if match.school_contact is not None:
        school = match.school.name if match.school else ""
        rows.append(_row(match.school_contact, gettext("contact van %(name)s", name=school), "demand", appointment))
    elif match.school_id is None:
        visitor = visitor_of(match)
        if visitor is not None:
            rows.append(
                {"name": visitor.name, "role": gettext("vrager zonder account"), "tone": "demand", "answer": ""}
            )
    inside = my_party() is not Party.SCHOOL
    if match.colleague is not None and (inside or _has_said_yes(match)):
        role = gettext("collega van gemeente %(name)s", name=match.municipality.name)
        rows.append(_row(match.colleague, role, "supply", appointment))
    if match.owner is not None and match.owner_id != match.colleague_id:
        desk = match.desk.name if match.desk else match.municipality.name
        rows.append(_row(match.owner, gettext("%(desk)s, helpt bij alles", desk=desk), "supply", appointment))
    named = {row["name"] for row in rows}
    for attendee in appointment.people if appointment else ():
        if attendee.display_name not in named and (inside or not attendee.standby):
            row = {"name": attendee.display_name, "role": gettext("gemeente %(name)s", name=match.municipality.name)}
            rows.append({**row, "tone": "supply", "answer": say_answer(attendee)})
    return rows


def thread_rows(match: Match, messages: Sequence[Message]) -> list[dict[str, object]]:
    """The thread as the component draws it. Text stays text: no address in it becomes a link."""
    return [
        {
            "name": gettext("U") if message.author_id == me().id else _author(match, message),
            "role": _role(match, message),
            "when": say_since(message.at),
            "text": message.text,
            "files": attached(message, "together.download_attachment", match_id=match.id),
            "mine": message.author_id == me().id,
            "tone": "demand" if message.party in {Party.SCHOOL.value, Party.VISITOR.value} else "supply",
        }
        for message in messages
    ]


def names_of(match: Match, *, speaker: Account | None = None) -> list[str]:
    """Who will be there, for the brief in the calendar; `speaker` when it is someone else than was asked."""
    speaker = speaker or match.colleague or match.owner
    names = []
    if speaker is not None:
        municipality = gettext("gemeente %(name)s", name=match.municipality.name)
        names.append(f"{speaker.display_name} ({municipality})")
    if match.school_contact is not None:
        names.append(f"{match.school_contact.display_name} ({match.school.name if match.school else ''})")
    return names


def _row(account: Account, role: str, tone: str, appointment: Appointment | None) -> dict[str, str]:
    invited = next(
        (each for each in (appointment.people if appointment else ()) if each.account_id == account.id), None
    )
    return {
        "name": account.display_name,
        "role": role,
        "tone": tone,
        "answer": say_answer(invited) if invited else "",
    }


def _has_said_yes(match: Match) -> bool:
    return match.state.value in {"offered", "scheduling", "agreed", "done"}


def _author(match: Match, message: Message) -> str:
    if message.author is not None:
        return message.author.display_name
    visitor = visitor_of(match)
    return visitor.name if visitor else gettext("Vrager")


def _role(match: Match, message: Message) -> str:
    if message.author_id == me().id:
        return ""
    if message.party == Party.SCHOOL.value:
        return match.school.name if match.school else ""
    if message.party == Party.VISITOR.value:
        return gettext("vrager zonder account")
    return gettext("gemeente %(name)s", name=match.municipality.name)
