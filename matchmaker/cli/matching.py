"""`match rank`: the counterparts of one posting with every reason, to read or to feed to another program."""

import json
from typing import Any

import click
from flask import Flask, g
from flask.cli import AppGroup

from matchmaker.engine.ranking import Candidate
from matchmaker.errors import NotFound
from matchmaker.listings.models import Listing
from matchmaker.matches.proposing import rank_listing
from matchmaker.matches.queries import listing_to_rank
from matchmaker.vocabulary import Kind, Party, Side
from matchmaker.words.field_names import field_names
from matchmaker.words.reasons import hint_sentence, sentence, whole_score

group = AppGroup("match", help="Rank postings against each other.")


def register(app: Flask) -> None:
    app.cli.add_command(group)


@group.command("rank")
@click.option("--need", "reference", help="Reference of a need: its offers are ranked.")
@click.option("--offer", "offer_reference", help="Reference of an offer: its needs are ranked.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def rank(reference: str | None, offer_reference: str | None, top: int, as_json: bool) -> None:
    """Print the best counterparts of a posting, with the reasons in Dutch. Writes nothing."""
    g.language = "nl"
    listing = _listing(reference, offer_reference)
    if not listing.is_published:
        click.echo(f"{listing.reference} staat niet online.", err=True)
    candidates, _ = rank_listing(listing, top=top)
    for candidate in candidates:
        row = as_row(candidate, kind=listing.kind)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    if not candidates and not as_json:
        click.echo("Geen passend aanbod." if listing.side is Side.NEED else "Geen passende vraag.")


def as_row(candidate: Candidate, *, kind: Kind) -> dict[str, Any]:
    """A candidate as plain JSON: reasons for the reader at the school, the hint as code, values, score and sentence."""
    names = field_names()
    hint = candidate.hint_for_school
    return {
        "need": candidate.need,
        "offer": candidate.offer,
        "rank": candidate.rank,
        "score": candidate.score,
        "reasons": [
            {
                "criterion": reason.criterion.value,
                "score": reason.score,
                "weight": reason.weight,
                "reason": sentence(reason.code, reason.values, party=Party.SCHOOL, kind=kind, names=names),
            }
            for reason in candidate.reasons
        ],
        "hint": {**hint.as_json(), "text": hint_sentence(hint, kind=kind, names=names)} if hint else None,
    }


def _listing(need: str | None, offer: str | None) -> Listing:
    if bool(need) == bool(offer):
        raise click.UsageError("Geef --need of --offer.")
    side = Side.NEED if need else Side.OFFER
    try:
        listing = listing_to_rank(str(need or offer))
    except NotFound:
        listing = None
    if listing is None or listing.side is not side:
        raise click.ClickException(f"Er is geen {'vraag' if need else 'aanbod'} met kenmerk {need or offer}.")
    return listing


def _line(row: dict[str, Any]) -> str:
    reasons = " ".join(str(reason["reason"]) for reason in row["reasons"])
    return f"{row['rank']:>3}  {whole_score(row['score']):>3}  {row['need']} - {row['offer']}  {reasons}"
