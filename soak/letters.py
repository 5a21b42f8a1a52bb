"""Every letter leaves and is recorded once, though the worker is killed and the mail server drops and delays.

`python -m soak.letters --letters 5000 --kills 100`. The lease of a dead worker (five minutes) and the waiting after a
refusal are not waited for: what is due later is made due when a worker was killed, as if that time had passed.
"""

import asyncio
import atexit
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import suppress

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from config import ROOT
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.mail.actions import queue_letter
from matchmaker.mail.models import Letter, LetterStatus, Topic
from soak.ground import Ground, asked, free_port, ground, tell

BEATS = (0.2, 1.5)
"""Seconds a worker lives after its first letter, at least and at most."""
REFUSED = "weg"


class Postbox:
    """Keeps what it took. Of a hundred letters it drops four before taking them, four after, and puts off four."""

    def __init__(self) -> None:
        self.chance = random.Random(1)
        self.taken: dict[str, list[str]] = defaultdict(list)

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        if address.startswith(REFUSED):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        fate = self.chance.random()
        if fate < 0.04:
            server.transport.close()
            return "421 gone"
        if fate < 0.08:
            return "451 later"
        if fate < 0.2:
            await asyncio.sleep(0.05)
        head = (envelope.content or b"").partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
        number = next(line for line in head.splitlines() if line.lower().startswith("message-id:"))
        self.taken[number.split(":", 1)[1].strip().split("@")[0].strip("<")].append(envelope.rcpt_tos[0])
        if fate > 0.96:
            server.transport.close()
        return "250 OK"


def queue(number: int) -> None:
    """So many letters, one in a hundred to an address that is refused; and as many of a change that is rolled back."""
    for each in range(number):
        who = REFUSED if each % 100 == 7 else "lezer"
        queue_letter(
            "digest", topic=Topic.ACCOUNT, address=f"{who}{each}@post.example", name="Lezer", entries=[], path="/"
        )
        if each % 500 == 499:
            db.session.commit()
    db.session.commit()
    for each in range(50):
        queue_letter("digest", topic=Topic.ACCOUNT, address=f"nooit{each}@post.example", entries=[], path="/")
    db.session.flush()
    db.session.rollback()


def waiting() -> int:
    number = db.session.scalar(select(func.count(Letter.id)).where(Letter.status == LetterStatus.QUEUED)) or 0
    db.session.remove()
    return number


def let_time_pass() -> None:
    """What is due later is due now; when a worker holds some of it, another time."""
    with suppress(OperationalError):
        db.session.execute(update(Letter).where(Letter.status == LetterStatus.QUEUED).values(next_attempt_at=now()))
        db.session.commit()
    db.session.remove()


def worker(here: Ground, port: int) -> subprocess.Popen[bytes]:
    settings = here.environment(SMTP_HOST="127.0.0.1", SMTP_PORT=str(port))
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--pause", "0.1"]
    return subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.DEVNULL)


def run(here: Ground, letters: int, kills: int) -> bool:
    box, chance = Postbox(), random.Random(2)
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    begun = time.monotonic()
    queue(letters)
    killed = 0
    running = worker(here, controller.port)
    atexit.register(lambda: running.kill())
    while waiting():
        at, before = time.monotonic(), sum(map(len, box.taken.values()))
        while sum(map(len, box.taken.values())) == before and time.monotonic() - at < 20 and waiting():
            time.sleep(0.05)
        if killed < kills:
            time.sleep(chance.uniform(*BEATS))
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
            killed += 1
            let_time_pass()
            running = worker(here, controller.port)
        else:
            let_time_pass()
            time.sleep(1)
        if time.monotonic() - begun > 3600:
            break
    running.terminate()
    running.wait(timeout=60)
    controller.stop()
    return judge(here, box, letters, killed, time.monotonic() - begun)


def judge(here: Ground, box: Postbox, letters: int, killed: int, seconds: float) -> bool:
    rows = db.session.execute(select(Letter.message_id, Letter.to_address, Letter.status)).all()
    db.session.remove()
    status = Counter(str(each.status.value) for each in rows)
    to_refuse = {each.message_id for each in rows if each.to_address.startswith(REFUSED)}
    to_send = {each.message_id: each.to_address for each in rows if each.message_id not in to_refuse}
    arrived = {number: set(readers) for number, readers in box.taken.items()}
    unwanted = [who for readers in arrived.values() for who in readers if who.startswith("nooit")]
    promises = {
        "each arrived at least once": to_send.keys() <= arrived.keys(),
        "one record each": len(rows) == len({each.message_id for each in rows}) == letters
        and status == {"sent": len(to_send), "refused": len(to_refuse)},
        "the same Message-ID on a repeat": all({to_send.get(number)} == who for number, who in arrived.items()),
        "none of a change that was rolled back": not unwanted,
        "refused addresses are visible": status["refused"] == len(to_refuse) > 0 or letters < 8,
    }  # fmt: skip
    repeats = sum(len(readers) - 1 for readers in box.taken.values())
    return tell(
        "letters", promises, database=here.kind, letters=letters, kills=killed, arrived=len(arrived), repeats=repeats,
        status=dict(status), seconds=round(seconds),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, letters=5000, kills=100)
    kept = True
    for kind in given.databases:
        with ground(kind) as here, here.app():
            kept &= run(here, given.letters, given.kills)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
