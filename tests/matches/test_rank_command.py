"""`match rank` on the command line."""

import json

from flask import Flask

from matchmaker.database import db
from matchmaker.matches import actions
from matchmaker.vocabulary import ListingStatus
from tests.factories import listings
from tests.matches.scenes import scene


def test_each_line_is_one_candidate_with_dutch_reasons(app: Flask) -> None:
    here = scene()
    for _ in range(3):
        listings.offer(here.municipality, work_fields=["W22"])
    result = app.test_cli_runner().invoke(args=["match", "rank", "--need", here.need.reference, "--top", "2", "--json"])
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2]
    assert set(rows[0]) == {"need", "offer", "rank", "score", "reasons", "hint"}
    assert rows[0]["need"] == here.need.reference
    assert set(rows[0]["reasons"][0]) == {"criterion", "score", "weight", "reason"}
    assert rows[0]["reasons"][0]["reason"].startswith("U noemt allebei ")
    assert abs(sum(reason["weight"] for reason in rows[0]["reasons"]) - 1) < 0.01


def test_the_command_gives_the_score_that_is_stored(app: Flask) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"])
    (match,) = actions.propose_for(here.need)
    result = app.test_cli_runner().invoke(args=["match", "rank", "--need", here.need.reference, "--json"])
    assert json.loads(result.output)["score"] == match.score


def test_an_unknown_reference_is_an_error_in_words(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["match", "rank", "--need", "V9", "--json"])
    assert (result.exit_code, "Er is geen vraag met kenmerk V9." in result.output) == (1, True)


def test_a_posting_that_is_not_online_is_ranked_all_the_same_and_said_to_be_offline(app: Flask) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"])
    command = ["match", "rank", "--need", here.need.reference, "--json"]
    online = app.test_cli_runner().invoke(args=command)
    here.need.status = ListingStatus.DRAFT
    db.session.commit()
    draft = app.test_cli_runner().invoke(args=command)
    assert (online.stderr, draft.stderr) == ("", f"{here.need.reference} staat niet online.\n")
    assert draft.stdout == online.stdout != ""
