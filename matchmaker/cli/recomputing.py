"""`match recompute`: compute stored proposals again from what they rest on, and say what comes out otherwise."""

import sys

import click
from flask import Flask
from sqlalchemy import ColumnElement, or_

from matchmaker.cli.matching import group
from matchmaker.errors import NotFound
from matchmaker.matches.bases import Recomputing, kept_proposals
from matchmaker.matches.models import Match
from matchmaker.matches.queries import listing_to_rank


def register(app: Flask) -> None:
    """The group is registered by `matching`; this file adds one command to it."""


@group.command("recompute")
@click.argument("reference", required=False)
@click.option("--all", "everything", is_flag=True, help="Every stored proposal.")
def recompute(reference: str | None, everything: bool) -> None:
    """Compute the proposals of a posting, or all of them, again. Ends with 1 when any number differs. Writes nothing.

    Proposals of before their basis was kept are counted apart: they get one when they are made anew.
    """
    if bool(reference) == everything:
        raise click.UsageError("Geef een kenmerk of --all.")
    same = different = without = 0
    recomputing = Recomputing()
    for match in kept_proposals(*(_of_posting(str(reference)) if reference else ())):
        if match.basis is None:
            without += 1
            continue
        found = recomputing.differences(match)
        same, different = same + (not found), different + bool(found)
        for each in found:
            click.echo(f"match {each.match_id}, {each.name}: bewaard {each.stored}, nu {each.computed}")
    click.echo(f"{same} gelijk, {different} anders, {without} zonder bewaarde grondslag.")
    sys.exit(1 if different else 0)


def _of_posting(reference: str) -> tuple[ColumnElement[bool]]:
    try:
        listing = listing_to_rank(reference)
    except NotFound:
        raise click.ClickException(f"Er is niets met kenmerk {reference}.") from None
    return (or_(Match.need_id == listing.id, Match.offer_id == listing.id),)
