"""What is open to everyone is counted by network and hour."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.limits.actions import (
    MOST_AN_HOUR,
    TooOften,
    forget_old_uses,
    network_of,
    pass_door,
)
from matchmaker.limits.models import Door, DoorUse

HERE, THERE = "192.0.2.1", "192.0.2.2"
pytestmark = pytest.mark.usefixtures("app")


def knock(door: Door, times: int, address: str = HERE) -> None:
    for _ in range(times):
        pass_door(door, address=address)


@pytest.mark.parametrize("door", Door)
def test_one_more_than_the_limit_is_refused_there_and_at_that_door_only(door: Door) -> None:
    knock(door, MOST_AN_HOUR[door])
    with pytest.raises(TooOften):
        pass_door(door, address=HERE)
    pass_door(door, address=THERE)
    pass_door(next(each for each in Door if each is not door), address=HERE)


def test_an_hour_later_the_door_is_open_again_and_a_day_later_nothing_is_left() -> None:
    knock(Door.REPORT, MOST_AN_HOUR[Door.REPORT])
    db.session.execute(update(DoorUse).values(at=now() - timedelta(minutes=61)))
    pass_door(Door.REPORT, address=HERE)
    assert forget_old_uses() == 0
    db.session.execute(update(DoorUse).values(at=now() - timedelta(hours=25)))
    assert forget_old_uses() == MOST_AN_HOUR[Door.REPORT] + 1


def test_a_refusal_does_not_make_the_wait_longer() -> None:
    knock(Door.REPORT, MOST_AN_HOUR[Door.REPORT])
    for _ in range(3):
        with pytest.raises(TooOften):
            pass_door(Door.REPORT, address=HERE)
    assert db.session.query(DoorUse).count() == MOST_AN_HOUR[Door.REPORT]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("geen adres", "geen adres"),
    ],
)
def test_one_connection_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_the_address_itself_is_not_kept(app: Flask) -> None:
    pass_door(Door.QUESTION, address=HERE)
    [use] = db.session.query(DoorUse)
    assert HERE not in use.network_key
    assert len(use.network_key) == 64
