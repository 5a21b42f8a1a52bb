"""A round in the database: everyone counted at once, desks spared, and cut off anywhere it ends the same."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select

from config import ROOT
from matchmaker.audit.models import AuditEvent
from matchmaker.database import db
from matchmaker.errors import InvalidMove, InvalidValue
from matchmaker.jobs.actions import take_job
from matchmaker.jobs.models import Job, JobState
from matchmaker.listings.models import Need, Offer
from matchmaker.mail.models import Letter
from matchmaker.matches import actions, rounds
from matchmaker.matches.models import Match
from matchmaker.matches.queries import desk_room
from matchmaker.matches.round_market import Market, add_wishes, needs_for_a_round
from matchmaker.matches.round_proposals import propose_pairs
from matchmaker.matches.rounds import begin_round, hold_round
from matchmaker.matches.states import Action, State
from matchmaker.vocabulary import Kind, Party, Refusal, Role
from matchmaker.worker import Worker
from tests.conftest import QueryCount
from tests.engine.rounds.markets import check
from tests.factories import listings, people
from tests.matches.scenes import scene


def whole_round(*, method: str = "best-total", seed: str = "") -> Job:
    job = begin_round(method=method, seed=seed, by=None)
    db.session.commit()
    for _ in hold_round(job):
        db.session.commit()
    return job


def pairs() -> set[tuple[str, str]]:
    """What rounds proposed, by reference."""
    chosen = db.session.scalars(select(Match).order_by(Match.id))
    return {
        (match.need.reference, match.offer.reference)
        for match in chosen
        if match.offer is not None and any("round" in event.values for event in match.events)
    }


def needs(count: int) -> list[Need]:
    school = people.institution()
    return [listings.need(school, work_fields=["W22"]) for _ in range(count)]


def test_each_need_gets_one_proposal_and_nobody_the_same_place(app: Flask) -> None:
    asking = needs(3)
    town = people.municipality()
    for _ in range(3):
        listings.offer(town, work_fields=["W22"], places=1)
    job = whole_round()
    found = pairs()
    assert {need for need, _ in found} == {each.reference for each in asking}
    assert len({offer for _, offer in found}) == 3
    assert (job.state, job.done, job.total, job.result["proposed"]) == (JobState.DONE, 6, 6, 3)
    assert all(match.reasons and match.score for match in db.session.scalars(select(Match)))


def test_a_need_is_covered_before_another_fits_better(app: Flask) -> None:
    school, town = people.institution(), people.municipality()
    picky = listings.need(school, work_fields=["W22"], levels=["wo_master"])
    easy = listings.need(school, work_fields=["W22"])
    only_one = listings.offer(town, work_fields=["W22"], levels=["wo_master"])
    other = listings.offer(town, work_fields=["W15"], levels=["mbo4"])
    assert [each.need_id for each in actions.propose_for(only_one)][0] in {picky.id, easy.id}
    whole_round()
    assert pairs() == {(picky.reference, only_one.reference), (easy.reference, other.reference)}


def test_a_desk_gets_no_more_than_it_can_take(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    busy, quiet = people.municipality(), people.municipality()
    for each in needs(26)[:3]:
        actions.ask_desk(each, busy, by=people.member(Role.LECTURER, each.organisation), note="Kan het?")
    for _ in range(13):
        listings.offer(busy, work_fields=["W22"], places=2)
    listings.offer(quiet, work_fields=["W15"])
    assert busy.desk is not None and quiet.desk is not None
    assert (desk_room()[busy.desk.id], desk_room()[quiet.desk.id]) == (22, 25)
    whole_round()
    at = Counter(
        match.desk_id for match in db.session.scalars(select(Match)) if any("round" in e.values for e in match.events)
    )
    assert at == {busy.desk.id: 22, quiet.desk.id: 1}


def test_what_is_under_way_is_left_out_on_both_sides(app: Flask) -> None:
    here = scene()
    offer = listings.offer(here.municipality, work_fields=["W22"])
    (match,) = actions.propose_for(here.need)
    actions.request(match, by=here.lecturer)
    (other,) = needs(1)
    assert needs_for_a_round() == [other.id]
    db.session.commit()
    market = Market()
    add_wishes(market, needs_for_a_round())
    assert (market.places, market.desk_of) == ({offer.reference: 0}, {offer.reference: str(here.desk.id)})
    assert (whole_round().result["proposed"], pairs()) == (0, set())


def test_what_was_refused_is_not_a_wish(app: Flask) -> None:
    here = scene()
    listings.offer(here.municipality, work_fields=["W22"])
    (match,) = actions.propose_for(here.need)
    actions.request(match, by=here.lecturer)
    actions.refuse(match, refusal=Refusal.CROWDED, by=here.officer, as_party=Party.MUNICIPALITY)
    db.session.commit()
    market = Market()
    add_wishes(market, needs_for_a_round())
    assert market.wishes == {here.need.reference: {}}


def test_the_desk_that_asks_an_open_question_itself_is_not_limited_for_it(app: Flask) -> None:
    town, school = people.municipality(), people.institution()
    need = listings.need(town, kind=Kind.QUESTION, work_fields=["W22"])
    offer = listings.offer(school, kind=Kind.QUESTION, work_fields=["W22"])
    db.session.commit()
    market = Market()
    add_wishes(market, [need.id])
    assert (set(market.wishes[need.reference]), market.desk_of) == ({offer.reference}, {})


def test_a_proposal_that_stood_already_stays_the_same_and_brings_no_second_letter(app: Flask) -> None:
    here = scene()
    owner = people.member(Role.COLLEAGUE, here.municipality)
    listings.offer(here.municipality, work_fields=["W22"], owner_id=owner.id)
    (match,) = actions.propose_for(here.need)
    letters = db.session.query(Letter).count()
    whole_round()
    assert db.session.query(Match).all() == [match]
    assert [event.action for event in match.events] == [Action.PROPOSE, Action.PROPOSE]
    assert (match.state, db.session.query(Letter).count()) == (State.PROPOSED, letters)


def test_what_a_round_proposed_can_be_computed_again_to_the_same_numbers(app: Flask) -> None:
    here = scene()
    needs(2)
    stood = listings.offer(here.municipality, work_fields=["W22"], title="Bomen in de wijk", places=1)
    actions.propose_for(here.need)
    stood.title = "De Omgevingswet in de wijk"
    for _ in range(2):
        listings.offer(people.municipality(), work_fields=["W22"], title="Toezicht op de Omgevingswet", places=1)
    whole_round()
    made = db.session.scalars(select(Match)).all()
    assert (len(made), all(each.basis for each in made)) == (3, True)
    for each in db.session.scalars(select(Offer)):
        each.title, each.work_fields, each.places = "Iets heel anders", ["W01"], 9
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["match", "recompute", "--all"])
    assert (result.exit_code, result.stdout) == (0, "3 gelijk, 0 anders, 0 zonder bewaarde grondslag.\n")


def test_a_larger_piece_asks_the_database_no_more(app: Flask, count_queries: Callable[[], QueryCount]) -> None:
    """Neither ranking nor proposing asks anything per need."""
    town = people.municipality()
    asking = [need.id for need in needs(12)]
    offers = [listings.offer(town, work_fields=["W22"]).id for _ in range(12)]
    db.session.commit()
    add_wishes(Market(), asking)
    numbers = {}
    for many in (2, 10):
        with count_queries() as ranking:
            add_wishes(Market(), asking[:many])
        with count_queries() as proposing:
            assert propose_pairs(list(zip(asking, offers, strict=True))[:many], round_id=1) == many
        db.session.rollback()
        numbers[many] = [sum(each.startswith("SELECT") for each in asked.statements) for asked in (ranking, proposing)]
    assert numbers[2] == numbers[10]


def test_the_log_says_once_what_a_round_did(app: Flask) -> None:
    needs(2)
    listings.offer(people.municipality(), work_fields=["W22"])
    job = whole_round(method="stable", seed="utrecht 2027")
    (event,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "match.round"))
    assert (event.object_kind, event.object_id) == ("Job", job.id)
    assert event.details == {"method": "stable", "seed": "utrecht 2027", "needs": 2, "proposals": 1}


@pytest.mark.parametrize("method", rounds.METHODS)
def test_the_certificate_of_a_round_can_be_checked(app: Flask, method: str, tmp_path: Path) -> None:
    needs(4)
    listings.offer(people.municipality(), work_fields=["W22"], places=3)
    job = whole_round(method=method, seed="utrecht 2027")
    certificate = json.loads(rounds.certificate_of(job))
    outcome = check(certificate, tmp_path)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("Right: 3 of 4 needs")
    assert set(certificate["assigned"].items()) == pairs()


def test_a_second_round_waits_for_the_first(app: Flask) -> None:
    begin_round(method="stable", by=None)
    with pytest.raises(InvalidValue):
        begin_round(method="best-total", by=None)


def test_of_two_programs_at_the_same_round_one_stops(app: Flask) -> None:
    needs(1)
    listings.offer(people.municipality(), work_fields=["W22"])
    job = begin_round(method="best-total", by=None)
    db.session.commit()
    first, second = hold_round(job), hold_round(job)
    next(first)
    for _ in range(3):
        next(second)
    with pytest.raises(InvalidMove):
        list(first)
    list(second)
    assert len(pairs()) == 1
    assert Counter(event.action for match in db.session.scalars(select(Match)) for event in match.events) == {
        Action.PROPOSE: 1
    }


@pytest.mark.committed
def test_others_can_write_while_a_round_ranks_and_divides(committed_app: Flask) -> None:
    needs(2)
    offer = listings.offer(people.municipality(), work_fields=["W22"])
    db.session.commit()
    other = db.engine.raw_connection()
    other.cursor().execute("PRAGMA busy_timeout=0" if db.engine.dialect.name == "sqlite" else "SET lock_timeout = 1")
    written: list[str] = []  # when each need is ranked, and when the room of desks is counted to divide

    def write_as_another(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "count(DISTINCT memberships.account_id)" in statement and len(written) < 2:
            other.cursor().execute("UPDATE desks SET version = version + 1")
            other.commit()
            written.append(statement)

    event.listen(db.engine, "before_cursor_execute", write_as_another)
    result = committed_app.test_cli_runner().invoke(args=["match", "round"])
    event.remove(db.engine, "before_cursor_execute", write_as_another)
    other.close()
    assert (result.exit_code, len(written)) == (0, 2), result.output
    assert {each[1] for each in pairs()} == {offer.reference}


@pytest.mark.committed
def test_the_worker_holds_a_round_that_was_queued(committed_app: Flask) -> None:
    needs(1)
    listings.offer(people.municipality(), work_fields=["W22"])
    job = begin_round(method="best-total", by=None)
    db.session.commit()
    Worker().do_all_due()
    db.session.refresh(job)
    assert (job.state, job.error, job.result["proposed"], len(pairs())) == (JobState.DONE, "", 1, 1)


def test_beside_a_running_round_the_command_says_so_and_stops(app: Flask) -> None:
    job = begin_round(method="best-total", by=None)
    take_job(job)
    job.values = {**job.values, "taken_by": ["another-machine", 1, 1]}
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["match", "round"])
    said = f"Error: Een ander programma is nu bezig met ronde {job.id}. Wacht tot die klaar is.\n"
    assert (result.exit_code, result.output) == (1, said)


def test_a_trial_writes_nothing_and_gives_the_outcome_of_the_round(app: Flask, tmp_path: Path) -> None:
    needs(3)
    listings.offer(people.municipality(), work_fields=["W22"], places=2)
    db.session.commit()
    file = tmp_path / "proef.json"
    result = app.test_cli_runner().invoke(args=["match", "round", "--dry-run", "--certificate", str(file)])
    assert (result.exit_code, result.stdout) == (0, "Proef: 2 voorstellen voor 3 vragen. Er is niets bewaard.\n")
    assert result.stderr == "3 van 3\n"
    assert (db.session.query(Job).count(), db.session.query(Match).count()) == (0, 0)
    whole_round()
    assert set(json.loads(file.read_bytes())["assigned"].items()) == pairs()


def test_a_trial_of_a_lottery_needs_its_seed(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["match", "round", "--dry-run", "--method", "stable"])
    assert (result.exit_code, "Geef --seed" in result.stderr) == (2, True)


def command(app: Flask, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    settings = app.extensions["settings"]
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "match", "round", "--piece", "4", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": settings.database_url, "FILES_FOLDER": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.committed
@pytest.mark.parametrize("last_line", ["4 van 12", "12 van 24", "20 van 24"])
def test_killed_halfway_and_run_again_it_ends_the_same_and_nothing_is_double(
    committed_app: Flask, tmp_path: Path, last_line: str
) -> None:
    needs(12)
    for _ in range(2):
        town = people.municipality()
        for _ in range(3):
            listings.offer(town, work_fields=["W22"], places=3)
    db.session.commit()
    expected, certificate = tmp_path / "expected.json", tmp_path / "certificate.json"
    committed_app.test_cli_runner().invoke(args=["match", "round", "--dry-run", "--certificate", str(expected)])
    db.session.rollback()

    with command(committed_app, tmp_path) as started:
        assert started.stderr is not None
        for line in started.stderr:
            if line.strip() == last_line:
                break
        started.send_signal(signal.SIGKILL)

    with command(committed_app, tmp_path, "--certificate", str(certificate)) as finished:
        out, told = finished.communicate(timeout=120)
    assert (finished.returncode, "was nog niet klaar en gaat nu verder" in told) == (0, True), told
    assert out.endswith("12 voorstellen voor 12 vragen. Manier: best-total.\n")
    assert certificate.read_bytes() == expected.read_bytes()
    db.session.rollback()
    (job,) = db.session.scalars(select(Job))
    assert job.state is JobState.DONE
    assert pairs() == set(json.loads(expected.read_bytes())["assigned"].items())
    matches = db.session.scalars(select(Match)).all()
    assert [len(match.events) for match in matches] == [1] * 12
    taken = Counter(match.offer_id for match in matches)
    assert all(taken[offer.id] <= offer.places for offer in db.session.scalars(select(Offer)))
    assert db.session.query(AuditEvent).filter_by(action="match.round").count() == 1
