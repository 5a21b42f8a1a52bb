"""Figure 7: the product's search with all facet counts beside bare FTS5 over the same words: `python -m bench.search`.

DATABASE_URL is a national load on SQLite (`flask --app wsgi seed`, then `listings reindex`). The peer is an FTS5 table
of the words of the open offers alone, with the options of ours, and hands over the numbers of all its hits; the product
asks the change number, finds the hits, counts every facet and takes the first page of numbers. Both give the same hits,
checked for every query. CPU seconds of this process, in turn. A search is one to three words of one random offer; none
is asked twice. "First" has words this process never looked for, "known" has words it looked for before in other
searches; then no text index is asked.
"""

import argparse
import json
import os
import platform
import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from config import read_settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.dutch.tokens import words
from matchmaker.listings.models import Listing
from matchmaker.listings.search import facets
from matchmaker.listings.search.browse import PAGE_SIZE
from matchmaker.listings.search.filters import Filter
from matchmaker.listings.search.look import Look
from matchmaker.listings.search.models import ListingWords
from matchmaker.listings.search.terms import PREFIX_FROM, searched_terms
from matchmaker.listings.search.warm import forget, seen
from matchmaker.vocabulary import Side

SEARCHES = 400
OPTIONS = "tokenize=\"ascii tokenchars ''''\", detail=none, columnsize=0, content=''"


def bare_table(path: str) -> sqlite3.Connection:
    """The words of the open offers in a file of its own, packed as well as FTS5 can."""
    bare = sqlite3.connect(path)
    bare.execute(f"CREATE VIRTUAL TABLE bare USING fts5(words, {OPTIONS})")
    look = Look(Filter(side=Side.OFFER))
    numbers = look.listing_ids(look.rows)
    for first in range(0, len(numbers), 500):
        some = numbers[first : first + 500]
        rows = db.session.execute(
            select(ListingWords.listing_id, ListingWords.words).where(ListingWords.listing_id.in_(some))
        )
        bare.executemany("INSERT INTO bare(rowid, words) VALUES (?, ?)", [tuple(row) for row in rows])
    bare.execute("INSERT INTO bare(bare) VALUES ('optimize')")
    bare.commit()
    return bare


def expression(text: str) -> str:
    """The same search as FTS5 writes it."""
    found = []
    for word in searched_terms(text):
        terms = [f'"{term}"*' if len(term) >= PREFIX_FROM else f'"{term}"' for term in word.terms]
        found.append(f"({' OR '.join(terms)})")
    return " AND ".join(found)


def product(text: str) -> NDArray[np.intp]:
    """All that a page of the list needs to know before it reads its twenty listings; returns every hit to compare."""
    db.session.rollback()
    look = Look(Filter(side=Side.OFFER, words=text))
    facets.count_facets(look)
    facets.count_posters(look, most=9)
    look.listing_ids(look.rows[:PAGE_SIZE])
    return look.rows


def cpu(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    found = work()
    return found, time.process_time() - began


def searches(number: int, seed: int) -> list[str]:
    """One to three words of a random open offer, each search once."""
    chance = random.Random(seed)
    rows = db.session.execute(
        select(Listing.title, Listing.text).where(Listing.side == Side.OFFER, Listing.is_open).order_by(Listing.id)
    ).all()
    found: dict[str, None] = {}
    while len(found) < number:
        title, text = chance.choice(rows)
        known = [word for word in words(f"{title} {text}") if len(word) > 3]
        asked = " ".join(chance.sample(known, min(len(known), chance.randint(1, 3))))
        if searched_terms(asked):
            found.setdefault(asked)
    return list(found)


def compare(name: str, bare: sqlite3.Connection, asked: list[str]) -> dict[str, object]:
    ratios, own, peer, hits = [], [], [], []
    for text in asked:
        match = expression(text)
        rows, ours = cpu(lambda text=text: product(text))
        found, theirs = cpu(
            lambda match=match: bare.execute("SELECT rowid FROM bare WHERE bare MATCH ?", (match,)).fetchall()
        )
        numbers = Look(Filter(side=Side.OFFER, words=text)).listing_ids(rows)
        assert set(numbers) == {number for (number,) in found}, text
        ratios.append(ours / theirs)
        own.append(ours)
        peer.append(theirs)
        hits.append(len(numbers))
    return {
        "row": name,
        "ratio": statistics.median(ratios),
        "worst": max(ratios),
        "ratio_of_all_time": sum(own) / sum(peer),
        "milliseconds": [1000 * statistics.median(own), 1000 * statistics.median(peer)],
        "hits": [statistics.median(hits), max(hits)],
        "searches": len(asked),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", type=Path, help="also write the rows to this file")
    arguments.add_argument("--bare", default="", help="keep the table of the peer in this file; else in memory")
    asked = arguments.parse_args()
    with create_app(read_settings()).app_context():
        bare = bare_table(asked.bare)
        queries = searches(2 * SEARCHES, 7)
        forget()
        seen()
        rows = [
            compare("search with facets, first", bare, queries[:SEARCHES]),
            compare("search with facets, known", bare, queries[SEARCHES:]),
        ]
    for row in rows:
        print(json.dumps(row))
    print(f"CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors")
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
