"""A round: one proposal for every open need, chosen for all of them at once.

The work is a job in pieces, each kept in one transaction with how far it is. Ranking writes nothing and starts over
after a crash; the outcome is kept as a plan, and from then on the proposals go on where they stopped.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.database import db, reading
from matchmaker.engine.rounds.best_total import best_total
from matchmaker.engine.rounds.stable import stable
from matchmaker.errors import InvalidValue, NotFound
from matchmaker.files.actions import keep, read
from matchmaker.files.models import StoredFile
from matchmaker.jobs.actions import advance, enqueue, finish_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.models import Listing
from matchmaker.matches.round_market import Market, add_wishes, needs_for_a_round, slices
from matchmaker.matches.round_proposals import propose_pairs

TASK = "match_round"
METHODS = ("best-total", "stable")
PIECE = 50
"""Needs per transaction, unless a round says otherwise."""

Certificate = dict[str, Any]


def begin_round(*, method: str, seed: str = "", piece: int = PIECE, by: Account | None) -> Job:
    """Queue a round. Without a seed one is drawn for the lottery of a stable round.

    Raises InvalidValue for an unknown method, and while another round is not finished.
    """
    if method not in METHODS:
        raise InvalidValue("method", "unknown_code")
    if unfinished_round() is not None:
        raise InvalidValue("method", "round_running")
    seed = (seed.strip() or secrets.token_hex(8)) if method == "stable" else ""
    job = enqueue(TASK, by=by, method=method, seed=seed, piece=piece)
    record("match.round_begun", about=job, by=by, method=method, seed=seed)
    return job


def unfinished_round() -> Job | None:
    """The round that waits or runs."""
    return db.session.scalar(
        select(Job).where(Job.task == TASK, Job.state.in_([JobState.WAITING, JobState.RUNNING])).order_by(Job.id)
    )


def rounds_held(*, limit: int) -> Sequence[Job]:
    """The last rounds, newest first."""
    return db.session.scalars(select(Job).where(Job.task == TASK).order_by(Job.id.desc()).limit(limit)).all()


def round_by_id(job_id: int) -> Job:
    """One round; raises NotFound."""
    found = db.session.get(Job, job_id)
    if found is None or found.task != TASK:
        raise NotFound("round")
    return found


def hold_round(job: Job) -> Iterator[Job]:
    """Do a round, or go on with one: yields after each piece, which the caller then commits.

    What the caller wants to know of the job it reads before it commits: reading after that opens a transaction that may
    write, and the work would go on in it. Raises InvalidMove when another process went on with
    the same round.
    """
    if "plan" not in job.result:
        yield from _plan(job)
    done, plan = job.done, job.result["plan"]
    ranked, total = job.total - len(plan), job.total
    proposed = job.result["proposed"]
    while done < total:
        piece = plan[done - ranked : done - ranked + job.values["piece"]]
        advance(job, since=done, done=done + len(piece))
        done += len(piece)
        proposed += propose_pairs([(need, offer) for need, offer in piece], round_id=job.id)
        job.result = {**job.result, "proposed": proposed}
        db.session.flush()
        yield job
    _finish(job, proposed)
    yield job


def solve(market: Market, *, method: str, seed: str) -> tuple[dict[str, str], Certificate]:
    """The offer of each need by reference, and the certificate."""
    if method == "stable":
        lists = {
            need: sorted(wishes, key=lambda offer: (-wishes[offer], offer)) for need, wishes in market.wishes.items()
        }
        fair = stable(lists, market.supply(), seed=seed)
        return fair.assigned, fair.certificate
    best = best_total(market.wishes, market.supply())
    return best.assigned, best.certificate


def certificate_of(job: Job) -> bytes:
    """The certificate of a round as JSON; raises NotFound as long as its outcome is not known."""
    stored = db.session.get(StoredFile, job.result.get("certificate", 0))
    if stored is None:
        raise NotFound("file")
    return read(stored)


def as_json(certificate: Certificate) -> bytes:
    return json.dumps(certificate, ensure_ascii=False, indent=1).encode()


def _plan(job: Job) -> Iterator[Job]:
    """Rank and solve; leaves the plan, pairs of row numbers in the order of the needs, in the result of the job.

    Ranking and solving take long and only read: they do so in transactions of their own that keep nobody from writing.
    """
    needs = needs_for_a_round()
    advance(job, since=job.done, done=0)
    job.total, done, market = len(needs), 0, Market()
    method, seed, size = job.values["method"], job.values["seed"], job.values["piece"]
    yield job
    for piece in slices(needs, size):
        with reading():
            add_wishes(market, piece)
        yield job
        advance(job, since=done, done=done + len(piece))
        done += len(piece)
        yield job
    with reading():
        assigned, certificate = solve(market, method=method, seed=seed)
    yield job
    stored = keep(
        as_json(certificate),
        name=f"ronde-{job.id}.json", media_type="application/json", organisation_id=None, by=None,
    )  # fmt: skip
    numbers = _numbers([*assigned, *assigned.values()])
    plan = [[numbers[need], numbers[offer]] for need, offer in sorted(assigned.items())]
    job.total = done + len(plan)
    job.result = {"plan": plan, "needs": len(market.wishes), "proposed": 0, "certificate": stored.id}
    advance(job, since=done, done=done)
    yield job


def _finish(job: Job, proposed: int) -> None:
    how = {"method": job.values["method"], "seed": job.values["seed"]}
    record("match.round", about=job, by=None, **how, needs=job.result["needs"], proposals=proposed)
    finish_job(job, **job.result)
    db.session.flush()


def _numbers(references: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for first in range(0, len(references), 500):
        piece = references[first : first + 500]
        rows = db.session.execute(select(Listing.reference, Listing.id).where(Listing.reference.in_(piece)))
        found.update(rows.all())
    return found
