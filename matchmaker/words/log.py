"""The log in sentences: what each event is called, what it was done to, and the details worth reading."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.assignments.states import AssignmentAction, AssignmentState
from matchmaker.audit.models import AuditEvent
from matchmaker.matches.states import Action, State
from matchmaker.vocabulary import Role
from matchmaker.words.agreement_log import AGREEMENT_EVENTS, AGREEMENT_OBJECTS
from matchmaker.words.committees import EVENTS as COMMITTEE_STEPS
from matchmaker.words.labels import label
from matchmaker.words.placement_log import PLACEMENT_EVENTS, PLACEMENT_OBJECTS, list_line, part_line, stage_line

MATCH_STEPS: dict[str, LazyString] = {
    f"match.{action.value}": sentence
    for action, sentence in {
        Action.PROPOSE: _l("De match is voorgesteld."),
        Action.REQUEST: _l("De vraag is aan een loket gesteld."),
        Action.OFFER: _l("De gemeente heeft ja gezegd."),
        Action.TAKE: _l("Iemand van het loket heeft de vraag opgepakt."),
        Action.ASSIGN: _l("De vraag is aan een collega van het loket gegeven."),
        Action.ASK: _l("Het loket heeft de vrager meer gevraagd."),
        Action.REPLY: _l("De vrager heeft geantwoord."),
        Action.ROUTE: _l("De vraag is aan een collega van de gemeente gesteld."),
        Action.COLLEAGUE_YES: _l("De collega heeft ja gezegd."),
        Action.COLLEAGUE_NO: _l("De collega heeft nee gezegd."),
        Action.COLLEAGUE_OTHER: _l("De collega heeft een ander genoemd."),
        Action.FORWARD: _l("De vraag is naar een andere gemeente gestuurd."),
        Action.REFUSE: _l("Er is nee gezegd."),
        Action.WITHDRAW: _l("De vraag is ingetrokken."),
        Action.ACCEPT: _l("De vrager heeft het aangenomen."),
        Action.PROPOSE_DATES: _l("Er zijn data voorgesteld."),
        Action.AGREE: _l("De datum is afgesproken."),
        Action.RESCHEDULE: _l("Er is een nieuwe datum gevraagd."),
        Action.COMPLETE: _l("De match is afgerond."),
        Action.LAPSE: _l("De match is vervallen."),
        Action.ESCALATE: _l("De termijn was voorbij. Dat is gemeld."),
        Action.REMIND: _l("Er is een herinnering gestuurd."),
    }.items()
}
ASSIGNMENT_STEPS: dict[str, LazyString] = {
    f"assignment.{action.value}": sentence
    for action, sentence in {
        AssignmentAction.PLAN: _l("Er is begonnen met het plan voor een groep."),
        AssignmentAction.CHANGE: _l("Het plan voor een groep is veranderd."),
        AssignmentAction.START: _l("De groepen zijn begonnen."),
        AssignmentAction.REACH: _l("Er is een mijlpaal gehaald."),
        AssignmentAction.HAND_IN: _l("Het resultaat is ingeleverd."),
        AssignmentAction.DECIDE: _l("De gemeente heeft besloten wat zij met het resultaat doet."),
        AssignmentAction.STOP: _l("De opdracht voor een groep is gestopt."),
        AssignmentAction.REMIND: _l("Er is een herinnering gestuurd."),
        AssignmentAction.ESCALATE: _l("De termijn was voorbij. Dat is gemeld."),
    }.items()
}
EVENTS: dict[str, LazyString] = {
    **MATCH_STEPS,
    **ASSIGNMENT_STEPS,
    **COMMITTEE_STEPS,
    **PLACEMENT_EVENTS,
    **AGREEMENT_EVENTS,
    "match.propose": _l("Er is gezocht naar wat erbij past."),
    "match.round": _l("Er is een ronde gehouden: alle open vragen tegelijk."),
    "match.round_begun": _l("Er is een ronde begonnen."),
    "match.move_desk": _l("De vraag is naar een ander loket verhuisd."),
    "match.hand_over": _l("Het werk van een collega is overgedragen."),
    "appointment.answered": _l("Iemand heeft gezegd of hij komt."),
    "appointment.changed": _l("De gegevens van de afspraak zijn veranderd."),
    "appointment.confirmation_asked": _l("Er is gevraagd of de afspraak doorgaat."),
    "appointment.standby": _l("Er is een reserve gekozen."),
    "student.began": _l("Een student heeft gezegd welke opleiding hij doet."),
    "student.expected": _l("Een student is bij een opleiding gezet."),
    "student.wishes_changed": _l("Een student heeft zijn wensen veranderd."),
    "student.alert_set": _l("Een student heeft berichten aan- of uitgezet."),
    "student.feed_made": _l("Een student heeft een feed gemaakt."),
    "student.feed_revoked": _l("Een student heeft zijn feed gestopt."),
    "programme.rules_changed": _l("De afspraken van een opleiding zijn veranderd."),
    "application.apply": _l("Een student heeft op een plek gereageerd."),
    "application.approve": _l("De school heeft een reactie goedgekeurd."),
    "application.invite": _l("De gemeente heeft een student uitgenodigd voor een gesprek."),
    "application.offer": _l("De gemeente heeft een student een plek aangeboden."),
    "application.accept": _l("De student heeft de plek aangenomen."),
    "application.place": _l("De student heeft in een ronde een plek gekregen."),
    "application.decline": _l("De student heeft de plek niet aangenomen."),
    "application.refuse": _l("Er is nee gezegd tegen een reactie van een student."),
    "application.withdraw": _l("De student heeft zijn reactie ingetrokken."),
    "application.fill": _l("De laatste plek ging naar een ander."),
    "application.call_off": _l("De plaatsing is gestopt; de student kan weer reageren."),
    "application.remind": _l("Er is een herinnering gestuurd over een reactie."),
    "application.escalate": _l("Het antwoord op een reactie was te laat. Dat is gemeld."),
    "application.placed": _l("Van een aangenomen reactie is een plaatsing gemaakt."),
    "cohort.opened": _l("Er is een ronde voor studenten geopend."),
    "cohort.asked": _l("Gemeenten zijn gevraagd om plekken voor een ronde."),
    "cohort.lent": _l("Een gemeente geeft plekken aan een ronde."),
    "cohort.refused": _l("Een gemeente geeft geen plek aan een ronde."),
    "cohort.wished": _l("Een student heeft wensen opgegeven voor een ronde."),
    "cohort.cancelled": _l("Een ronde voor studenten is gestopt."),
    "cohort.run": _l("Het verdelen van een ronde is begonnen."),
    "cohort.published": _l("De plekken van een ronde zijn verdeeld."),
    "cohort.placements_begun": _l("Het openen van de stages van een ronde is begonnen."),
    "cohort.placements_opened": _l("De stages van een ronde zijn geopend."),
    "message.posted": _l("Er is een bericht geplaatst."),
    "thread.read": _l("De berichten zijn gelezen."),
    "session.asked": _l("Er is gevraagd hoe de les of het bezoek ging."),
    "session.looked_back": _l("Iemand heeft verteld hoe de les of het bezoek ging."),
    "session.materials_added": _l("Er is materiaal bij een les gezet."),
    "session.material_removed": _l("Er is materiaal bij een les weggehaald."),
    "session.repeated": _l("Er zijn meer datums gevraagd voor dezelfde les."),
    "mail.arrived": _l("Er kwam een antwoord per mail."),
    "mail.taken": _l("Een antwoord per mail is geplaatst."),
    "mail.refused": _l("Een antwoord per mail is niet geplaatst. De schrijver hoort waarom."),
    "mail.ignored": _l("Een mail is genegeerd."),
    "mail.failed": _l("Een antwoord per mail is mislukt."),
    "mail.tried_again": _l("Een mislukt antwoord per mail is opnieuw geprobeerd."),
    "listing.created": _l("Er is een concept gemaakt."),
    "listing.saved": _l("De tekst of gegevens zijn veranderd."),
    "listing.kind_changed": _l("De soort is veranderd."),
    "listing.copied": _l("Er is een kopie gemaakt."),
    "listing.sent_to_check": _l("Het is naar het loket gestuurd om te keuren."),
    "listing.approved": _l("Het loket heeft het goedgekeurd."),
    "listing.returned": _l("Het loket heeft het teruggestuurd."),
    "listing.withdrawn": _l("Het is teruggehaald uit de keuring."),
    "listing.published": _l("Het is online gezet."),
    "listing.closed": _l("Het is gesloten."),
    "listing.expiry_warned": _l("De eigenaar is gewaarschuwd: het verloopt bijna."),
    "listing.expired": _l("Het is verlopen."),
    "listing.kept": _l("Iemand heeft het bewaard."),
    "listing.let_go": _l("Iemand bewaart het niet meer."),
    "listing.reported": _l("Iemand heeft gemeld dat er iets niet klopt."),
    "listing.report_decided": _l("Het loket heeft over een melding besloten."),
    "listings.file_uploaded": _l("Er is een bestand gestuurd om in te lezen."),
    "listings.imported": _l("Een bestand is ingelezen."),
    "search.saved": _l("Iemand heeft een zoekopdracht bewaard."),
    "search.forgotten": _l("Een bewaarde zoekopdracht is weggehaald."),
    "search.alert_set": _l("De mail bij een zoekopdracht is aan- of uitgezet."),
    "visitor_request.made": _l("Een bezoeker heeft een vraag gesteld."),
    "visitor_request.confirmed": _l("Een bezoeker heeft zijn vraag bevestigd."),
    "catalogue.publish": _l("Een nieuwe versie van een tabel geldt."),
    "catalogue.dismiss": _l("Een voorstel voor de kruistabel is afgewezen."),
    "joint.propose": _l("Aan andere gemeenten is gevraagd om samen te doen."),
    "joint.join": _l("Een gemeente doet mee met een opdracht samen."),
    "joint.decline": _l("Een gemeente doet niet mee met een opdracht samen."),
    "joint.leave": _l("Een gemeente stopt met een opdracht samen."),
    "joint.end": _l("De opdracht samen is gestopt."),
    "library.show": _l("Afgerond werk is voor iedereen te zien."),
    "library.hide": _l("Afgerond werk is weer weggehaald."),
    "committee.created": _l("Er is een commissie gemaakt."),
    "committee.changed": _l("Een commissie is veranderd."),
    "committee.closed": _l("Een commissie is gestopt."),
    "committees.imported": _l("Een bestand met commissies is ingelezen."),
    "committees.file_uploaded": _l("Er is een bestand met commissies gestuurd."),
    "seat.added": _l("Er is een plek in een commissie bij."),
    "seat.changed": _l("Een plek in een commissie is veranderd."),
    "meeting.forgotten": _l("De notulen van een vergadering zijn weggehaald. De termijn is voorbij."),
    "term.forgotten": _l("De naam van een lid is weggehaald. De termijn is voorbij."),
    "meeting.planned": _l("Er is een vergadering gepland."),
    "meeting.reminded": _l("Iedereen is herinnerd aan een vergadering."),
    "meeting.answered": _l("Iemand heeft gezegd of hij bij de vergadering is."),
    "advice.reminded": _l("De school is herinnerd aan een advies."),
    "advice.reported": _l("Een antwoord op een advies is te laat. Dat is gemeld."),
    "term.reminded": _l("Wie is gevraagd voor een plek, kreeg een herinnering."),
    "advice.given": _l("Een commissie heeft advies gegeven."),
    "dossier.sealed": _l("Een dossier is verzegeld."),
    "dossier.thrown_away": _l("Een oud dossier is weggegooid."),
    "listings.seeded": _l("Er zijn proefgegevens geschreven."),
    "load_registers": _l("De registers zijn ingelezen."),
    "create_organisation": _l("De organisatie is gemaakt."),
    "change_organisation": _l("De gegevens van de organisatie zijn veranderd."),
    "open_organisation": _l("De organisatie is weer geopend."),
    "close_organisation": _l("De organisatie is gesloten."),
    "add_domain": _l("Een maildomein is toegevoegd."),
    "remove_domain": _l("Een maildomein is weggehaald."),
    "open_desk": _l("Het loket is geopend."),
    "change_desk": _l("Het loket is anders ingesteld."),
    "join_desk": _l("Een gemeente doet mee met het loket."),
    "leave_desk": _l("Een gemeente doet niet meer mee met het loket."),
    "add_team": _l("Een team is toegevoegd."),
    "change_team": _l("Een team is veranderd."),
    "remove_team": _l("Een team is weggehaald."),
    "add_faculty": _l("Een faculteit is toegevoegd."),
    "change_faculty": _l("Een faculteit is veranderd."),
    "remove_faculty": _l("Een faculteit is weggehaald."),
    "add_programme": _l("Een opleiding is toegevoegd."),
    "change_programme": _l("Een opleiding is veranderd."),
    "remove_programme": _l("Een opleiding is weggehaald."),
    "invite": _l("Iemand is uitgenodigd."),
    "invite_again": _l("De uitnodiging is opnieuw gestuurd."),
    "revoke_invitation": _l("De uitnodiging is ingetrokken."),
    "accept_invitation": _l("De uitnodiging is aangenomen."),
    "sign_up": _l("Iemand heeft zich aangemeld."),
    "confirm_sign_up": _l("De aanmelding is bevestigd."),
    "refuse_sign_up": _l("De aanmelding is geweigerd."),
    "change_membership": _l("Een rol is veranderd."),
    "end_membership": _l("Een rol is beëindigd."),
    "leave_organisation": _l("Iemand is vertrokken. Alle rollen hier zijn gestopt."),
    "leave.registered": _l("Verlof is ingevoerd."),
    "leave.cancelled": _l("Verlof is weggehaald."),
    "sign_in": _l("Iemand heeft ingelogd."),
    "sign_out": _l("Iemand heeft uitgelogd."),
    "save_provider": _l("De login van een organisatie is ingesteld."),
    "switch_on_provider": _l("De login van een organisatie is aangezet."),
    "switch_off_provider": _l("De login van een organisatie is uitgezet."),
    "remove_provider": _l("De login van een organisatie is weggehaald."),
    "offer_tie": _l("Iemand kreeg een mail om de login van de organisatie te koppelen."),
    "tie_identity": _l("De login van een organisatie is aan een account gekoppeld."),
    "untie_identity": _l("De login van een organisatie is losgekoppeld van een account."),
    "sign_in_by_provider": _l("Iemand heeft ingelogd met de organisatie."),
    "refuse_arrival": _l("Iemand kwam terug van de login van een organisatie en is niet binnengelaten."),
    "end_session": _l("Een apparaat is uitgelogd."),
    "set_password": _l("Er is een nieuw wachtwoord gekozen."),
    "second_step.app_begun": _l("Iemand is begonnen een app met codes in te stellen."),
    "second_step.app_added": _l("Een app met codes is ingesteld."),
    "second_step.app_removed": _l("Een app met codes is weggehaald."),
    "second_step.passkey_added": _l("Een passkey is toegevoegd."),
    "second_step.passkey_used": _l("Een passkey is gebruikt."),
    "second_step.passkey_removed": _l("Een passkey is weggehaald."),
    "second_step.codes_made": _l("Er zijn nieuwe herstelcodes gemaakt."),
    "second_step.recovery_code_used": _l("Een herstelcode is gebruikt."),
    "second_step.taken_away": _l("De tweede stap is weggehaald. De link om opnieuw te beginnen is verstuurd."),
    "second_step.begun_again": _l("Iemand is met de link uit de brief opnieuw begonnen."),
    "address.asked": _l("Iemand vroeg om in te loggen met een ander e-mailadres."),
    "address.changed": _l("Iemand logt in met een ander e-mailadres."),
    "address.kept": _l("Een ander e-mailadres is tegengehouden vanaf het oude adres."),
    "token.made": _l("Iemand laat een programma meelezen."),
    "token.revoked": _l("Een programma mag niet meer meelezen."),
    "review.signed": _l("Een beheerder keek na wie er bij mag, en tekende daarvoor."),
    "ask_new_password": _l("Er is een nieuw wachtwoord gevraagd."),
    "change_profile": _l("Iemand heeft zijn gegevens veranderd."),
    "choose_mail": _l("Iemand heeft gekozen welke mail komt."),
    "make_feed_link": _l("Er is een agendalink gemaakt."),
    "calendar.link_made": _l("Iemand heeft een adres voor de agenda van de organisatie gemaakt."),
    "calendar.link_revoked": _l("Het adres voor de agenda van de organisatie is gestopt."),
    "revoke_feed_link": _l("De agendalink is ingetrokken."),
    "close_account": _l("Het account is gesloten."),
    "reopen_account": _l("Het account is weer geopend."),
    "data_request.asked": _l("Iemand vroeg iets over de eigen gegevens."),
    "data_request.confirmed": _l("Iemand zonder account heeft een verzoek over gegevens bevestigd."),
    "data_request.answered": _l("Een verzoek over gegevens is beantwoord."),
    "consent.given": _l("Iemand heeft toestemming gegeven."),
    "consent.withdrawn": _l("Iemand heeft een toestemming ingetrokken."),
    "file.read": _l("Iemand heeft gegevens van een ander bekeken."),
    "privacy.export_asked": _l("Iemand heeft een kopie van zijn gegevens gevraagd."),
    "privacy.export_made": _l("Er is een kopie van iemands gegevens gemaakt."),
    "privacy.erasure_asked": _l("Iemand heeft gevraagd zijn account te wissen."),
    "privacy.erased": _l("Een account is gewist."),
    "privacy.cleaned": _l("Er is opgeruimd wat over zijn termijn was."),
    "hold.laid": _l("Er mag voorlopig niets worden gewist van iemand of iets."),
    "hold.lifted": _l("Er mag weer worden gewist."),
    "secrets.moved": _l("Wat met een vroegere geheime sleutel is gemaakt, staat nu onder de nieuwe."),
    "secrets.links_ended": _l("Links die met een vroegere geheime sleutel zijn gemaakt, zijn gestopt."),
    "secrets.chain_signed": _l("Het logboek klopt. Het is ondertekend met de nieuwe sleutel."),
    "try_job_again": _l("Een taak is opnieuw gestart."),
    "try_letter_again": _l("Een brief is opnieuw klaargezet."),
}
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
