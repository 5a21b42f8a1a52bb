"""The example row of a template: right as it stands, named as an example, and a draft if someone reads it in."""

from datetime import timedelta

from matchmaker.clock import today
from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.columns import Column
from matchmaker.listings.kinds import fields_for, kinds_for
from matchmaker.vocabulary import Kind, OrganisationKind, Side

_DAYS_TO_START = 90
_CELLS = {
    "work_fields": "W10",
    "study_fields": "0732",
    "languages": "nl",
    "levels": "mbo 4; hbo-bachelor",
    "places": "2",
    "mode": "op locatie",
}
_CELLS_OF_KIND = {
    Kind.WORK: {
        "title": "VOORBEELD: onderzoek veilige fietsroutes",
        "text": "Je telt fietsers bij drie scholen. Daarna schrijf je met een collega een advies voor de wethouder.",
        "hours_min": "24",
        "hours_max": "32",
        "duration_weeks": "20",
        "allowance_min": "400",
        "allowance_max": "650",
        "supervisor_title": "adviseur fiets",
    },
    Kind.LECTURE: {
        "title": "VOORBEELD: gastles over veilige fietsroutes",
        "text": "Onze studenten ontwerpen een fietsroute. Wij zoeken een collega die vertelt hoe de gemeente kiest.",
        "group_size": "30",
        "minutes": "90",
        "slots": "dinsdagochtend; donderdagmiddag",
        "audience_year": "2",
        "places": "1",
        "max_distance_km": "30",
    },
    Kind.QUESTION: {
        "title": "VOORBEELD: wie denkt mee over fietsroutes?",
        "text": "Wij willen weten waar fietsers zich onveilig voelen. Wij zoeken iemand die met ons meedenkt.",
        "what_is_needed": "Een gesprek van een uur om te kijken wat kan.",
    },
}
_PREFERRED = {Side.OFFER: (Kind.WORK, Kind.QUESTION), Side.NEED: (Kind.LECTURE, Kind.QUESTION)}


def example_row(poster: OrganisationKind, side: Side, asked: list[Column]) -> list[str]:
    """One cell for each of these columns, for a kind this poster can post on this side."""
    kind = next(kind for kind in _PREFERRED[side] if kind in kinds_for(poster, side))
    fields = fields_for(kind, side)
    cells = {name: text for name, text in (_CELLS | _CELLS_OF_KIND[kind]).items() if name in fields}
    if "starts_on" in fields:
        cells["starts_on"] = (today() + timedelta(days=_DAYS_TO_START)).isoformat()
    cells |= {"key": "voorbeeld", "kind": columns.KINDS[kind][0], "status": columns.DRAFT}
    return [cells.get(column.field, "") for column in asked]
