"""A document takes its time to look at and no more, whatever is put in it."""

from time import process_time

import pytest

from matchmaker.files import contents, elements
from tests.factories.office import W, field, refused, run, word, zipped


def test_a_document_as_large_as_may_be_is_looked_at_in_time() -> None:
    """Both as it is written and as it would be written to keep the server busy. Two seconds of work, and as much again
    for a machine that is slower."""
    line = "<w:p><w:r><w:t>Een regel van een heel lang verslag met wat woorden.</w:t></w:r></w:p>"
    size = 59 * 1024 * 1024
    many = {
        "an ordinary text": (field(" PAGE ") + line * (size // len(line)), None),
        "fields": (field(" PAGE ") * (size // len(field(" PAGE "))), "file_too_full"),
        "elements": (run("x") + "<a/>" * (size // 4), "file_too_full"),
        "names": (run("x") + "".join(f"<a{n}/>" for n in range(1_000_000)), "file_too_full"),
        "one long tag": (run("x") + f'<a b="{"x" * size}"/>', "file_too_full"),
    }
    for what, (inside, reason) in many.items():
        content = word(inside)
        start = process_time()
        assert (what, refused(content)) == (what, reason)
        assert process_time() - start < 4, what


def test_the_bounds_are_of_a_document_and_not_of_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_TEXTS", 11)
    two = {f"word/header{n}.xml": f"<w:p {W}>{field(' PAGE ')}</w:p>".encode() for n in range(2)}
    assert refused(word("x", **two)) is None
    assert refused(word(field(" PAGE ") * 2, **two)) == "file_too_full"


def test_a_name_that_would_be_written_out_for_every_element_is_refused() -> None:
    long = f'<a xmlns="{"u" * (elements.LONGEST_ORIGIN + 1)}" href=""/>'
    assert refused(zipped({"word/document.xml": long})) == "file_broken"


def test_a_part_that_declares_what_every_element_has_is_refused() -> None:
    """It would be written out for every element."""
    declared = '<!DOCTYPE a [<!ATTLIST a b CDATA "">]><a href=""/>'
    assert refused(zipped({"word/document.xml": declared})) == "file_broken"
