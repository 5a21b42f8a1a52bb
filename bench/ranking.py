"""Figures 1, 2 and 3: ranking beside its peers, on the seeded national database: `python -m bench.ranking --help`.

Ours is the product's own index, filled from the database, with the weights, crosswalk and desk loads in force. "Times
slower" and "times faster" are of the same turn: the median of all turns, and the worst.
"""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import select

from bench import ranking_peers as peers
from bench.measure import card, in_turn, milliseconds, ratios, timed, write
from bench.national import national_app
from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.clock import today
from matchmaker.database import db
from matchmaker.engine.assessment import assess, reasons
from matchmaker.engine.findings import Reason
from matchmaker.engine.index import Entry, Hit, Index
from matchmaker.engine.index.selection import fastest
from matchmaker.engine.profiles import Profile
from matchmaker.listings.models import Listing
from matchmaker.matches.profiles_from import postings, read_profile
from matchmaker.matches.proposing import rank_listing
from matchmaker.matches.queries import desk_loads
from matchmaker.matches.warm import committed_postings
from matchmaker.vocabulary import Kind, Side

TURNS = 30
TOP = 20
PLAIN_NUMPY_FEATURES = 8


class Ours:
    """Blocks of offers by kind, and what a question needs beside them."""

    def __init__(self, indexes: dict[Kind, Index]) -> None:
        self.crosswalk, self.weights, self.loads = current_crosswalk()[1], current_weights(), desk_loads()
        self.indexes = indexes

    def best(self, need: Profile, owner: int | None = None) -> list[Hit]:
        return self.indexes[need.kind].best(
            need,
            owner=owner,
            today=today(),
            desk_loads=self.loads,
            crosswalk=self.crosswalk,
            weights=self.weights,
            top=TOP,
        )

    def best_with_reasons(self, need: Profile) -> list[tuple[Hit, tuple[Reason, ...]]]:
        index, found = self.indexes[need.kind], []
        for hit in self.best(need):
            offer = index.profile(hit.key, desk_loads=self.loads)
            assessed = assess(need, offer, crosswalk=self.crosswalk, weights=self.weights)
            assert assessed is not None and assessed.score == hit.score
            found.append((hit, reasons(need, assessed, self.weights)))
        return found


def needs_of(kind: Kind | None = None, most: int | None = None) -> Iterator[Profile]:
    """Open needs of a kind, as the engine sees them."""
    chosen = [Listing.side == Side.NEED, Listing.is_open, *([Listing.kind == kind] if kind else [])]
    for number, each in enumerate(postings(*chosen, with_text=True)):
        if most is not None and number >= most:
            return
        yield read_profile(each)


def as_one_kind(kind: Kind) -> Index:
    """Every open offer of the database as if it were of one kind, so that none is set aside for its kind."""
    index = Index(kind, Side.OFFER)
    index.put(
        Entry(
            key=each.id,
            profile=replace(read_profile(each), kind=kind),
            owner=each.organisation_id,
            desk=each.desk_id,
            until=each.respond_before,
        )
        for each in postings(Listing.side == Side.OFFER, Listing.is_open, with_text=False)
    )
    return index


def subject_first(need: Profile) -> tuple[list[str], list[str]]:
    """Needs about the same follow each other, so that what they have in common is read once."""
    return sorted(need.work_fields), sorted(need.study_fields)


def against_numpy(ours: Ours, kind: Kind, rows: int, name: str) -> dict[str, Any]:
    """Row 1: a pass of numpy over `rows` rows of eight features, their product with the weights and the best twenty."""
    features = np.random.default_rng(1).random((rows, PLAIN_NUMPY_FEATURES))
    weights = np.random.default_rng(2).random(PLAIN_NUMPY_FEATURES)
    needs = list(needs_of(kind, TURNS))
    turn = iter(needs * 2)
    times = in_turn(
        {
            "ours": lambda: ours.best_with_reasons(next(turn)),
            "numpy": lambda: peers.best_of_product(features, weights, TOP),
        },
        turns=TURNS,
        warm=len(needs),
    )
    ratio = ratios(times["ours"], times["numpy"])
    return {
        "row": f"1 rank one need with reasons, {name}",
        "offers": rows,
        "of_its_kind": len(ours.indexes[kind]),
        "times_slower": ratio["median"],
        "worst": ratio["greatest"],
        "milliseconds": milliseconds(times["ours"]),
    }


def databases_of(ours: Ours) -> Iterator[peers.Database]:
    return peers.databases(ours.indexes, ours.loads)


