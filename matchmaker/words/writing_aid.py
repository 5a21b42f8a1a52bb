"""Why a word keeps people away, and what readers look for, in words for whoever writes a posting."""

from flask_babel import gettext

from matchmaker.dutch.welcoming import Excludes


def why_it_excludes(why: Excludes | None) -> str:
    """One sentence; empty for words that are only stiff."""
    if why is None:
        return ""
    return {
        Excludes.AGE: gettext("Dit gaat over leeftijd. Wie ouder of jonger is, haakt af."),
        Excludes.GENDER: gettext("Dit noemt een man of een vrouw. Schrijf zo dat iedereen zich aangesproken voelt."),
        Excludes.LANGUAGE: gettext("Dit sluit uit wie de taal later leerde. Zeg hoe goed iemand haar moet kennen."),
        Excludes.ORIGIN: gettext("Dit gaat over waar iemand vandaan komt. Dat doet er hier bijna nooit toe."),
        Excludes.HEALTH: gettext("Dit gaat over gezondheid. Zeg liever wat het werk vraagt."),
        Excludes.PRESSURE: gettext("Dit klinkt als druk of stoer doen. Zeg liever wat iemand doet en wanneer."),
        Excludes.MEANS: gettext("Niet iedereen heeft dit. Zeg waarvoor het nodig is, of laat het weg."),
        Excludes.SCHOOLING: gettext("Dit zet mensen hoger of lager. Noem liever de opleiding."),
    }[why]


def essential_names() -> dict[str, str]:
    """What a reader looks for, by field of the listing."""
    return {
        "title": gettext("Titel"),
        "text": gettext("Wat iemand doet"),
        "levels": gettext("Niveau"),
        "work_fields": gettext("Werk van de gemeente"),
        "study_fields": gettext("Studierichting"),
        "hours_min": gettext("Uren per week"),
        "starts_on": gettext("Wanneer het begint"),
        "duration_weeks": gettext("Hoe lang het duurt"),
        "allowance_min": gettext("Vergoeding"),
        "supervisor_title": gettext("Wie begeleidt"),
        "group_size": gettext("Hoe groot de groep is"),
        "minutes": gettext("Hoe lang het duurt"),
        "slots": gettext("Dagen die kunnen"),
        "place": gettext("Plaats"),
        "committee": gettext("Welke commissie"),
        "profile": gettext("Wie u zoekt"),
        "course": gettext("Bij welk vak"),
        "term_years": gettext("Voor hoeveel jaar"),
        "meetings_per_year": gettext("Hoe vaak per jaar"),
        "ects": gettext("Hoeveel studiepunten"),
        "what_is_needed": gettext("Wat u zou helpen"),
    }


def compared_sentence(what: str, *, answered: int, had: int, others: int, without: int) -> str:
    """How many postings had something: of those that got an answer, and of the others."""
    return gettext(
        "%(what)s: %(had)d van de %(answered)d met een reactie, %(without)d van de %(others)d zonder.",
        what=what,
        had=had,
        answered=answered,
        without=without,
        others=others,
    )
