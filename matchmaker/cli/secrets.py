"""`secrets renew`: after SECRET_KEY was replaced, move what can be moved, and say what still needs the one before."""

import sys
from collections.abc import Iterable

import click
from flask import Flask

from matchmaker.audit.actions import origin
from matchmaker.audit.verifying import Verdict
from matchmaker.cli.audit import tell_faults, verify_at_one_moment
from matchmaker.database import db, reading
from matchmaker.rekeying.actions import Slice, end_links_of_before, mark_chain, move_all
from matchmaker.rekeying.queries import Needing, still_needing

KINDS = {
    "code_apps": "apps with codes",
    "providers": "login providers",
    "links": "open links",
    "passkeys": "passkeys",
    "recovery_codes": "recovery codes",
    "ended_links": "open links",
}


def register(app: Flask) -> None:
    group = click.Group("secrets", help="The secret key and what was made with it.")

    @group.command("renew")
    @click.option("--end-links", is_flag=True, help="End every open link made with a former key: somebody may know it.")
    def renew(end_links: bool) -> None:
        """Put what was made with a key of SECRET_KEYS_BEFORE under SECRET_KEY, in slices. May be run again at any time.

        Ends with 1 when something can no longer be opened or the log is not whole.
        """
        with app.app_context():
            origin.set("command:secrets")
            lost = _tell("ended", end_links_of_before()) if end_links else 0
            lost += _tell("moved to the key of now", move_all())
            verdict = _sign_chain()
            with reading():
                needing = still_needing(verdict)
                db.session.rollback()
            _tell_what_remains(needing, verdict, app)
            sys.exit(1 if lost or verdict.wrong else 0)

    app.cli.add_command(group)


def _tell(what: str, slices: Iterable[Slice]) -> int:
    """Do each slice, and say how many of each kind; returns how many are lost."""
    done: dict[str, Slice] = {}
    for each in slices:
        db.session.commit()
        done[each.kind] = done.get(each.kind, Slice(each.kind)) + each
    for kind, total in done.items():
        click.echo(f"{KINDS[kind]}: {total.moved} of {total.looked} {what}")
        if total.lost:
            click.echo(f"{KINDS[kind]}: {total.lost} were made with a key that is not given here", err=True)
    return sum(each.lost for each in done.values())


def _sign_chain() -> Verdict:
    """Verify the whole log; when all of it is well, sign that with the key of now."""
    verdict = verify_at_one_moment()
    if verdict.wrong:
        click.echo("log: NOT whole, so nothing was signed:", err=True)
        tell_faults(verdict)
        return verdict
    signed = mark_chain(verdict)
    db.session.commit()
    click.echo(f"log: {verdict.links} links are whole{', and signed so with the key of now' if signed else ''}")
    return verdict


def _tell_what_remains(needing: Needing, verdict: Verdict, app: Flask) -> None:
    if needing.dead_codes:
        click.echo(f"{needing.dead_codes} recovery codes no longer work: their key is gone", err=True)
    if verdict.unchecked:
        click.echo(f"{verdict.unchecked} links of the log were made with a key that is gone; none is missing")
    settings = app.extensions["settings"]
    if not settings.secret_keys_before:
        click.echo("SECRET_KEYS_BEFORE names no former key.")
        return
    click.echo("Without the former keys:")
    click.echo(f"  {needing.codes} recovery codes of {needing.people} people no longer work; they make new ones")
    click.echo(f"  answers by mail to {needing.letters} letters of before no longer arrive")
    click.echo(
        f"  {needing.sessions} browsers sign in again (none is left {settings.session_hours} hours after the change)"
    )
    click.echo(f"  {needing.links} links of the log are only counted; what came after them stays proven")
