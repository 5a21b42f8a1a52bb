"""Bad input gets a clear answer: never a 5xx, never over two seconds, nothing lost of what was typed.

Every form of the demo, found by walking it as each role, gets every hostile value, each time in another field; every
address that is read gets them in its question. Each request is rolled back, so that one does not clear the way for
the next.
"""

import io
import os
import zipfile

import pytest
from werkzeug.test import TestResponse

from matchmaker.vocabulary import Role
from tests.factories.forms import Input, PageReader, encoded
from tests.house_rules.grounds import Grounds

EVERY = 1 if os.environ.get("HOSTILE_ALL") == "1" else 4
"""Every how manieth value a form gets, another start for each form; HOSTILE_ALL=1 sends all of them, in minutes."""
SECONDS = 2.0
"""Of the processor, so that other work on the machine does not count."""
VALUES = {
    "a NUL byte": "a\0b",
    "half a character": "a\ud800b",
    "a megabyte": "x" * 1_000_000,
    "10^30": "1" + "0" * 30,
    "more digits than a float": "9" * 400,
    "five thousand digits": "9" * 5000,
    "minus one": "-1",
    "zero": "0",
    "ten thousand": "10000",
    "a range the wrong way": "36-24",
    "emoji": "😀🏳️‍🌈",
    "right to left": "\u202eabc\u200f",
    "a script": "\"><script>alert(1)</script>'",
    "a formula": "=cmd|'/C calc'!A0",
    "a line too many": "x\r\nBcc: evil@x.example",
    "an unknown code": "bestaat-niet",
    "an id beyond 2^63": str(2**63 + 1),
    "an id beyond 2^31": str(2**31),
    "a date that does not exist": "2027-02-30",
    "an hour that does not exist": "2027-03-28T02:30",
    "not a number": "NaN",
    "infinity": "1e9999",
    "a digit of another script": "١٢",
    "a power": "²",
    "only spaces": "   ",
    "nothing": "",
    "the last date": "9999-12-31",
    "a noncharacter": "a\uffff\ufffeb",
    "a template": "{{ 7*7 }}%s%(x)s",
}
MANGLED = {"missing": [], "two where one is expected": ["a", "b"]}


def wrong(what: str, answer: TestResponse, seconds: float) -> list[str]:
    if answer.status_code >= 500 or seconds > SECONDS:
        return [f"{answer.status_code} after {seconds:.1f} s: {what}"]
    return []


def test_the_walk_found_the_forms(grounds: Grounds) -> None:
    """Else the tests below would pass without sending anything."""
    assert len(grounds.targets) > 60
    assert len(grounds.pages) > 60


