"""The chain over the log shows what was altered, removed or slipped in, and holds after erasure and retention."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from matchmaker.accounts.models import Account
from matchmaker.audit.actions import record
from matchmaker.audit.models import AuditAnchor, AuditEvent, AuditHead, AuditSeal
from matchmaker.audit.retention import erase_person, forget_events
from matchmaker.audit.verifying import Verdict, verify
from matchmaker.clock import now, pretending, today
from matchmaker.database import db
from matchmaker.holds.actions import lay_hold
from matchmaker.holds.queries import held_people
from tests.factories import people
from tests.matches.test_two_processes import race, signed_in, task

EVENTS = 6


def written(who: Account, number: int = EVENTS) -> list[int]:
    """Events of one person, each in a transaction of its own."""
    made = []
    for turn in range(number):
        event = record("change_profile", about=who, by=who, turn=turn)
        db.session.commit()
        made.append(event.id)
    return made


def checked() -> Verdict:
    db.session.commit()
    return verify()


def test_a_chain_nobody_touched_is_whole(app: Flask) -> None:
    before = checked().links
    written(people.account())
    found = checked()
    assert (found.wrong, found.links - before, found.erased) == ([], EVENTS, 0)


def alter(number: int) -> None:
    db.session.execute(update(AuditEvent).where(AuditEvent.id == number).values(action="sign_out"))


def blame_another(number: int) -> None:
    db.session.execute(update(AuditEvent).where(AuditEvent.id == number).values(actor_id=people.account().id))


def change_details(number: int) -> None:
    db.session.execute(update(AuditEvent).where(AuditEvent.id == number).values(details={"turn": 99}))


def erase_and_fill(number: int) -> None:
    db.session.execute(update(AuditEvent).where(AuditEvent.id == number).values(salt=""))


def remove_event(number: int) -> None:
    db.session.execute(delete(AuditEvent).where(AuditEvent.id == number))


def remove_with_link(number: int) -> None:
    db.session.execute(delete(AuditSeal).where(AuditSeal.event_id == number))
    remove_event(number)


def remove_the_end(number: int) -> None:
    db.session.execute(delete(AuditSeal).where(AuditSeal.event_id >= number))
    db.session.execute(delete(AuditEvent).where(AuditEvent.id >= number))


def slip_in(number: int) -> None:
    values = {"action": "sign_in", "object_kind": "Account", "details": {}, "at": now(), "origin": "", "result": "done"}
    db.session.execute(AuditEvent.__table__.insert().values(id=number + 1000, salt="x", **values))


def swap_links(number: int) -> None:
    seals = db.session.execute(select(AuditSeal.number).order_by(AuditSeal.number.desc()).limit(2)).scalars().all()
    db.session.execute(update(AuditSeal).where(AuditSeal.number == seals[0]).values(number=-1))
    db.session.execute(update(AuditSeal).where(AuditSeal.number == seals[1]).values(number=seals[0]))
    db.session.execute(update(AuditSeal).where(AuditSeal.number == -1).values(number=seals[1]))


FRAUDS: tuple[Callable[[int], None], ...] = (
    alter, blame_another, change_details, erase_and_fill, remove_event, remove_with_link, remove_the_end, slip_in,
    swap_links,
)  # fmt: skip


@pytest.mark.parametrize("fraud", FRAUDS, ids=lambda fraud: fraud.__name__)
def test_every_way_to_tamper_is_seen(app: Flask, fraud: Callable[[int], None]) -> None:
    numbers = written(people.account())
    db.session.flush()
    fraud(numbers[EVENTS // 2])
    db.session.expire_all()
    assert verify().wrong != []


def without(number: int) -> None:
    """Take an event and its links away, by the database alone."""
    db.session.execute(delete(AuditSeal.__table__).where(AuditSeal.event_id == number))
    db.session.execute(delete(AuditEvent.__table__).where(AuditEvent.id == number))


def test_an_old_piece_that_is_put_back_does_not_follow_on(app: Flask) -> None:
    """Each digest is true: the log went back to a copy, was written on, and got a piece of before in between."""
    person = people.account()
    written(person)
    head = db.session.execute(select(AuditHead.number, AuditHead.digest)).one()
    [before] = written(person, 1)
    event = db.session.execute(select(AuditEvent.__table__).where(AuditEvent.id == before)).mappings().one()
    link = db.session.execute(select(AuditSeal.__table__).where(AuditSeal.event_id == before)).mappings().one()
    without(before)
    db.session.execute(update(AuditHead.__table__).values(number=head.number, digest=head.digest))
    db.session.commit()
    instead, _after = written(person, 2)
    assert checked().wrong == []
    without(instead)
    db.session.execute(AuditEvent.__table__.insert().values(**event))
    db.session.execute(AuditSeal.__table__.insert().values(**link))
    db.session.commit()
    db.session.expire_all()
    assert checked().wrong == [f"link {head.number + 2}: does not follow from the one before it"]


def test_an_anchor_cannot_be_forged(app: Flask) -> None:
    written(people.account())
    head = db.session.get_one(AuditHead, 1)
    db.session.execute(delete(AuditSeal))
    db.session.execute(delete(AuditEvent))
    db.session.add(AuditAnchor(up_to=head.number, events=EVENTS, digest=head.digest, signature="0" * 64))
    db.session.flush()
    assert verify().wrong == [f"anchor {head.number}: the signature is wrong"]


def test_it_holds_after_a_person_is_erased_from_it(app: Flask) -> None:
    gone, stays = people.account(), people.account()
    written(gone)
    written(stays)
    assert erase_person(gone.id) == EVENTS
    found = checked()
    assert (found.wrong, found.erased) == ([], EVENTS)
    left = db.session.scalars(select(AuditEvent.actor_id).where(AuditEvent.action == "change_profile")).all()
    assert sorted(left, key=str) == [*[stays.id] * EVENTS, *[None] * EVENTS]


def test_it_holds_after_retention_which_ends_the_old_stretch_in_an_anchor(app: Flask) -> None:
    person = people.account()
    with pretending(now() - timedelta(days=400)):
        written(person)
    new = written(person)
    assert forget_events(now(), held=held_people()) == EVENTS
    found = checked()
    assert (found.wrong, found.links, found.anchors) == ([], EVENTS, 1)
    assert set(db.session.scalars(select(AuditEvent.id))) == set(new)
    assert forget_events(now(), held=held_people()) == 0
    assert checked().anchors == 1


def test_what_is_held_stays_in_the_log_with_its_person_and_the_rest_loses_theirs(app: Flask) -> None:
    held, other = people.account(), people.account()
    with pretending(now() - timedelta(days=400)):
        first, kept, last = written(other, 1), written(held, 1), written(other, 1)
    lay_hold(person=held, reason="Er loopt een klacht.", ends_on=today(), by=other)
    forget_events(now(), held=held_people())
    found = checked()
    assert found.wrong == []
    rows = dict(db.session.execute(select(AuditEvent.id, AuditEvent.actor_id)).all())
    assert (rows[kept[0]], rows[last[0]]) == (held.id, None)
    assert first[0] not in rows


def test_an_event_that_is_added_to_later_gets_another_link(app: Flask) -> None:
    person = people.account()
    event = record("change_profile", about=person, by=person, made=1)
    db.session.commit()
    event.details = {"made": 2}
    db.session.commit()
    found = checked()
    assert found.wrong == []
    assert db.session.query(AuditSeal).filter_by(event_id=event.id).count() == 2


def test_what_was_rolled_back_leaves_no_link(app: Flask) -> None:
    person = people.account()
    db.session.commit()
    with pytest.raises(ZeroDivisionError), db.session.begin_nested():
        record("change_profile", about=person, by=person)
        db.session.flush()
        raise ZeroDivisionError
    written(person, 1)
    assert checked().wrong == []


@pytest.mark.committed
def test_many_who_write_at_once_in_several_processes_make_one_chain(committed_app: Flask, tmp_path: Path) -> None:
    colleagues = [people.account() for _ in range(8)]
    db.session.commit()
    tasks = [
        task(signed_in(committed_app, each), "/account", "/account", display_name="Nieuwe Naam", language="nl")
        for each in colleagues
    ]
    db.session.remove()
    answers = race(committed_app, tasks, tmp_path)
    assert [status for status, _, _ in answers] == [302] * 8
    found = checked()
    assert (found.wrong, found.links) == ([], db.session.query(AuditEvent).count())
    assert found.links == 16


@pytest.mark.committed
def test_the_command_says_whether_the_log_is_whole(committed_app: Flask) -> None:
    numbers = written(people.account())
    runner = committed_app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    alter(numbers[0])
    db.session.commit()
    answer = runner.invoke(args=["audit", "verify"])
    assert answer.exit_code == 1
    assert f"event {numbers[0]}: was altered" in answer.output
