"""Who acts in a run: people of the factories of the tests, signed in over the network."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from matchmaker.accounts.models import Account
from matchmaker.database import db
from soak.browser import Answer, Browser
from tests.factories.people import PASSWORD


def browser_of(person: Account | str, port: int, *, number: int = 0) -> Browser:
    """Someone signed in, from an address of their own. A person must be committed."""
    email = person if isinstance(person, str) else person.email
    db.session.remove()
    browser = Browser(port, address=f"127.1.{number // 250}.{number % 250 + 1}")
    browser.get("/inloggen")
    answer = browser.post("/inloggen", {"email": email, "password": PASSWORD})
    if answer.status != 302:
        raise RuntimeError(f"could not sign in: {answer.status} {answer.text[:300]}")
    browser.token = ""
    return browser


def at_once(acts: Sequence[Callable[[], Answer]], pool: ThreadPoolExecutor) -> list[Answer]:
    """Let all act at the same moment."""
    gate = threading.Barrier(len(acts))

    def act(do: Callable[[], Answer]) -> Answer:
        gate.wait()
        return do()

    return list(pool.map(act, acts))
