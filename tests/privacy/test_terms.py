"""What is over goes: every table has an answer to when its rows go, and what only gathers is cleaned by its term."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import insert, select

from matchmaker.accounts.models import SignInSession
from matchmaker.accounts.sessions import open_half_session
from matchmaker.clock import now, today
from matchmaker.database import Base, db
from matchmaker.factors.models import CodeApp
from matchmaker.holds.actions import lay_hold
from matchmaker.holds.models import Hold
from matchmaker.jobs.models import Job, JobState, PeriodicRun
from matchmaker.organisations.models import Leave
from matchmaker.privacy.cleaning import clean
from matchmaker.reviews.models import Decision, ReviewedRole, RightsReview
from matchmaker.scheduled import PERIODIC
from matchmaker.tokens.models import AccessToken, Scope
from matchmaker.vocabulary import Role
from tests.factories import people

BY_TASK = {
    "clean": """access_tokens audit_anchors audit_events audit_seals code_apps consents data_requests jobs leaves
        legal_holds letters links listing_reports periodic_runs reviewed_roles rights_reviews sign_in_sessions
        visitor_requests""",
    "forget_attempts": "sign_in_attempts",
    "forget_provider_visits": "provider_visits",
    "forget_known_devices": "known_devices",
    "forget_address_changes": "address_changes",
    "forget_spent_challenges": "spent_challenges",
    "forget_door_uses": "door_uses",
    "forget_old_searches": "search_signals",
    "forget_listing_changes": "listing_changes",
    "forget_old_mail": "received_mails",
    "forget_exports": "data_exports",
    "forget_interrupted": "interrupted_forms",
    "forget_submissions": "submissions",
    "forget_unused_files": "files",
    "forget_unused_snapshots": "profile_snapshots proposal_bases",
    "renew_vocabulary": "search_words",
    "forget_wishes": "cohort_wishes",
    "forget_applications": "applications application_events application_files",
    "seal_and_forget_terms": "committee_terms",
    "forget_minutes": "committee_meetings",
    "throw_away_dossiers": "committee_dossiers",
    "forget_agreements": "agreements agreement_events signatories",
    "forget_placements": """placements placement_people placement_events placement_contacts placement_notes
        placement_days placement_signals placement_products checklist_items evaluations evaluation_replies follow_ons
        learning_goals""",
    "erase_unused": "accounts unused_warnings",
}
"""The task that makes rows go, or empties what they hold of people."""
WITH = {
    "accounts": """identities mail_preferences memberships passkeys recovery_codes saved_listings
        saved_searches student_profiles""",
    "listings": "listing_tags listing_words finished_works joint_assignments joint_partners",
    "matches": """appointments assignment_events assignment_files assignment_groups assignments attachments attendees
        match_events messages milestones session_events session_materials session_series session_views sessions
        slot_proposals thread_reads threads""",
    "cohort_rounds": "cohort_places cohort_programmes cohort_students",
    "committees": "committee_advices committee_events committee_invitees committee_seats",
    "organisations": """agreement_templates desks email_domains faculties identity_providers programme_rules programmes
        recognitions review_reminders standard_checks teams""",
}  # fmt: skip
"""What goes, or is emptied by the nightly cleaning, with the thing it belongs to."""
STAYS = """audit_head catalogue_versions cleanings cohort_rounds committees competence_indicators competences
    crosswalk_dismissals listing_change_counter listings matches organisations"""
"""What the service is about, and registers and counts that hold nothing of a person by themselves."""

LONG_AGO = timedelta(days=400)


def test_every_table_has_an_answer_to_when_its_rows_go(app: Flask) -> None:
    placed = [name for names in (*BY_TASK.values(), *WITH.values(), STAYS) for name in names.split()]
    assert sorted(placed) == sorted(Base.metadata.tables), "say here when rows of a new table go"
    assert set(BY_TASK) <= {each.name for each in PERIODIC}


def test_a_session_that_ended_or_stayed_half_open_goes(app: Flask) -> None:
    person = people.account()
    open_half_session(person, device="Firefox")
    clean(now())
    assert db.session.query(SignInSession).count() == 1
    assert clean(now() + timedelta(minutes=11)).numbers["sessions"] == 1
    assert db.session.query(SignInSession).count() == 0


def test_turns_of_tasks_go_after_three_days_and_work_that_is_done_after_a_month(app: Flask) -> None:
    moment = now()
    for number, days in enumerate((0, 2, 4)):
        db.session.add(PeriodicRun(task="clean", period=str(number), at=moment - timedelta(days=days)))
    for state, days in ((JobState.DONE, 29), (JobState.DONE, 31), (JobState.FAILED, 31), (JobState.FAILED, 366)):
        db.session.add(Job(task="export", state=state, finished_at=moment - timedelta(days=days)))
    db.session.add(Job(task="export", created_at=moment - LONG_AGO))
    db.session.flush()
    numbers = clean(moment).numbers
    assert (numbers["runs"], numbers["jobs"]) == (1, 2)
    states = db.session.scalars(select(Job.state).order_by(Job.id)).all()
    assert states == [JobState.DONE, JobState.FAILED, JobState.WAITING]


def test_an_app_that_was_never_confirmed_goes_and_one_in_use_stays(app: Flask) -> None:
    moment = now()
    for person, confirmed in ((people.account(), None), (people.account(), moment - LONG_AGO)):
        db.session.add(CodeApp(account_id=person.id, sealed_secret="x", created_at=moment - LONG_AGO,
                               confirmed_at=confirmed))  # fmt: skip
    db.session.flush()
    assert clean(moment).numbers["factors"] == 1
    assert [each.confirmed_at for each in db.session.query(CodeApp)] == [moment - LONG_AGO]


def token(membership: object, name: str, expires_at: datetime, revoked_at: datetime | None = None) -> AccessToken:
    made = AccessToken(account_id=membership.account_id, membership_id=membership.id, name=name,  # type: ignore[attr-defined]
                       scope=Scope.CALENDAR, token_hash=name, expires_at=expires_at, revoked_at=revoked_at)  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def test_a_token_goes_a_month_after_it_ended(app: Flask) -> None:
    moment, month = now(), timedelta(days=31)
    person = people.member(Role.LECTURER, people.institution())
    held = people.member(Role.LECTURER, people.institution())
    mine, theirs = person.memberships[0], held.memberships[0]  # type: ignore[attr-defined]
    token(mine, "works", moment + month)
    token(mine, "ended lately", moment - timedelta(days=1))
    token(mine, "ended", moment - month)
    token(mine, "revoked", moment + month, moment - month)
    token(theirs, "held", moment - month)
    lay_hold(person=held, reason="Klacht.", ends_on=today(), by=people.account())
    assert clean(moment).numbers["tokens"] == 2
    assert {each.name for each in db.session.query(AccessToken)} == {"works", "ended lately", "held"}


def test_leave_and_holds_go_a_year_after_their_last_day(app: Flask) -> None:
    school, person = people.institution(), people.account()
    for days in (10, 400):
        day = today() - timedelta(days=days)
        db.session.add(Leave(account_id=person.id, organisation_id=school.id, first_day=day, last_day=day))
        db.session.execute(insert(Hold).values(account_id=person.id, reason="Klacht.", ends_on=day))
    db.session.flush()
    numbers = clean(now()).numbers
    assert (numbers["leaves"], numbers["holds"]) == (1, 1)
    assert db.session.query(Leave).count() == db.session.query(Hold).count() == 1


def test_of_an_old_review_stays_that_there_was_one_until_there_is_a_newer(app: Flask) -> None:
    moment, school, person = now(), people.institution(), people.account()

    def review(days: int) -> RightsReview:
        at = moment - timedelta(days=days)
        line = ReviewedRole(account_id=person.id, role=Role.LECTURER, since=at, decision=Decision.KEEP)
        made = RightsReview(organisation_id=school.id, signed_by_id=person.id, signed_at=at, lines=[line])
        db.session.add(made)
        db.session.flush()
        return made

    oldest, old = review(800).id, review(400).id
    clean(moment)
    db.session.expire_all()
    found = db.session.query(RightsReview).all()
    assert [(each.id, each.signed_by_id, each.lines) for each in found] == [(old, None, [])] and oldest != old
    recent = review(10).id
    clean(moment)
    assert [(each.id, len(each.lines)) for each in db.session.query(RightsReview)] == [(recent, 1)]
