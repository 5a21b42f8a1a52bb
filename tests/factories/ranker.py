"""A server process that ranks and changes postings on command: `python -m tests.factories.ranker`.

Reads one word and a reference a line, answers each with one line of JSON. Each line is a request of its own: `rank` a
need, `close` a posting, or `begin` to close one without ever committing.
"""

import json
import sys

from config import read_settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.listings.actions import close
from matchmaker.matches.proposing import rank_listing
from matchmaker.matches.queries import listing_to_rank


def main() -> None:
    app = create_app(read_settings())
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        word, reference = line.split()
        with app.app_context():
            print(json.dumps(answer(word, reference)), flush=True)
            if word == "begin":
                sys.stdin.readline()


def answer(word: str, reference: str) -> list[str]:
    listing = listing_to_rank(reference)
    if word == "rank":
        found, _ = rank_listing(listing, top=20)
        return [each.offer for each in found]
    close(listing, by=None)
    if word == "close":
        db.session.commit()
    return [reference]


if __name__ == "__main__":
    main()
