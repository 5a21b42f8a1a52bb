"""`match round`: one proposal for every open need, chosen for all of them at once."""

from pathlib import Path

import click
from flask import Flask

from matchmaker.audit.actions import origin
from matchmaker.cli.matching import group
from matchmaker.database import db, reading
from matchmaker.errors import InvalidMove
from matchmaker.jobs.actions import runs_elsewhere, take_job
from matchmaker.jobs.models import Job
from matchmaker.matches.round_market import Market, add_wishes, needs_for_a_round, slices
from matchmaker.matches.rounds import (
    METHODS,
    PIECE,
    as_json,
    begin_round,
    certificate_of,
    hold_round,
    solve,
    unfinished_round,
)


def register(_app: Flask) -> None:
    group.add_command(hold)


@click.command("round")
@click.option("--method", default="best-total", show_default=True, type=click.Choice(METHODS), help="How to divide.")
@click.option("--seed", default="", help="Seed of the lottery of a stable round; drawn when left out.")
@click.option("--dry-run", is_flag=True, help="Divide and count; writes nothing to the database.")
@click.option(
    "--certificate", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the certificate here."
)
@click.option("--piece", default=PIECE, show_default=True, type=click.IntRange(1, 1000), help="Needs per transaction.")
def hold(method: str, seed: str, dry_run: bool, file: Path | None, piece: int) -> None:
    """Propose one offer to every open need, all at once; run again it goes on with a round that was cut off."""
    if dry_run:
        with reading():
            _try_out(method, seed, file)
            db.session.rollback()
        return
    origin.set("command:round")
    job = _job(method, seed, piece)
    try:
        _do(job)
    except InvalidMove as taken:
        raise click.ClickException("Een ander programma ging verder met deze ronde. Dit programma stopt.") from taken
    if file is not None:
        file.write_bytes(certificate_of(job))
    counts = job.result
    click.echo(f"Ronde {job.id}: {counts['proposed']} voorstellen voor {counts['needs']} vragen. {_how(job.values)}")


def _do(job: Job) -> None:
    told = None
    for each in hold_round(job):
        now = (each.done, each.total)
        db.session.commit()
        if now != told:
            _progress(*now)
        told = now


def _job(method: str, seed: str, piece: int) -> Job:
    job = unfinished_round()
    if job is None:
        job = begin_round(method=method, seed=seed, piece=piece, by=None)
    elif runs_elsewhere(job):
        raise click.ClickException(f"Een ander programma is nu bezig met ronde {job.id}. Wacht tot die klaar is.")
    else:
        click.echo(f"Ronde {job.id} was nog niet klaar en gaat nu verder. {_how(job.values)}", err=True)
    take_job(job)
    db.session.commit()
    return job


def _try_out(method: str, seed: str, file: Path | None) -> None:
    if method == "stable" and not seed:
        raise click.UsageError("Geef --seed: zonder vaste loting zegt een proef niets over de ronde.")
    needs, market, done = needs_for_a_round(), Market(), 0
    for piece in slices(needs, PIECE):
        add_wishes(market, piece)
        done += len(piece)
        _progress(done, len(needs))
    assigned, certificate = solve(market, method=method, seed=seed)
    if file is not None:
        file.write_bytes(as_json(certificate))
    click.echo(f"Proef: {len(assigned)} voorstellen voor {len(market.wishes)} vragen. Er is niets bewaard.")


def _progress(done: int, total: int) -> None:
    click.echo(f"{done} van {total}", err=True)


def _how(values: dict[str, str]) -> str:
    lot = f", loting {values['seed']}" if values["method"] == "stable" else ""
    return f"Manier: {values['method']}{lot}."
