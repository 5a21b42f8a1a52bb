"""The log in sentences: what happened, what it was done to, and the details worth reading."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.assignments.states import AssignmentState
from matchmaker.audit.models import AuditEvent
from matchmaker.matches.states import State
from matchmaker.vocabulary import Role
from matchmaker.words.agreement_log import AGREEMENT_OBJECTS
from matchmaker.words.labels import label
from matchmaker.words.log_events import EVENTS
from matchmaker.words.placement_log import PLACEMENT_OBJECTS, list_line, part_line, stage_line

OBJECTS: dict[str, LazyString] = {
    **PLACEMENT_OBJECTS,
    **AGREEMENT_OBJECTS,
    "ReceivedMail": _l("Mail die binnenkwam"),
    "Thread": _l("Gesprek"),
    "AccessToken": _l("Sleutel van een programma"),
    "Account": _l("Account"),
    "AddressChange": _l("Ander e-mailadres"),
    "Assignment": _l("Opdracht voor een groep"),
    "Advice": _l("Advies van een commissie"),
    "SecretKey": _l("Geheime sleutel"),
    "Session": _l("Les of bezoek"),
    "SessionMaterial": _l("Materiaal bij een les"),
    "SessionSeries": _l("Reeks lessen"),
    "SessionView": _l("Antwoord na een les"),
    "Application": _l("Reactie van een student"),
    "Attachment": _l("Bestand bij een bericht"),
    "Appointment": _l("Afspraak"),
    "Attendee": _l("Deelnemer"),
    "CodeApp": _l("App met codes"),
    "Committee": _l("Commissie"),
    "CrosswalkDismissal": _l("Afgewezen voorstel voor de kruistabel"),
    "CatalogueVersion": _l("Versie van een tabel"),
    "CohortPlace": _l("Plek in een ronde"),
    "CohortRound": _l("Ronde voor studenten"),
    "CohortStudent": _l("Deelname aan een ronde"),
    "Cleaning": _l("Opruimen"),
    "Consent": _l("Toestemming"),
    "DataRequest": _l("Verzoek over gegevens"),
    "DataExport": _l("Kopie van uw gegevens"),
    "Desk": _l("Loket"),
    "Hold": _l("Wissen uitgesteld"),
    "Dossier": _l("Dossier van een commissie"),
    "Faculty": _l("Faculteit"),
    "FinishedWork": _l("Afgerond werk"),
    "Identity": _l("Koppeling met de login van een organisatie"),
    "IdentityProvider": _l("Login van een organisatie"),
    "Job": _l("Taak"),
    "JointAssignment": _l("Opdracht samen"),
    "JointPartner": _l("Gemeente bij een opdracht samen"),
    "Leave": _l("Verlof"),
    "Letter": _l("Brief"),
    "Link": _l("Persoonlijke link"),
    "Listing": _l("Aanbod of vraag"),
    "ListingReport": _l("Melding"),
    "Match": _l("Match"),
    "Meeting": _l("Vergadering van een commissie"),
    "Membership": _l("Rol van iemand"),
    "Message": _l("Bericht"),
    "Need": _l("Vraag"),
    "Offer": _l("Aanbod"),
    "RightsReview": _l("Controle van rechten"),
    "Passkey": _l("Passkey"),
    "Organisation": _l("Organisatie"),
    "Programme": _l("Opleiding"),
    "Seat": _l("Plek in een commissie"),
    "SavedListing": _l("Bewaard aanbod"),
    "SavedSearch": _l("Bewaarde zoekopdracht"),
    "SignInSession": _l("Apparaat"),
    "StoredFile": _l("Bestand"),
    "StudentProfile": _l("Wensen van een student"),
    "Team": _l("Team"),
    "Term": _l("Termijn in een commissie"),
    "ThreadRead": _l("Gelezen berichten"),
    "VisitorRequest": _l("Vraag van een bezoeker"),
}


_SOURCES: dict[str, LazyString] = {
    "system": _l("het systeem"),
    "periodic": _l("het systeem, op vaste tijden"),
    "job": _l("het systeem, in een taak"),
    "command": _l("een beheerder, met een commando"),
}


def event_name(action: str) -> str:
    """The sentence for an event; its code when it is older than this list."""
    return str(EVENTS.get(action, action))


def object_name(kind: str) -> str:
    """What something was done to; its code when it is older than this list."""
    return str(OBJECTS.get(kind, kind))


def event_sentence(event: AuditEvent) -> str:
    """What happened, with the numbers, role or state that belong to it."""
    known = (_DETAILS[name](value) for name, value in event.details.items() if name in _DETAILS)
    return " ".join([event_name(event.action), *(text for text in known if text)])


def about(event: AuditEvent) -> str:
    """What it was done to: `Aanbod 12`."""
    return f"{object_name(event.object_kind)} {event.object_id or ''}".strip()


def came_from(event: AuditEvent) -> str:
    """Where a change without a person came from."""
    source = event.origin.partition(":")[0]
    return gettext("een bezoeker zonder account") if is_request(event) else str(_SOURCES[source])


def is_request(event: AuditEvent) -> bool:
    """Whether the change came in by a page, so that its origin is the number of a request."""
    return event.origin.partition(":")[0] not in _SOURCES


def _named(code: type[Role] | type[State] | type[AssignmentState], value: Any) -> str:
    return label(code(value)) if value in set(code) else str(value)


_DETAILS: Mapping[str, Callable[[Any], str]] = {
    "role": lambda value: gettext("Rol: %(role)s.", role=_named(Role, value)),
    "stage": stage_line,
    "state": lambda value: gettext("Stand: %(state)s.", state=_named(State, value)),
    "assignment": lambda value: gettext("Stand: %(state)s.", state=_named(AssignmentState, value)),
    "proposals": lambda value: ngettext("%(num)d voorstel.", "%(num)d voorstellen.", value),
    "made": lambda value: ngettext("%(num)d rij is nieuw.", "%(num)d rijen zijn nieuw.", value),
    "changed": lambda value: ngettext("%(num)d is veranderd.", "%(num)d zijn veranderd.", value),
    "domain": lambda value: gettext("Domein: %(domain)s.", domain=value),
    "part": part_line,
    "list": list_line,
    "coming": lambda value: gettext("Komt.") if value else gettext("Komt niet."),
}
