"""A password that leaked is not chosen again: looked up in a file, without reading it whole and without a network."""

import hashlib
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from config import ConfigurationError, read_settings
from matchmaker.accounts import breached
from matchmaker.accounts.breached import holds, is_breached, use_breached
from matchmaker.accounts.passwords import check_strength, verify_password
from matchmaker.errors import InvalidValue
from matchmaker.links.actions import make_link, token_of
from matchmaker.links.models import Purpose
from tests.factories import people
from tests.factories.client import Client

LEAKED = "mijn kat eet graag kaas"
FREE = "vier gewone woorden samen"
REFUSED = "Dit wachtwoord staat in een lijst van gelekte wachtwoorden."
DIGESTS = st.integers(0, 16**40 - 1).map(lambda number: f"{number:040X}".encode())


def digest(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def written(file: Path, digests: list[str]) -> Path:
    file.write_bytes("".join(f"{each}:{number + 1}\r\n" for number, each in enumerate(digests)).encode())
    return file


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Some thousands of leaked passwords, as the list is delivered."""
    leaked = [digest(f"leaked-{number}") for number in range(3000)]
    use_breached(str(written(tmp_path / "pwned.txt", sorted([digest(LEAKED), *leaked]))))
    yield tmp_path / "pwned.txt"
    use_breached("")


@given(
    st.sets(DIGESTS, max_size=60), DIGESTS, st.lists(st.integers(1, 10**10), min_size=60, max_size=60),
    st.sampled_from([b"\n", b"\r\n"]), st.booleans(),
)  # fmt: skip
def test_every_digest_in_a_file_is_found_and_no_other(
    digests: set[bytes], other: bytes, counts: list[int], end: bytes, ended: bool
) -> None:
    lines = end.join(b"%b:%d" % pair for pair in zip(sorted(digests), counts, strict=False)) + end * ended
    content = lines if digests else b""
    assert all(holds(io.BytesIO(content), each) for each in digests)
    assert holds(io.BytesIO(content), other) is (other in digests)


def test_a_large_file_is_read_in_few_places(file: Path) -> None:
    class Counted(io.BytesIO):
        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            assert size == breached.LONGEST_LINE
            return super().readline(size)

    lines = Counted(file.read_bytes())
    assert holds(lines, digest("leaked-17").encode()) and not holds(lines, b"0" * 40)
    assert lines.asked < 2 * 2 * len(bin(len(lines.getvalue())))


def test_a_leaked_password_is_refused_beside_the_field_wherever_one_is_chosen(client: Client, file: Path) -> None:
    person = people.account()
    link = token_of(make_link(Purpose.PASSWORD, subject_id=person.id, account_id=person.id, days=1))
    client.sign_in(person)
    for path, field in (("/account/wachtwoord", "password"), (f"/wachtwoord/{link}", "password")):
        page = client.post(path, data={"current": people.PASSWORD, field: LEAKED}).text
        assert REFUSED in page and f'id="{field}-fout"' in page and LEAKED not in page
    assert verify_password(person.password_hash, people.PASSWORD)
    with pytest.raises(InvalidValue, match="breached"):
        check_strength(LEAKED)
    check_strength(FREE)
    assert client.post("/account/wachtwoord", data={"current": people.PASSWORD, "password": FREE}).status_code == 302


def test_without_a_file_nothing_is_looked_up(app: Flask) -> None:
    assert not is_breached(LEAKED)
    check_strength(LEAKED)


@pytest.mark.parametrize("content", [None, "x" * 10_000, f"{'A' * 39}:1\n"])
def test_a_file_that_went_away_or_broke_keeps_nobody_from_choosing_and_is_told(
    client: Client, file: Path, caplog: pytest.LogCaptureFixture, content: str | None
) -> None:
    client.sign_in(people.account())
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    with caplog.at_level(logging.ERROR):
        answer = client.post("/account/wachtwoord", data={"current": people.PASSWORD, "password": LEAKED})
    assert answer.status_code == 302
    assert [each.partition(": ")[0] for each in caplog.messages] == [
        "the file of passwords known from breaches cannot be used"
    ]
    assert LEAKED not in caplog.text and str(file) not in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        None, "", "geen lijst\n", "5BAA61E4C9B93F3F0682250B6CF8331B:3\n", f"{'a' * 40}:1\n", f"{'A' * 40}\n",
        "".join(f"{each}:1\n" for each in sorted(map(digest, "abcdefghij"), reverse=True)),
        "".join(f"{digest(str(number))}:{1000 - number}\n" for number in range(1000)),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_list_stops_the_start(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "pwned.txt"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigurationError, match=r"^PWNED_PASSWORDS must [^\n]+$"):
        read_settings({"PWNED_PASSWORDS": str(file)})


def test_a_list_as_it_is_delivered_is_taken_at_the_start(tmp_path: Path) -> None:
    for number in (1, 2, 3, 7, 50, 5000):
        file = written(tmp_path / f"{number}.txt", sorted(digest(str(each)) for each in range(number)))
        assert read_settings({"PWNED_PASSWORDS": str(file)}).pwned_passwords == str(file)
