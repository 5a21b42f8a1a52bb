"""What runs by itself, and how often. Each (task, period) runs once, however many workers there are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from matchmaker.accounts.addresses import forget_changes
from matchmaker.accounts.attempts import forget_old_attempts
from matchmaker.accounts.devices import forget_devices
from matchmaker.agreements.drawing_up import TASK as MAKE_AGREEMENTS
from matchmaker.agreements.drawing_up import make_documents
from matchmaker.agreements.forgetting import forget_agreements
from matchmaker.agreements.scheduled import remind_signers, tell_offices, withdraw_overtaken
from matchmaker.applications.actions import (
    escalate_applications,
    fill_taken,
    forget_applications,
    remind_applications,
)
from matchmaker.applications.telling import tell_students
from matchmaker.appointments.scheduled import ask_confirmations
from matchmaker.assignments.watching import end_without_match, remind_assignments, report_late_assignments
from matchmaker.clock import local
from matchmaker.cohorts.actions import TASK as COHORT_ROUND
from matchmaker.cohorts.actions import forget_wishes
from matchmaker.cohorts.giving import run as run_cohort_round
from matchmaker.cohorts.opening import TASK as COHORT_PLACEMENTS
from matchmaker.cohorts.opening import open_placements
from matchmaker.committees.advising import remind_of_advice, report_late_advice
from matchmaker.committees.filling import fill_agreed_seats, lapse_invitations, remind_invited
from matchmaker.committees.import_export.job import TASK as IMPORT_COMMITTEES
from matchmaker.committees.import_export.job import run_import as run_committee_import
from matchmaker.committees.import_export.storing import forget_uploads
from matchmaker.committees.meetings import remind_of_meetings
from matchmaker.committees.retention import forget_minutes, forget_refused, throw_away_dossiers
from matchmaker.committees.terms import end_terms, warn_ending_terms
from matchmaker.database import db, empty_journal
from matchmaker.delivery import send_digests
from matchmaker.documents.agreement import render_agreement
from matchmaker.documents.committee_sealing import seal_and_forget
from matchmaker.documents.my_data import render_my_data
from matchmaker.factors.challenges import forget_spent
from matchmaker.federation.visits import forget_old_visits
from matchmaker.files.actions import forget_unused
from matchmaker.insights.searches import forget_old_searches
from matchmaker.jobs.models import Job
from matchmaker.joint.actions import end_what_went_offline
from matchmaker.limits.actions import forget_old_uses
from matchmaker.listings.analysis import renew_terms
from matchmaker.listings.changes import forget_old_changes
from matchmaker.listings.expiry import expire_due, warn_expiring
from matchmaker.listings.import_export.job import MATCHING, run_import, still_to_match
from matchmaker.listings.import_export.job import TASK as IMPORT_LISTINGS
from matchmaker.listings.saved import tell_what_is_new
from matchmaker.listings.search.text_index import index_outdated, renew_vocabulary
from matchmaker.listings.visitors import forget_unconfirmed
from matchmaker.matches.actions import escalate_late, lapse_closed, propose_for, remind_due
from matchmaker.matches.bases import forget_unused_snapshots
from matchmaker.matches.rounds import TASK as MATCH_ROUND
from matchmaker.matches.rounds import hold_round
from matchmaker.placements.forgetting import forget_placements
from matchmaker.placements.signalling import report_unanswered
from matchmaker.placements.watching import (
    ask_evaluations,
    forget_ages,
    remind_contacts,
    remind_placements,
    report_late,
)
from matchmaker.privacy.cleaning import clean
from matchmaker.privacy.erasing import TASK as ERASE_ACCOUNT
from matchmaker.privacy.erasing import erase_by_job
from matchmaker.privacy.exporting import TASK as EXPORT_MY_DATA
from matchmaker.privacy.exporting import forget_exports, make_export
from matchmaker.privacy.requests import remind_requests
from matchmaker.privacy.unused import erase_closed, erase_unused, warn_unused
from matchmaker.receiving import take_mail
from matchmaker.reference.holidays import is_working_day
from matchmaker.replies.actions import forget_old_mail
from matchmaker.reviews.actions import remind_reviews
from matchmaker.sessions.scheduled import ask_after
from matchmaker.students.actions import forget_birthdays
from matchmaker.submissions.actions import forget_old
from matchmaker.submissions.interrupted import forget_interrupted


@dataclass(frozen=True, slots=True)
class Periodic:
    """One periodic task. `minutes` counts within a day from `not_before` (Dutch time); 1440 means once a day."""

    name: str
    run: Callable[[datetime], object]
    minutes: int
    not_before: time = time(0, 0)
    working_days_only: bool = False

    def period(self, moment: datetime) -> str | None:
        """The name of the period a moment falls in; None when the task rests then."""
        clock = local(moment)
        if clock.time() < self.not_before or (self.working_days_only and not is_working_day(clock.date())):
            return None
        if self.minutes >= 1440:
            return clock.date().isoformat()
        return f"{moment:%Y-%m-%d}#{(moment.hour * 60 + moment.minute) // self.minutes}"


PERIODIC: tuple[Periodic, ...] = (
    Periodic("ask_confirmations", ask_confirmations, 60, time(8, 0)),
    Periodic("ask_after_sessions", ask_after, 60, time(8, 0)),
    Periodic("remind_due", remind_due, 15, time(8, 0), working_days_only=True),
    Periodic("escalate_late", escalate_late, 15, time(8, 0), working_days_only=True),
    Periodic("remind_assignments", remind_assignments, 15, time(8, 0), working_days_only=True),
    Periodic("report_late_assignments", report_late_assignments, 15, time(8, 0), working_days_only=True),
    Periodic("end_assignments_without_match", end_without_match, 60),
    Periodic("remind_placements", remind_placements, 15, time(8, 0), working_days_only=True),
    Periodic("report_late_placements", report_late, 15, time(8, 0), working_days_only=True),
    Periodic("report_unanswered_signals", report_unanswered, 15, time(8, 0), working_days_only=True),
    Periodic("remind_contacts", remind_contacts, 60, time(8, 0), working_days_only=True),
    Periodic("ask_evaluations", ask_evaluations, 1440, time(8, 0)),
    Periodic("tell_signing_offices", tell_offices, 15, time(8, 0), working_days_only=True),
    Periodic("remind_signers", remind_signers, 60, time(8, 0), working_days_only=True),
    Periodic("withdraw_overtaken", withdraw_overtaken, 5),
    Periodic("forget_agreements", forget_agreements, 1440, time(3, 40)),
    Periodic("forget_ages", forget_ages, 1440, time(3, 30)),
    Periodic("forget_placements", forget_placements, 1440, time(3, 35)),
    Periodic("remind_applications", remind_applications, 15, time(8, 0), working_days_only=True),
    Periodic("escalate_applications", escalate_applications, 15, time(8, 0), working_days_only=True),
    Periodic("fill_taken", fill_taken, 15),
    Periodic("forget_applications", forget_applications, 60),
    Periodic("forget_wishes", forget_wishes, 1440, time(3, 35)),
    Periodic("forget_birthdays", forget_birthdays, 1440, time(3, 30)),
    Periodic("tell_students", tell_students, 1440, time(7, 0)),
    Periodic("expire_listings", expire_due, 1440, time(0, 5)),
    Periodic("lapse_closed_proposals", lapse_closed, 60),
    Periodic("end_joint_offline", end_what_went_offline, 15),
    Periodic("warn_expiring_listings", warn_expiring, 1440, time(7, 0)),
    Periodic("fill_agreed_seats", fill_agreed_seats, 5),
    Periodic("lapse_seat_invitations", lapse_invitations, 1440, time(0, 10)),
    Periodic("end_terms", end_terms, 1440, time(0, 10)),
    Periodic("remind_invited_to_seats", remind_invited, 1440, time(8, 0), working_days_only=True),
    Periodic("remind_of_meetings", remind_of_meetings, 60, time(8, 0)),
    Periodic("remind_of_advice", remind_of_advice, 1440, time(8, 0)),
    Periodic("report_late_advice", report_late_advice, 1440, time(8, 0), working_days_only=True),
    Periodic("warn_ending_terms", warn_ending_terms, 1440, time(7, 0), working_days_only=True),
    Periodic("forget_refused_seats", forget_refused, 1440, time(3, 30)),
    Periodic("forget_committee_uploads", forget_uploads, 1440, time(3, 45)),
    Periodic("seal_and_forget_terms", seal_and_forget, 1440, time(3, 35)),
    Periodic("forget_minutes", forget_minutes, 1440, time(3, 40)),
    Periodic("throw_away_dossiers", throw_away_dossiers, 1440, time(3, 40)),
    Periodic("send_digests", send_digests, 1440, time(7, 30), working_days_only=True),
    Periodic("tell_what_is_new", tell_what_is_new, 1440, time(7, 0)),
    Periodic("forget_unconfirmed", forget_unconfirmed, 1440, time(3, 20)),
    Periodic("forget_attempts", lambda _moment: forget_old_attempts(), 1440, time(3, 0)),
    Periodic("forget_provider_visits", lambda _moment: forget_old_visits(), 1440, time(3, 0)),
    Periodic("remind_reviews", remind_reviews, 1440, time(8, 0), working_days_only=True),
    Periodic("forget_known_devices", lambda _moment: forget_devices(), 1440, time(3, 0)),
    Periodic("forget_address_changes", lambda _moment: forget_changes(), 1440, time(3, 0)),
    Periodic("forget_spent_challenges", lambda _moment: forget_spent(), 1440, time(3, 0)),
    Periodic("forget_door_uses", lambda _moment: forget_old_uses(), 1440, time(3, 5)),
    Periodic("forget_old_searches", lambda _moment: forget_old_searches(), 1440, time(3, 15)),
    Periodic("forget_listing_changes", forget_old_changes, 60),
    Periodic("take_mail", take_mail, 1),
    Periodic("forget_old_mail", forget_old_mail, 1440, time(3, 30)),
    Periodic("forget_unused_files", forget_unused, 1440, time(3, 35)),
    Periodic("renew_terms", renew_terms, 5),
    Periodic("forget_unused_snapshots", lambda _moment: forget_unused_snapshots(), 1440, time(3, 25)),
    Periodic("index_outdated", index_outdated, 5),
    Periodic("renew_vocabulary", renew_vocabulary, 60),
    Periodic("clean", clean, 1440, time(3, 50)),
    Periodic("warn_unused", warn_unused, 1440, time(8, 0), working_days_only=True),
    Periodic("erase_unused", erase_unused, 1440, time(3, 55)),
    Periodic("remind_data_requests", remind_requests, 1440, time(8, 0), working_days_only=True),
    Periodic("erase_closed", erase_closed, 1440, time(3, 57)),
    Periodic("forget_exports", forget_exports, 60),
    Periodic("forget_interrupted", lambda _moment: forget_interrupted(), 60),
    Periodic("forget_submissions", lambda _moment: forget_old(), 1440, time(3, 10)),
    Periodic("empty_journal", lambda _moment: _empty_journal(), 60),
)


def import_listings(job: Job) -> None:
    """Write the rows of a file, kept slice by slice, so that others can write in between and see how far it is."""
    for _ in run_import(job):
        db.session.commit()


def import_committees(job: Job) -> None:
    """Write the rows of a file of committees. Kept piece by piece, so that it goes on where a worker died."""
    for _ in run_committee_import(job):
        db.session.commit()


def match_imported(job: Job) -> None:
    """Look who fits each row of a file. Kept after each, so that others can write in between and see how far it is."""
    for listing in still_to_match(job):
        propose_for(listing)
        db.session.commit()


def hold_a_round(job: Job) -> None:
    """Propose for all open needs at once. Kept piece by piece, so that it goes on where a worker died."""
    for _ in hold_round(job):
        db.session.commit()


def make_agreements(job: Job) -> None:
    """Make the files of agreements. Kept one by one, so that it goes on where a worker died."""
    for _ in make_documents(job, render_agreement):
        db.session.commit()


def open_round_placements(job: Job) -> None:
    """Open the placements of a round. Kept piece by piece, so that it goes on where a worker died."""
    for _ in open_placements(job):
        db.session.commit()


def _empty_journal() -> None:
    """What was cleaned at night goes from the journal too, and what a reader kept there when it was erased."""
    db.session.commit()
    empty_journal()


HANDLERS: dict[str, Callable[[Job], None]] = {
    IMPORT_LISTINGS: import_listings,
    IMPORT_COMMITTEES: import_committees,
    MATCHING: match_imported,
    MATCH_ROUND: hold_a_round,
    MAKE_AGREEMENTS: make_agreements,
    COHORT_ROUND: run_cohort_round,
    COHORT_PLACEMENTS: open_round_placements,
    ERASE_ACCOUNT: erase_by_job,
    EXPORT_MY_DATA: lambda job: make_export(job, render_my_data),
}
"""Job task name to the function that does the work."""
