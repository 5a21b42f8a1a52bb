"""A dossier is sealed when someone asks for it, and by itself before a name is forgotten."""

from datetime import date, datetime
from itertools import groupby

from matchmaker.accounts.models import Account
from matchmaker.clock import local
from matchmaker.committees import dossier
from matchmaker.committees.models import Committee, Dossier
from matchmaker.committees.retention import forget, is_sealed, terms_to_forget
from matchmaker.documents.committee_dossier import pdf, workbook


def seal(committee: Committee, first_day: date, last_day: date, *, by: Account | None) -> Dossier:
    """Both files as they are today, kept. Raises InvalidValue for a period that cannot be."""
    facts = dossier.facts_of(committee, first_day, last_day)
    return dossier.seal(facts, pdf=pdf(facts), xlsx=workbook(facts), by=by)


def seal_and_forget(moment: datetime) -> int:
    """Names of who left a year ago go, once a sealed dossier holds their whole term; returns how many."""
    found = terms_to_forget(local(moment).date())
    for committee, rows in groupby(found, key=lambda term: term.committee):
        terms = list(rows)
        open_ones = [each for each in terms if not is_sealed(each)]
        if open_ones:
            first, last = min(each.starts_on for each in open_ones), max(each.ends_on for each in open_ones)
            seal(committee, first, last, by=None)
        for term in terms:
            forget(term)
    return len(found)
