"""Tables and columns in words, for who reads a copy of their own data. One without words keeps its own name."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from matchmaker.database import Base
from matchmaker.words.language import joined
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
    "unused_warnings": _l("Waarschuwing dat uw account weggaat"),
}
_STEPS = _l("Stap in het verloop")
_LISTS: dict[LazyString, str] = {
    _l("Account"): "account_id actor_id author_id created_by_id",
    _l("Naam"): "name display_name to_name signed_name",
    _l("Mailadres"): "email address to_address sender",
    _l("Tekst"): "text note about summary content proposed changes motivation arrangements wording raw what",
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
    _l("Laatst ingelogd"): "last_seen_on",
    _l("Apparaat"): "device",
    _l("Wachtwoord of sleutel"): "password_hash token_hash nonce",
    _l("Onderwerp"): "topic kind object_kind",
    _l("Hoe vaak"): "frequency alert",
    _l("Zoekopdracht"): "query",
    _l("Opdracht"): "assignment",
    _l("Resultaat"): "result result_url enough good better rank",
    _l("Waarvoor"): "purpose",
    _l("Versie van de tekst"): "text_version",
    _l("Ingetrokken"): "withdrawn_at",
    _l("Getekend"): "signed_at origin",
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


def value_text(value: object) -> str:
    """A value to read: nothing as a dash, yes and no in words."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nee")
    if isinstance(value, list):
        return joined(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {value_text(each)}" for name, each in value.items())
    return str(value)
