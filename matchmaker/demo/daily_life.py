"""What surrounds the matches: leave, letters wanted, searches kept, postings reported, people at the door."""

from functools import partial

from sqlalchemy import select

from matchmaker.accounts.actions import change_profile, choose_mail, make_feed_link
from matchmaker.accounts.models import Account
from matchmaker.accounts.passwords import hash_password
from matchmaker.database import db
from matchmaker.demo.accounts import DEMO_PASSWORD
from matchmaker.demo.content import Row
from matchmaker.demo.timeline import Timeline
from matchmaker.demo.world import World
from matchmaker.jobs.actions import claim_job, finish_job
from matchmaker.links.actions import use_link
from matchmaker.links.models import Link, Purpose
from matchmaker.listings.actions import decide_report, report
from matchmaker.listings.import_export.export import to_csv
from matchmaker.listings.import_export.job import keep_upload, queue_import, run_import
from matchmaker.listings.models import ListingReport
from matchmaker.listings.saved import save_listing, save_search
from matchmaker.listings.visitors import ask_without_account
from matchmaker.mail.models import Frequency, Topic
from matchmaker.matches.asking import bring_to_desk
from matchmaker.organisations.joining import finish_sign_up, invite, start_sign_up
from matchmaker.organisations.leave import register_leave
from matchmaker.vocabulary import Kind, Role, Side

STRONG_PASSWORD = "vier lampen onder water"  # noqa: S105  # nosec B105  # of nobody, replaced at once
"""What the front door takes; the password of the demo is too easy for it."""
CHOSEN_DAYS_AGO = 26


def plan_daily_life(world: World, timeline: Timeline, rows: Row) -> None:
    """Put it all on the timeline."""
    chosen = world.calendar.working(CHOSEN_DAYS_AGO, "profile")
    for key, language in rows["languages"].items():
        timeline.add(chosen, partial(_speak, world.account(key), language))
    for row in rows["mail"]:
        timeline.add(chosen, partial(_choose_mail, world.account(row["person"]), row["topics"]))
    for key in rows["feeds"]:
        timeline.add(chosen, partial(make_feed_link, world.account(key)))
    for row in rows["leaves"]:
        timeline.add(chosen, partial(_enter_leave, world, row))
    for name, act in ACTS.items():
        for row in rows[name]:
            moment = world.calendar.working(row["days_ago"], f"{name}/{row.get('person') or row.get('email')}")
            timeline.add(moment, partial(act, world, row))
    for row in rows["reports"]:
        _plan_report(world, timeline, row)


def _speak(account: Account, language: str) -> None:
    change_profile(
        account,
        display_name=account.display_name,
        language=language,
        colour_mode=account.colour_mode,
        one_key_actions=account.one_key_actions,
    )


def _choose_mail(account: Account, topics: dict[str, str]) -> None:
    choose_mail(account, {Topic(topic): Frequency(often) for topic, often in topics.items()})


def _enter_leave(world: World, row: Row) -> None:
    person = world.account(row["person"])
    register_leave(
        person,
        world.organisations[row["organisation"]],
        first_day=world.calendar.day(row["first_in_days"]),
        last_day=world.calendar.day(row["last_in_days"]),
        cover=world.account(row["cover"]),
        by=person,
    )


def _save_search(world: World, row: Row) -> None:
    save_search(world.account(row["person"]), name=row["name"], query=row["query"], alert=row["alert"])


def _import(world: World, row: Row) -> None:
    """Someone reads in a file; the worker writes its rows, and looks who fits them once the demo runs."""
    organisation, by = world.organisations[row["organisation"]], world.account(row["person"])
    listings = [{**each, "start": _first_of_month(world, int(each["start"]))} for each in row["listings"]]
    names = list(listings[0])
    content = to_csv([names, *([each[name] for name in names] for each in listings)])
    stored = keep_upload(content, name=row["name"], organisation=organisation, by=by)
    queue_import(stored, side=Side.OFFER, organisation=organisation, rows=len(listings), by=by)
    job = claim_job()
    assert job is not None
    for _ in run_import(job):
        pass
    finish_job(job, **job.result)
    assert job.result["made"] == len(listings), job.result


def _first_of_month(world: World, months_ahead: int) -> str:
    """The first day of a month to come, as people write it."""
    day = world.calendar.day(31 * months_ahead)
    return f"01-{day:%m-%Y}"


def _keep(world: World, row: Row) -> None:
    save_listing(world.account(row["person"]), world.listings[row["listing"]])


def _visit(world: World, row: Row) -> None:
    """Someone without an account asks a desk; most open the letter and confirm."""
    made = ask_without_account(
        world.organisations[row["municipality"]],
        name=row["name"],
        email=row["email"],
        organisation_name=row["organisation_name"],
        kind=Kind(row["kind"]),
        title=row["title"],
        text=row["text"],
    )
    if row["confirmed"]:
        use_link(_link(Purpose.CONFIRM_REQUEST, made.id))
        bring_to_desk(made)


def _sign_up(world: World, row: Row) -> None:
    """Someone signs up with a work address and confirms it; an administrator still has to decide."""
    start_sign_up(row["email"], name=row["name"], language="nl")
    membership = finish_sign_up(
        _link(Purpose.SIGN_UP, 0),
        organisation=world.organisations[row["organisation"]] if "organisation" in row else None,
        typed=row.get("typed", ""),
        role=Role(row["role"]),
        name=row["name"],
        password=STRONG_PASSWORD,
    )
    membership.account.password_hash = hash_password(DEMO_PASSWORD)


def _invite(world: World, row: Row) -> None:
    invite(
        row["email"],
        name=row["name"],
        role=Role(row["role"]),
        organisation=world.organisations[row["organisation"]],
        by=world.members[row["by"]],
        team=world.teams.get((row["organisation"], row.get("team", ""))),
        job_title=row["job_title"],
    )


def _link(purpose: Purpose, subject_id: int) -> Link:
    """The newest link of this purpose: the one in the letter that was just written."""
    newest = (
        select(Link).where(Link.purpose == purpose, Link.subject_id == subject_id).order_by(Link.id.desc()).limit(1)
    )
    return db.session.scalars(newest).one()


def _plan_report(world: World, timeline: Timeline, row: Row) -> None:
    """Someone reports a posting; the desk has decided, or still has to."""
    calendar, key = world.calendar, f"reports/{row['listing']}"
    timeline.add(calendar.working(row["days_ago"], key), partial(_report, world, row))
    if "decision" in row:
        timeline.add(calendar.working(row["decided_days_ago"], key), partial(_decide, world, row))


def _report(world: World, row: Row) -> None:
    by = world.account(row["by"])
    report(world.listings[row["listing"]], reason=row["reason"], text=row["text"], by=by)


def _decide(world: World, row: Row) -> None:
    listing = world.listings[row["listing"]]
    made = db.session.scalars(select(ListingReport).where(ListingReport.listing_id == listing.id)).one()
    by = world.account(row["decided_by"])
    decide_report(made, decision=row["decision"], reason=row["decision_reason"], by=by)


ACTS = {
    "searches": _save_search,
    "imports": _import,
    "kept": _keep,
    "visitors": _visit,
    "sign_ups": _sign_up,
    "invitations": _invite,
}