def against_sql(ours: Ours, kind: Kind, peer: peers.Database, name: str) -> dict[str, Any]:
    """Row 2: the same question as SQL that scores without text, all criteria but text, the same offers."""
    needs = list(needs_of(kind, TURNS))
    first, second = iter(needs * 2), iter(needs * 2)
    times = in_turn(
        {
            "ours": lambda: ours.best_with_reasons(next(first)),
            "peer": lambda: peer.best(next(second), ours.crosswalk, ours.weights, TOP),
        },
        turns=TURNS,
        warm=len(needs),
    )
    ratio = ratios(times["peer"], times["ours"])
    return {
        "row": f"2 the same against {peer.name} without text, {name}",
        "of_its_kind": len(ours.indexes[kind]),
        "times_faster": ratio["median"],
        "worst": ratio["least"],
        "milliseconds": milliseconds(times["ours"]),
        "peer_milliseconds": milliseconds(times["peer"]),
    }


def all_needs(ours: Ours, turns: int) -> dict[str, Any]:
    """Row 3: every open need against every open offer of its kind; the peer compares text only, on the same pairs."""
    needs: dict[Kind, list[Profile]] = {kind: sorted(needs_of(kind), key=subject_first) for kind in Kind}
    matrices = [peers.text_matrices(needs[kind], ours.indexes[kind], ours.loads) for kind in Kind if needs[kind]]
    pairs = sum(len(needs[kind]) * len(ours.indexes[kind]) for kind in Kind)

    def ours_all() -> None:
        for own in needs.values():
            for need in own:
                ours.best(need)

    cold = timed(ours_all)
    times = in_turn(
        {"ours": ours_all, "peer": lambda: [peers.best_by_text(*each, TOP) for each in matrices]}, turns=turns
    )
    ratio = ratios(times["peer"], times["ours"])
    seconds = milliseconds(times["ours"]) / 1000
    return {
        "row": "3 all needs against sparse_dot_topn, text only",
        "needs": sum(map(len, needs.values())),
        "pairs": pairs,
        "times_faster": ratio["median"],
        "worst": ratio["least"],
        "seconds": seconds,
        "first_time_seconds": cold,
        "pairs_per_second": pairs / seconds,
    }


def whole_product(kind: Kind) -> dict[str, Any]:
    """What a page waits for: the best twenty read from the database, with reasons and hints for both sides.

    Asked before the blocks are taken: who ranks needs a block that nobody holds.
    """
    chosen = select(Listing).where(Listing.side == Side.NEED, Listing.is_open, Listing.kind == kind).limit(TURNS)
    turn = iter(list(db.session.scalars(chosen)) * 2)
    times = in_turn({"ours": lambda: rank_listing(next(turn), top=TOP)}, turns=TURNS, warm=TURNS)
    return {"row": "1 in the product, with hints and reading the twenty", "milliseconds": milliseconds(times["ours"])}


def rows_of(ours: Ours, one_kind: Ours, turns: int) -> Iterator[dict[str, Any]]:
    offers = len(one_kind.indexes[Kind.WORK])
    yield against_numpy(one_kind, Kind.WORK, offers, "all offers of one kind")
    yield against_numpy(ours, Kind.WORK, offers, "as seeded, the largest kind")
    yield against_numpy(ours, Kind.LECTURE, offers, "as seeded, lectures")
    yield all_needs(ours, turns)
    for block, name in ((one_kind, "all offers of one kind"), (ours, "as seeded, the largest kind")):
        for peer in databases_of(block):
            yield against_sql(block, Kind.WORK, peer, name)


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--json", default="")
    told.add_argument("--turns", type=int, default=3, help="turns of row 3")
    asked = told.parse_args()
    described = card("numpy", "numba", "duckdb", "sparse-dot-topn") | {"loops": fastest().name}
    print(", ".join(f"{name} {value}" for name, value in described.items()))
    with national_app(), ExitStack() as blocks:
        told_first = whole_product(Kind.WORK)
        ours = Ours({kind: blocks.enter_context(committed_postings(kind, Side.OFFER)) for kind in Kind})
        one_kind = Ours({Kind.WORK: as_one_kind(Kind.WORK)})
        rows = []
        for row in chain([told_first], rows_of(ours, one_kind, asked.turns)):
            told_so_far = ", ".join(f"{name} {value:.4g}" for name, value in row.items() if name != "row")
            print(f"{row['row']}: {told_so_far}", flush=True)
            rows.append(row)
    write(asked.json, {"card": described, "rows": rows})


if __name__ == "__main__":
    main()
