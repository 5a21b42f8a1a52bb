"""Where a request of ours may go."""

from ipaddress import ip_address

import pytest

from matchmaker.outgoing.addresses import is_public, pin, read_address
from matchmaker.outgoing.client import fetch, use_loopback
from matchmaker.outgoing.errors import NoAnswer, NotSent

NOT_PUBLIC = (
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1", "192.0.0.8",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::",
    "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
)  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_on_the_internet_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    shown = f"[{address}]" if ":" in address else address
    use_loopback(False)
    with pytest.raises(NotSent):
        fetch(f"https://{shown}/")


@pytest.mark.parametrize("address", ["8.8.8.8", "145.100.190.243", "2001:610:108:203b::243", "2606:4700::1111"])
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://2130706433/", "host"),
        ("https://0x7f000001/", "host"),
        ("https://0177.0.0.1/", "host"),
        ("https://127.1/", "host"),
        ("https://0x7f.1/", "host"),
        ("https://10.0.0.1/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[fe80::1%25eth0]/", "host"),
        ("https://[::1/", "address"),
        ("https:///pad", "host"),
        ("https://een..twee/", "host"),
        ("https://-a.example/", "host"),
        ("https://a_b\x00.example/", "address"),
        ("https://goed.example@127.0.0.1/", "user_info"),
        ("https://wie:geheim@goed.example/", "user_info"),
        ("https://goed.example\\@127.0.0.1/", "address"),
        ("https://goed.example:99999/", "address"),
        ("https://goed.example:x/", "address"),
        ("https://goed.example/a b", "address"),
        ("https://goed.example/\r\nX: 1", "address"),
        ("https://goed.example/é", "address"),
        ("https://goed.example/" + "a" * 2000, "address"),
        ("http://goed.example/", "scheme"),
        ("ftp://goed.example/", "scheme"),
        ("file:///etc/passwd", "host"),
        ("gopher://goed.example/", "scheme"),
        ("//goed.example/", "scheme"),
        ("goed.example", "host"),
        ("", "host"),
    ],
)
def test_what_is_no_ordinary_address_is_refused_before_anything_is_looked_up(address: str, reason: str) -> None:
    with pytest.raises(NotSent) as refused:
        read_address(address, loopback=True)
    assert refused.value.reason == reason


@pytest.mark.parametrize("address", ["http://localhost/", "http://127.0.0.1:81/", "http://[::1]/"])
def test_this_very_machine_only_when_it_was_allowed(address: str) -> None:
    with pytest.raises(NotSent):
        read_address(address)
    assert read_address(address, loopback=True).host in {"localhost", "127.0.0.1", "::1"}


def test_digits_of_another_script_are_read_as_what_they_stand_for() -> None:
    assert read_address("https://①②⑦.0.0.1/", loopback=True).host == "127.0.0.1"
    use_loopback(False)
    with pytest.raises(NotSent):
        fetch("https://①②⑦.0.0.1/")


@pytest.mark.parametrize(
    "answers", [["8.8.8.8", "10.0.0.1"], ["169.254.169.254"], ["2606:4700::1111", "::ffff:10.1.1.1"]]
)
def test_a_name_with_one_private_answer_is_refused(answers: list[str]) -> None:
    with pytest.raises(NotSent) as refused:
        pin(read_address("https://goed.example/"), seconds=1, look_up=lambda _host, _port: answers)
    assert refused.value.reason == "private"


def test_a_name_of_this_machine_may_not_lead_elsewhere() -> None:
    target = read_address("http://localhost/", loopback=True)
    with pytest.raises(NotSent):
        pin(target, seconds=1, loopback=True, look_up=lambda _host, _port: ["10.0.0.1"])


def test_a_name_nobody_has() -> None:
    with pytest.raises(NoAnswer) as wrong:
        pin(read_address("https://bestaat-niet.invalid/"), seconds=5)
    assert wrong.value.reason in {"unknown_host", "time"}
