"""Cases written down elsewhere (JSON lines) as rows for the import.

A case has id, kind, organisation, place, title, text, level, fields_of_study, work_field, source_address, org_type,
study_labels and text_kind. Postings and requests go over whole. A report, a description or a page about a programme is
no posting: it becomes a draft of an open question for someone to take further. What has no home in the registers is
refused with a reason. See docs/listings.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from matchmaker.listings.import_export import columns
from matchmaker.listings.import_export.cells import study_code
from matchmaker.listings.import_export.columns import COLUMNS
from matchmaker.listings.kinds import MUNICIPAL_SIDE
from matchmaker.listings.values import locate
from matchmaker.reference import (
    Institution,
    Municipality,
    find_institution,
    find_municipality,
    find_place,
    fold,
    institutions,
    institutions_with_domain,
    municipalities,
    municipality,
    province,
)
from matchmaker.vocabulary import Kind, Side

HEADER = tuple(column.name for column in COLUMNS)
KINDS = {
    "internship": Kind.WORK,
    "graduation_project": Kind.GRADUATION,
    "traineeship": Kind.TRAINEESHIP,
    "guest_lecture": Kind.LECTURE,
    "committee_seat": Kind.SEAT,
    "site_visit": Kind.VISIT,
    "group_assignment": Kind.GROUP,
    "joint_course": Kind.COURSE,
    "request_speaker": Kind.LECTURE,
    "request_placement": Kind.WORK,
    "request_committee": Kind.SEAT,
}
POSTING = "posting"
REQUEST = "request_"
SCHOOL = "onderwijs"
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Refused:
    """A case that has no place, and why."""

    key: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Home:
    """The organisation that posts it, and on whose behalf when that is another."""

    code: str
    municipal: bool
    on_behalf_of: str = ""


def row_of(case: Mapping[str, Any]) -> dict[str, str] | Refused:
    """One case as a row, by column; or why it has no place."""
    key, title = str(case.get("id", "")), str(case.get("title", "")).strip()
    home = home_of(case)
    if home is None:
        return Refused(key, title, "De organisatie staat niet in de registers en de plaats wijst geen gemeente aan.")
    whole = case.get("text_kind") == POSTING or str(case.get("kind", "")).startswith(REQUEST)
    kind = _kind(case) if whole else Kind.QUESTION
    if kind is None:
        return Refused(key, title, "De soort is onbekend.")
    side = _side(kind, home)
    studies = [str(each).strip() for each in _listed(case.get("fields_of_study"))]
    work = str(case.get("work_field", ""))
    remarks = [str(case.get("particulars", "")).strip()]
    if studies and case.get("study_labels") == "inferred":
        remarks.append("De studierichting is een inschatting en stond niet in de bron.")
    if not whole:
        remarks.append("Dit is een beschrijving van elders en nog geen plek. Maak er een eigen vraag van.")
    return {
        "sleutel": key,
        "kant": "aanbod" if side is Side.OFFER else "vraag",
        "organisatie": home.code,
        "soort": columns.KINDS[kind][0],
        "status": columns.ONLINE if whole else columns.DRAFT,
        "titel": title,
        "tekst": str(case.get("text", "")).strip(),
        "namens": home.on_behalf_of,
        "werkvelden": "" if work == columns.NO_WORK_FIELD else work,
        "studierichtingen": "; ".join(dict.fromkeys(code for name in studies if (code := study_code(name)))),
        "studie_in_woorden": "; ".join(studies),
        "niveaus": "; ".join(str(level) for level in _listed(case.get("level"))),
        "plaats": _place(str(case.get("place", ""))),
        "bron": str(case.get("source_address", "")).strip(),
        "bijzonderheden": " ".join(remark for remark in remarks if remark),
    }


def home_of(case: Mapping[str, Any]) -> Home | None:
    """Who posts it. A public body that is no municipality posts through the desk of the town it works in."""
    name, place = str(case.get("organisation", "")), str(case.get("place", ""))
    if case.get("org_type") == SCHOOL:
        school = _school(name, str(case.get("source_address", "")))
        whole = school is not None and fold(name) in (fold(school.name), fold(school.short_name))
        return Home(school.key, municipal=False, on_behalf_of="" if whole else name) if school else None
    own = find_municipality(name)
    if own is not None:
        return Home(own.code, municipal=True)
    there = _named_municipality(name) or _municipality_at(place)
    return Home(there.code, municipal=True, on_behalf_of=name) if there else None


def _kind(case: Mapping[str, Any]) -> Kind | None:
    kind = KINDS.get(str(case.get("kind", "")))
    title = fold(str(case.get("title", "")))
    if kind is Kind.WORK and re.search(r"\bonderzoek", title):
        return Kind.RESEARCH
    if kind is Kind.WORK and re.search(r"\b(snuffel|meeloop|orientatie)", title):
        return Kind.ORIENTATION
    return Kind.QUESTION if case.get("kind") == "other" else kind


def _side(kind: Kind, home: Home) -> Side:
    """The side this poster has of this kind: who writes it down decides, not the word offer or request."""
    municipal = MUNICIPAL_SIDE[kind]
    if home.municipal:
        return municipal
    return Side.OFFER if municipal is Side.NEED else Side.NEED


def _school(name: str, address: str) -> Institution | None:
    for part in (name, *_parts(name)):
        if found := find_institution(part):
            return found
    words = f" {fold(name)} "
    inside = [each for each in institutions() if f" {fold(each.name)} " in words]
    if inside:
        return max(inside, key=lambda each: (len(each.name), each.key))
    host = urlsplit(address).hostname or ""
    return next(iter(institutions_with_domain(host)), None) if host else None


def _named_municipality(name: str) -> Municipality | None:
    """The municipality a longer name holds, the longest first; of two with one name the one whose province it holds."""
    words = f" {fold(name)} "
    found = [each for each in municipalities() if f" {_plain_name(each)} " in words]
    best = max(
        found,
        key=lambda each: (len(_plain_name(each)), fold(province(each.province_code).name) in words, each.code),
        default=None,
    )
    return best or next((each for part in _parts(name) if (each := find_municipality(part))), None)


def _plain_name(home: Municipality) -> str:
    return fold(_IN_BRACKETS.sub("", home.name))


def _parts(name: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,()]| en ", name) if part.strip()]


def _municipality_at(place: str) -> Municipality | None:
    found = find_place(place) if place else None
    return municipality(found.municipality_code) if found else find_municipality(place) if place else None


def _place(place: str) -> str:
    return place if locate(place) else ""


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value] if value else []
