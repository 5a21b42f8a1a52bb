"""Tables and columns in words, for who reads a copy of their own data. One without words keeps its own name."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.database import Base
from matchmaker.words.log import OBJECTS

_TABLES: dict[str, LazyString] = {
    "audit_events": _l("Logboek"),
    "mail_preferences": _l("Welke mail u krijgt"),
    "committee_invitees": _l("Uitnodiging voor een vergadering"),
    "slot_proposals": _l("Voorstel voor een datum"),
    "cohort_wishes": _l("Wens in een ronde"),
    "application_files": _l("Bestand bij een reactie"),
    "assignment_groups": _l("Groep bij een opdracht"),
    "milestones": _l("Mijlpaal"),
    "checklist_items": _l("Punt voor de start van een stage"),
    "evaluations": _l("Hoe het ging op een stage"),
    "evaluation_replies": _l("Antwoord op hoe het ging"),
    "follow_ons": _l("In beeld blijven na een stage"),
    "interrupted_forms": _l("Formulier dat wacht tot u weer inlogt"),
    "known_devices": _l("Apparaat dat wij kennen"),
    "learning_goals": _l("Leerdoel"),
    "placement_contacts": _l("Gesprek bij een stage"),
    "placement_days": _l("Gewerkte dag op een stage"),
    "placement_notes": _l("Notitie bij een stage"),
    "placement_people": _l("Rol bij een stage"),
    "placement_products": _l("Werk van een stage"),
    "placement_signals": _l("Signaal bij een stage"),
    "provider_visits": _l("Bezoek aan de login van een organisatie"),
    "recovery_codes": _l("Herstelcode"),
    "reviewed_roles": _l("Rol in een controle van rechten"),
    "signatories": _l("Handtekening onder een overeenkomst"),
    "unused_warnings": _l("Waarschuwing dat uw account weggaat"),
}
_STEPS = _l("Stap in het verloop")
_LISTS: dict[LazyString, str] = {
    _l("Account"): "account_id actor_id author_id created_by_id owner_id colleague_id cover_id student_id keeper_id "
    "school_contact_id reporter_id",
    _l("Gedaan door"): "given_by given_by_id answered_by_id decided_by_id dismissed_by_id proposed_by_id reached_by_id "
    "read_in_by_id sealed_by_id shown_by_id signed_by_id started_by_id writer",
    _l("Naam"): "name display_name to_name signed_name",
    _l("Mailadres"): "email address to_address sender",
    _l("Nieuw mailadres"): "new_email",
    _l("Vorig mailadres"): "old_email",
    _l("Tekst"): "text note about summary content proposed changes motivation arrangements wording raw what sealed",
    _l("Titel"): "title subject",
    _l("Wanneer"): "at created_at sent_at arrived_at handled_at answered_at raised_at given_at confirmed_at wished_at "
    "ended_at day held_on done_on planned_on interim_on stated_at",
    _l("Gebeurtenis"): "action event",
    _l("Stand"): "state status state_before state_after",
    _l("Details"): "details values calendar",
    _l("Reden"): "reason refusal_note cancelled_because why_not_note ended_because ended_note withdrawn_because",
    _l("Antwoord"): "answer answer_note answered_by agrees decision_note",
    _l("Taal"): "language",
    _l("Rol"): "role part party side to_side",
    _l("Functie"): "job_title",
    _l("Organisatie"): "organisation_id organisation_name institution_id municipality_id asked_for",
    _l("Opleiding"): "programme_id",
    _l("Faculteit"): "faculty_id",
    _l("Team"): "team_id",
    _l("Niveau"): "level levels",
    _l("Werkvelden"): "work_fields speaks_about",
    _l("Begin"): "starts_on first_day",
    _l("Einde"): "ends_on last_day until",
    _l("Plaats"): "place latitude longitude workplace at_workplace",
    _l("Uren per week"): "hours_min hours_max hours_per_week weekdays minutes",
    _l("Vergoeding"): "allowance",
    _l("Waar u rekening mee wilt houden"): "workplace_needs",
    _l("Wanneer u 18 wordt"): "adult_from minor_until",
    _l("Laatst ingelogd"): "last_seen_on last_sign_in",
    _l("Laatst gebruikt"): "last_used_at last_seen_at used_at",
    _l("Eerste keer"): "first_seen_at since",
    _l("Laatst laten zien wie u bent"): "proved_at",
    _l("Bladzijde"): "path",
    _l("Werkt tot"): "expires_at",
    _l("Gestopt"): "revoked_at stopped_at closed_at",
    _l("Gevraagd"): "asked_at",
    _l("Hoe ingelogd"): "opened_with",
    _l("Tweede stap kwijt"): "second_step_lost_at",
    _l("Kleuren"): "colour_mode",
    _l("Acties met één toets"): "one_key_actions",
    _l("Hoogste afstand in kilometers"): "max_distance_km",
    _l("Waar het werk is"): "mode presence",
    _l("Crebo"): "crebo",
    _l("Nodig"): "needed",
    _l("Volgorde"): "position",
    _l("Wat het leest"): "scope",
    _l("Besluit"): "decision outcome",
    _l("Gedeeld"): "shared",
    _l("In het Engels"): "in_english",
    _l("Welk moment"): "moment",
    _l("Waar het bij hoort"): "application_id listing_id offer_id membership_id provider_id review_id file_id "
    "competence_id",
    _l("Apparaat"): "device",
    _l("Wachtwoord of sleutel"): "password_hash token_hash nonce nonce_hash state_hash sealed_token "
    "browser_hash code_hash account_key address_key network_key credential_id public_key user_handle sealed_secret "
    "verifier",
    _l("Onderwerp"): "topic kind object_kind",
    _l("Hoe vaak"): "frequency alert",
    _l("Zoekopdracht"): "query",
    _l("Opdracht"): "assignment",
    _l("Resultaat"): "result result_url enough good better rank",
    _l("Waarvoor"): "purpose",
    _l("Versie van de tekst"): "text_version",
    _l("Ingetrokken"): "withdrawn_at",
    _l("Getekend"): "signed_at",
    _l("Komt van"): "origin",
    _l("Nummer"): "id object_id",
}
COLUMNS = {name: words for words, names in _LISTS.items() for name in names.split()}


def table_name(table: str) -> str:
    """What the rows of a table are."""
    if table in _TABLES:
        return str(_TABLES[table])
    if table.endswith("_events"):
        return str(_STEPS)
    models = (each.class_.__name__ for each in Base.registry.mappers if each.local_table.name == table)
    return next((str(OBJECTS[name]) for name in models if name in OBJECTS), table)


def column_name(column: str) -> str:
    """What a column holds."""
    return str(COLUMNS.get(column, column))
