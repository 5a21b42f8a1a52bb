"""What PDF/UA asks of a document and a machine can see, as one check for every document the product makes."""

from tests.documents.pdf_reader import ReadDocument, read_pdf

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def assert_accessible(content: bytes, *, title: str, language: str = "nl-NL") -> ReadDocument:
    """The document, after everything that can be checked was checked."""
    read = read_pdf(content)
    assert read.standards == {"pdfa": "2A", "pdfua": "1"}
    assert (read.title, read.shows_title, read.language, read.marked) == (title, True, language, True)
    assert read.unembedded_fonts == []
    assert read.unmarked_text == ""
    assert_read_as_seen(read)
    _assert_headings(read)
    _assert_tables(read)
    _assert_lists(read)
    assert [each.tag for each in read.root.all("Figure", "Formula") if not each.has_alternative] == []
    return read


def assert_read_as_seen(read: ReadDocument) -> None:
    """What is read later never stands above what was read before it in the same column of paper."""
    lowest: dict[int, tuple[int, float]] = {}
    places = read.root.every_place()
    assert places
    for each in places:
        column, here = round(each.left), (each.page, -each.bottom)
        assert lowest.get(column, (-1, 0.0)) <= here
        lowest[column] = here


def _assert_headings(read: ReadDocument) -> None:
    levels = [int(each.tag[1]) for each in read.root.all(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert [each for each in read.root.all(*HEADINGS) if not each.whole_text().strip()] == []


def _assert_tables(read: ReadDocument) -> None:
    for table in read.root.all("Table"):
        rows = table.all("TR")
        assert {each.tag for each in rows[0].children} == {"TH"}
        assert {each.attributes.get("Scope") for each in rows[0].children} == {"/Column"}
        assert len({len(row.children) for row in rows}) == 1
        assert all(each.attributes.get("Headers") for each in table.all("TD"))


def _assert_lists(read: ReadDocument) -> None:
    for each in read.root.all("L"):
        assert {child.tag for child in each.children} == {"LI"}
