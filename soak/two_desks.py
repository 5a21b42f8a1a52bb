"""Two officers change the same text at the same moment: one is kept, the other sees both and keeps what was typed.

`python -m soak.two_desks --rounds 500`, on each database. After that the other sends it again with open eyes.
"""

import re
import secrets
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import unescape

from matchmaker.database import db
from matchmaker.organisations.models import Organisation
from matchmaker.vocabulary import Role
from soak.browser import Answer, Browser
from soak.ground import asked, ground, percentile, serving, tell
from soak.people import at_once, browser_of
from tests.factories import people

PATH = "/gemeente/over-ons"
VERSION = re.compile(r'name="version"[^>]*value="([0-9]+)"')
TYPED = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.S)
OVERTAKEN = "Iemand anders heeft dit intussen veranderd"


def change(browser: Browser, page: Answer, text: str) -> Answer:
    """Send the text as typed on this page."""
    found = VERSION.search(page.text)
    values = {"about": text, "version": found[1] if found else "", "submission_key": secrets.token_hex(16)}
    return browser.post(PATH, values)


def kept_text(organisation: int) -> str:
    text = db.session.get_one(Organisation, organisation).about
    db.session.remove()
    return text


def run(kind: str, port: int, rounds: int) -> bool:
    home = people.municipality(theme="polder")
    emails = [people.member(Role.OFFICER, home).email for _ in range(2)]
    db.session.commit()
    organisation = home.id
    officers = [browser_of(email, port, number=number) for number, email in enumerate(emails)]
    heard, durations = Counter[int](), list[float]()
    one_kept = both_shown = kept_again = 0
    with ThreadPoolExecutor(2) as pool:
        for number in range(rounds):
            pages = [browser.get(PATH) for browser in officers]
            texts = [f"Ronde {number} van {who} {secrets.token_hex(6)}" for who in ("de een", "de ander")]
            acts = [lambda each=each: change(*each) for each in zip(officers, pages, texts, strict=True)]
            answers = at_once(acts, pool)
            heard.update(each.status for each in answers)
            durations += [each.seconds for each in answers]
            won = [index for index, each in enumerate(answers) if each.status == 302]
            if len(won) != 1 or kept_text(organisation) != texts[won[0]]:
                continue
            one_kept += 1
            lost, answer = 1 - won[0], answers[1 - won[0]]
            typed = unescape(" ".join(TYPED.findall(answer.text)))
            both_shown += OVERTAKEN in answer.text and texts[lost] in typed and texts[won[0]] in answer.text
            again = change(officers[lost], answer, texts[lost])
            kept_again += again.status == 302 and kept_text(organisation) == texts[lost]
    promises = {
        "one is kept in each round": one_kept == rounds,
        "the other sees both and keeps the text": both_shown == rounds,
        "and can keep it with open eyes": kept_again == rounds,
        "no 5xx": all(0 < status < 500 for status in heard),
    }
    return tell(
        "two_desks", promises, database=kind, rounds=rounds, heard=dict(heard), one_kept=one_kept,
        both_shown=both_shown, p95_ms=percentile(durations, 0.95),
    )  # fmt: skip


def main() -> int:
    given = asked(__doc__, rounds=500)
    kept = True
    for kind in given.databases:
        with ground(kind) as here, here.app(), serving(here, processes=2) as server:
            kept &= run(kind, server.port, given.rounds)
    return not kept


if __name__ == "__main__":
    sys.exit(main())