def test_no_value_in_any_field_breaks_a_form(grounds: Grounds) -> None:
    failures: list[str] = []
    for place, target in enumerate(grounds.targets):
        names = [each.name for each in target.form.typed()]
        for number, (what, value) in enumerate({**VALUES, **MANGLED}.items()):
            if (place + number) % EVERY:
                continue
            values = value if isinstance(value, list) else [value]
            at = [names[(place + number) // EVERY % len(names)]] if names else []
            sent = grounds.post(target, **dict.fromkeys(at, values))
            failures += wrong(f"{what} in {at} of {target.form.action} as {target.role}", *sent)
        everywhere = grounds.post(target, **dict.fromkeys(names, [VALUES["only spaces"]]))
        failures += wrong(f"spaces everywhere in {target.form.action} as {target.role}", *everywhere)
    assert not failures, "\n".join(failures)


def test_no_key_or_version_of_a_form_breaks_it(grounds: Grounds) -> None:
    failures: list[str] = []
    for target in grounds.targets:
        for name in {"version", "submission_key"} & target.form.inputs.keys():
            for what in ("half a character", "10^30") if EVERY > 1 else VALUES:
                sent = grounds.post(target, **{name: [VALUES[what]]})
                failures += wrong(f"{what} as {name} of {target.form.action}", *sent)
    assert not failures, "\n".join(failures)


def test_no_question_in_an_address_breaks_a_page(grounds: Grounds) -> None:
    failures: list[str] = []
    shorter = [value[:5000] for value in VALUES.values()]
    for place, (path, (role, names)) in enumerate(grounds.pages.items()):
        asked = sorted(names | {"bladzijde", "pagina", "q", "next", "taal"})
        for turn in range(0, len(shorter), 4 * EVERY):
            pairs = [(name, shorter[(place + turn + at) % len(shorter)]) for at, name in enumerate(asked)]
            usable = [pair for pair in pairs if "\0" not in pair[1] and "\ud800" not in pair[1]]
            for question in (usable, pairs[:1]):
                sent = grounds.ask(role, f"{path}?{encoded(question).decode()}")
                failures += wrong(f"{path}?{question!r:.200}", *sent)
    assert not failures, "\n".join(failures)


def test_nothing_is_lost_of_what_was_typed(grounds: Grounds) -> None:
    """A text that is too long in one field: the answer names the field in Dutch and keeps the others."""
    lost, tried = [], 0
    for target in grounds.targets:
        texts = [each for each in target.form.typed() if each.kind in {"text", "textarea", "search"}]
        for field in texts:
            sent = {each.name: [f"bewaar {each.name} dit"] for each in texts}
            answer, _ = grounds.post(target, **{**sent, field.name: ["te lang " * 3000]})
            if answer.status_code != 200:
                continue
            tried += 1
            if 'aria-invalid="true"' not in answer.text and "error" not in answer.text:
                lost.append(f"no error: {field.name} of {target.form.action}")
            lost += [
                f"{each.name} of {target.form.action}, beside {field.name}"
                for each in _still_asked(texts, answer.text)
                if each is not field and f"bewaar {each.name} dit" not in answer.text
            ]
    assert not lost, "\n".join(lost)
    assert tried > 20


def _still_asked(texts: list[Input], page: str) -> list[Input]:
    return [each for each in texts if f'name="{each.name}"' in page]


def _packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def files() -> dict[str, tuple[str, bytes]]:
    """Name and content of files that are not what they say, or much more."""
    workbook = _packed(xl__workbook=b"<workbook/>", xl__sharedStrings=b"<si><t/></si>" * 3_000_000)
    return {
        "a program": ("aanbod.csv", b"MZ\x90\x00" + b"\x00" * 200),
        "a picture": ("aanbod.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 200),
        "text called Excel": ("aanbod.xlsx", b"soort;titel\r\nlezing;Iets\r\n"),
        "a zip called CSV": ("aanbod.csv", _packed(readme=b"niets")),
        "a bomb": ("aanbod.xlsx", workbook),
        "zeros": ("aanbod.xlsx", _packed(xl__workbook=b"<workbook/>", xl__big=b"\0" * 40_000_000)),
        "half a workbook": ("aanbod.xlsx", workbook[: len(workbook) // 2]),
        "damaged": ("aanbod.xlsx", workbook[:60] + b"\xff" * 20 + workbook[80:]),
        "nothing": ("aanbod.csv", b""),
        "one long line": ("aanbod.csv", b";" * 400_000),
        "a path": ("../../../etc/passwd\0.csv", b"\xff\xfe\x00"),
    }


@pytest.mark.parametrize("what", files())
def test_a_file_that_is_not_its_name_is_refused_in_words(grounds: Grounds, what: str) -> None:
    name, content = files()[what]
    page = grounds.browsers[Role.LECTURER].get("/school/vragen/importeren").text
    form = next(each for each in PageReader(page).forms if each.upload)
    data = {**dict(form.pairs()), "file": (io.BytesIO(content), name)}
    answer, seconds = grounds.ask(Role.LECTURER, "/school/vragen/importeren", method="POST", data=data)
    assert answer.status_code == 200
    assert seconds < SECONDS
    said = answer.text.partition("-fout")[2][:400]
    assert 'aria-invalid="true"' in answer.text
    assert "estand" in said or "Excel" in said or "inhoud" in said, said
