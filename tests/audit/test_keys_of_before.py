"""The chain over a change of the secret key: whole with both keys, provable from there on with the new one alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from matchmaker.audit.models import AuditAnchor, AuditEvent, AuditHead, AuditSeal
from matchmaker.audit.retention import forget_events
from matchmaker.audit.verifying import Verdict
from matchmaker.cli.audit import tell_faults
from matchmaker.clock import now, pretending
from matchmaker.database import db
from matchmaker.holds.queries import held_people
from matchmaker.keys import use_keys
from matchmaker.rekeying.actions import mark_chain
from tests.audit.test_chain import EVENTS, alter, change_details, checked, remove_event, remove_with_link, written
from tests.factories import people

A, B, C, STRANGER = "a" * 40, "b" * 40, "c" * 40, "s" * 40


def live_under_two_keys() -> tuple[list[int], list[int]]:
    """Six events under the key A, and then six under B; A is still known."""
    person = people.account()
    db.session.commit()
    use_keys(A)
    old = written(person)
    use_keys(B, [A])
    return old, written(person)


def replaced() -> tuple[list[int], list[int]]:
    """The same, and then signed with B that all of it was whole."""
    made = live_under_two_keys()
    assert mark_chain(checked())
    db.session.commit()
    return made


def found_with(now_key: str, *before: str) -> Verdict:
    use_keys(now_key, before)
    return checked()


def test_a_chain_that_spans_a_change_of_key_is_whole_with_both(app: Flask) -> None:
    live_under_two_keys()
    found = found_with(B, A)
    assert (found.wrong, found.links, found.former, found.unchecked) == ([], 2 * EVENTS, EVENTS, 0)


def test_before_it_is_signed_it_needs_the_former_key(app: Flask) -> None:
    live_under_two_keys()
    assert found_with(B).wrong[0] == "link 1: does not follow from the one before it"


def test_who_forgot_to_name_it_is_told_so_once(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    live_under_two_keys()
    tell_faults(found_with(B))
    assert capsys.readouterr().err.count("SECRET_KEYS_BEFORE") == 1
    tell_faults(found_with(B, A))
    assert capsys.readouterr().err == ""


def test_once_signed_it_is_proven_from_there_on_without_the_former_key(app: Flask) -> None:
    replaced()
    written(people.account())
    found = found_with(B)
    assert (found.wrong, found.former, found.unchecked) == ([], 0, EVENTS)
    assert found_with(B, A).unchecked == 0
    assert not mark_chain(found_with(B, A))


def test_links_of_a_strangers_key_are_seen_with_and_without_the_former_one(app: Flask) -> None:
    for keys in ((B, A), (B,)):
        replaced()
        use_keys(STRANGER)
        written(people.account())
        assert any("does not follow" in each for each in found_with(*keys).wrong)


def forge_old_stretch(_number: int) -> None:
    """Every link of the old stretch made anew, under a key of one's own."""
    db.session.execute(update(AuditSeal).where(AuditSeal.number <= EVENTS).values(digest="0" * 64))


@pytest.mark.parametrize(
    "fraud", [alter, change_details, remove_event, remove_with_link, forge_old_stretch], ids=lambda each: each.__name__
)
def test_the_old_stretch_cannot_be_touched_while_its_key_is_known(app: Flask, fraud: Callable[[int], None]) -> None:
    old, _new = replaced()
    fraud(old[EVENTS // 2])
    db.session.expire_all()
    assert found_with(B, A).wrong != []


def cut_off_the_old_stretch(_number: int) -> None:
    db.session.execute(delete(AuditSeal).where(AuditSeal.number <= EVENTS))


def replace_its_end(_number: int) -> None:
    signed = db.session.scalar(select(func.max(AuditAnchor.up_to)))
    db.session.execute(update(AuditSeal).where(AuditSeal.number == signed).values(digest="0" * 64))


def replace_its_end_and_cut_off_what_came_after(_number: int) -> None:
    signed = db.session.scalar(select(func.max(AuditAnchor.up_to)))
    later = select(AuditSeal.event_id).where(AuditSeal.number > signed)
    db.session.execute(delete(AuditEvent).where(AuditEvent.id.in_(later)))
    db.session.execute(delete(AuditSeal).where(AuditSeal.number > signed))
    replace_its_end(0)
    db.session.execute(update(AuditHead).values(number=signed, digest="0" * 64))


def forget_that_it_was_signed(_number: int) -> None:
    db.session.execute(delete(AuditAnchor))


def say_that_all_of_it_went(_number: int) -> None:
    db.session.execute(update(AuditAnchor).values(keys=""))
    cut_off_the_old_stretch(0)


def make_it_need_another_key(_number: int) -> None:
    db.session.execute(update(AuditAnchor).values(keys="0" * 16))


@pytest.mark.parametrize(
    "fraud",
    [
        remove_event, remove_with_link, cut_off_the_old_stretch, replace_its_end,
        replace_its_end_and_cut_off_what_came_after, forget_that_it_was_signed,
        say_that_all_of_it_went, make_it_need_another_key,
    ],
    ids=lambda each: each.__name__,
)  # fmt: skip
def test_nothing_can_be_missing_from_the_old_stretch_when_its_key_is_gone(
    app: Flask, fraud: Callable[[int], None]
) -> None:
    old, _new = replaced()
    fraud(old[EVENTS // 2])
    db.session.expire_all()
    assert found_with(B).wrong != []


def test_what_came_after_the_change_is_proven_as_ever(app: Flask) -> None:
    replaced()
    later = written(people.account())
    alter(later[1])
    db.session.expire_all()
    assert found_with(B).wrong == [f"event {later[1]}: was altered"]


def test_a_third_key_takes_over_and_signs_the_older_anchors_again(app: Flask) -> None:
    replaced()
    use_keys(C, [B, A])
    written(people.account())
    assert mark_chain(checked())
    db.session.commit()
    found = found_with(C)
    assert (found.wrong, found.anchors) == ([], 2)
    assert found.unchecked == 2 * EVENTS + 1
    assert (found_with(C, B).wrong, found_with(C, B, A).wrong, found_with(C, B, A).unchecked) == ([], [], 0)


def test_retention_takes_the_old_stretch_and_its_signature_with_it(app: Flask) -> None:
    person = people.account()
    db.session.commit()
    with pretending(now() - timedelta(days=400)):
        use_keys(A)
        written(person)
        use_keys(B, [A])
        assert mark_chain(checked())
        db.session.commit()
    use_keys(B)
    new = written(person)
    forget_events(now(), held=held_people())
    found = checked()
    assert (found.wrong, found.links, found.unchecked) == ([], EVENTS, 0)
    assert set(db.session.scalars(select(AuditEvent.id))) == set(new)


def test_an_old_stretch_that_ends_where_the_key_was_replaced_can_go(app: Flask) -> None:
    """Up to exactly the link that was signed."""
    person = people.account()
    db.session.commit()
    with pretending(now() - timedelta(days=400)):
        use_keys(A)
        written(person)
    use_keys(B, [A])
    assert mark_chain(checked())
    db.session.commit()
    forget_events(now(), held=held_people())
    found = found_with(B)
    assert (found.wrong, found.anchors, found.unchecked) == ([], 1, 0)
