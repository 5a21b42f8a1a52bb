"""docs/security/asvs.md answers each requirement of OWASP ASVS 5.0, levels 1 and 2, once, with what is there."""

import ast
import re
from collections import Counter
from functools import cache

from config import ROOT
from tests.house_rules.asvs_levels import LEVELS

PAGE = ROOT / "docs" / "security" / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$")
ANSWERS = ("test", "does not apply", "deployment", "short")
TEST = re.compile(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`")
PLACE = re.compile(r"`((?:docs|deploy)/[A-Za-z_/.-]+)`(?: \"([^\"]+)\")?")
LEAST_SHARE = 0.65
FIGURES = re.compile(
    r"Of (\d+) requirements (\d+) are answered by a test \((\d+)%\), (\d+) do not apply, (\d+) belong to the "
    r"deployment and (\d+) fall short\. Of the (\d+) that apply, a test answers (\d+)%\."
)


def rows() -> list[tuple[str, int, str, str]]:
    """(id, level, what it asks, answer) of every line of every table."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    found = [ROW.match(line) for line in lines if re.match(r"\| \d", line)]
    assert None not in found, [line for line in lines if re.match(r"\| \d", line) and not ROW.match(line)]
    return [(each[1], int(each[2]), each[3].strip(), each[4].strip()) for each in found if each]


def kind_of(answer: str) -> str:
    return next((kind for kind in ANSWERS if answer.startswith(f"{kind}: ")), "")


@cache
def names_in(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def exists(named: str) -> bool:
    """Whether `path::test_name` is a test of ours."""
    path, _, name = named.partition("::")
    return name.startswith("test_") and name in names_in(path)


def test_every_requirement_of_both_levels_is_answered_once_at_its_level() -> None:
    assert (len(LEVELS), Counter(LEVELS.values())) == (253, {1: 70, 2: 183})
    answered = Counter(number for number, *_ in rows())
    assert [number for number, times in answered.items() if times > 1] == []
    assert {number: level for number, level, *_ in rows()} == LEVELS


def test_there_are_four_kinds_of_answers_and_each_says_enough() -> None:
    assert [(number, answer) for number, _l, _a, answer in rows() if not kind_of(answer)] == []
    assert [number for number, _l, _a, answer in rows() if len(answer.partition(": ")[2]) < 9] == []


def test_every_test_that_is_named_exists() -> None:
    named = [(number, path, name) for number, _l, _a, answer in rows() for path, name in TEST.findall(answer)]
    assert [each for each in named if each[2] not in names_in(each[1])] == []
    without = [number for number, _l, _a, answer in rows() if kind_of(answer) == "test" and not TEST.search(answer)]
    assert without == []


def test_what_belongs_to_the_deployment_is_said_where_one_deploys() -> None:
    missing = []
    for number, _level, _asks, answer in rows():
        if kind_of(answer) != "deployment":
            continue
        places = PLACE.findall(answer)
        for path, words in places:
            file = ROOT / path
            if not file.is_file() or words not in file.read_text(encoding="utf-8"):
                missing.append((number, path, words))
        if not places:
            missing.append((number, "", "no place"))
    assert missing == []


def test_the_share_that_a_test_proves_is_as_it_says_and_large_enough() -> None:
    kinds = Counter(kind_of(answer) for *_rest, answer in rows())
    total = sum(kinds.values())
    applying = total - kinds["does not apply"]
    said = FIGURES.search(PAGE.read_text(encoding="utf-8"))
    assert said is not None
    assert [int(each) for each in said.groups()] == [
        total, kinds["test"], 100 * kinds["test"] // total, kinds["does not apply"], kinds["deployment"],
        kinds["short"], applying, 100 * kinds["test"] // applying,
    ]  # fmt: skip
    assert kinds["test"] / total >= LEAST_SHARE


def test_the_grounds_for_what_does_not_apply_hold() -> None:
    """No part that would make a whole chapter apply is among what is installed to run."""
    lock = (ROOT / "requirements-run.lock").read_text(encoding="utf-8")
    packages = set(re.findall(r"^([a-z0-9._-]+)==", lock, re.M))
    unwanted = {
        "graphene", "graphql-core", "strawberry-graphql", "ariadne", "websockets", "flask-sock", "flask-socketio",
        "python-ldap", "ldap3", "python3-saml", "pysaml2", "pymemcache", "python-memcached", "pylibmc", "aiortc",
        "bleach", "nh3", "markdown", "mistune", "markdown-it-py", "pylatex", "lxml", "elementpath", "twilio",
    }  # fmt: skip
    assert packages & unwanted == set()
