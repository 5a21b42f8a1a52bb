"""What a student fills in, what a programme asks, and what is forgotten in time."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.clock import local, now, today
from matchmaker.database import db
from matchmaker.errors import InvalidValue
from matchmaker.organisations.models import Organisation, Programme
from matchmaker.reference import find_municipality, find_place
from matchmaker.students.models import ProgrammeRules, StudentProfile, TimeKept
from matchmaker.students.queries import profile_of
from matchmaker.vocabulary import Level

OLDEST_MINOR_MONTHS = 24
"""Who is 16 turns 18 within two years."""

LONGEST_NEEDS = 1000
MOST_HOURS = 40
MOST_KM = 200


def begin(
    account: Account,
    institution: Organisation,
    *,
    sixteen: bool,
    adult_from: date | None,
    programme: Programme | None,
    level: Level | None,
) -> StudentProfile:
    """Say to be 16 or older, and which programme at which level one follows. Doing it again changes the answers.

    `adult_from` is the month someone under 18 turns 18; empty for who is 18. Raises InvalidValue at `age`,
    `adult_from`, `programme` or `level`.
    """
    if not sixteen:
        raise InvalidValue("age", "too_young")
    month = adult_from.replace(day=1) if adult_from else None
    if month is not None and not 0 <= _months_from_now(month) <= OLDEST_MINOR_MONTHS:
        raise InvalidValue("adult_from", "not_when_18")
    if programme is None or programme.faculty.organisation_id != institution.id:
        raise InvalidValue("programme", "required")
    if level is None or (programme.levels and level.value not in programme.levels):
        raise InvalidValue("level", "not_of_programme")
    profile = profile_of(account) or _new_profile(account, institution)
    profile.institution, profile.programme, profile.level = institution, programme, level
    profile.adult_from, profile.stated_at = month, profile.stated_at or now()
    db.session.flush()
    record("student.began", about=profile, by=account, organisation=institution)
    return profile


def expect(account: Account, programme: Programme, *, by: Account) -> StudentProfile:
    """Someone was invited into a programme: what is left to say, the student says."""
    profile = profile_of(account)
    if profile is None:
        profile = _new_profile(account, programme.faculty.organisation)
        profile.programme = programme
        db.session.flush()
        record("student.expected", about=profile, by=by, organisation=profile.institution)
    return profile


def change_wishes(profile: StudentProfile, values: Mapping[str, Any], *, by: Account) -> StudentProfile:
    """Fields of work, period, place with distance, hours, and needs at the workplace. Raises InvalidValue."""
    starts_on, ends_on = values["starts_on"], values["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidValue("ends_on", "reversed")
    if ends_on and ends_on < today():
        raise InvalidValue("ends_on", "past")
    least, most = values["hours_min"], values["hours_max"]
    if least is not None and most is not None and most < least:
        raise InvalidValue("hours_max", "range_reversed")
    place = (values["place"] or "").strip()
    found = (find_place(place) or find_municipality(place)) if place else None
    if place and found is None:
        raise InvalidValue("place", "unknown_place")
    if values["max_distance_km"] is not None and found is None:
        raise InvalidValue("place", "place_for_distance")
    profile.work_fields = list(values["work_fields"])
    profile.starts_on, profile.ends_on, profile.hours_min, profile.hours_max = starts_on, ends_on, least, most
    profile.place, profile.max_distance_km = place, values["max_distance_km"]
    profile.latitude, profile.longitude = (found.lat, found.lon) if found else (None, None)
    profile.workplace_needs = (values["workplace_needs"] or "").strip()[:LONGEST_NEEDS]
    db.session.flush()
    record("student.wishes_changed", about=profile, by=by, organisation=profile.institution)
    return profile


def set_alert(profile: StudentProfile, *, on: bool, by: Account) -> None:
    """A letter about new fitting offers, or none. What came online before now is not told."""
    profile.alert, profile.told_until = on, now()
    db.session.flush()
    record("student.alert_set", about=profile, by=by, organisation=profile.institution, alert=on)


def change_rules(
    programme: Programme,
    *,
    no_cv: bool,
    no_talk: bool,
    school_approves: bool,
    blind_until_talk: bool,
    time_kept: TimeKept | None,
    by: Account,
) -> ProgrammeRules:
    """What a programme asks from now on; an application keeps the rules of the day it was made."""
    rules = db.session.get(ProgrammeRules, programme.id)
    if rules is None:
        rules = ProgrammeRules(programme=programme)
        db.session.add(rules)
    rules.no_cv, rules.no_talk, rules.school_approves = no_cv, no_talk, school_approves
    rules.blind_until_talk, rules.time_kept = blind_until_talk, time_kept
    db.session.flush()
    record("programme.rules_changed", about=programme, by=by, organisation=programme.faculty.organisation)
    return rules


def forget_birthdays(moment: datetime) -> int:
    """Forget the month of turning 18 of whoever is 18 by now; returns of how many."""
    this_month = local(moment).date().replace(day=1)
    done = db.session.execute(
        update(StudentProfile)
        .where(StudentProfile.adult_from < this_month)
        .values(adult_from=None, version=StudentProfile.version + 1)
        .execution_options(synchronize_session=False)
    )
    return done.rowcount


def _new_profile(account: Account, institution: Organisation) -> StudentProfile:
    profile = StudentProfile(account=account, institution=institution, work_fields=[])
    db.session.add(profile)
    return profile


def _months_from_now(month: date) -> int:
    here = today()
    return (month.year - here.year) * 12 + month.month - here.month
