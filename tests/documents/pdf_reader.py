"""Reads a PDF as a screen reader does: the structure in its order, with the text that each part marks."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


@dataclass
class Element:
    """One part of the structure: its tag, the text in it alone, what is below it, and its attributes."""

    tag: str
    text: str = ""
    children: list["Element"] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    has_alternative: bool = False
    language: str = ""
    places: list["Place"] = field(default_factory=list)

    def whole_text(self) -> str:
        return self.text + "".join(child.whole_text() for child in self.children)

    def every_place(self) -> list["Place"]:
        """Where each piece of it stands on paper, in reading order."""
        return self.places + [place for child in self.children for place in child.every_place()]

    def all(self, *tags: str) -> list["Element"]:
        """Every part below with one of these tags, in reading order."""
        found = [self] if self.tag in tags else []
        return found + [each for child in self.children for each in child.all(*tags)]


@dataclass(frozen=True)
class Place:
    """Where a marked piece begins: the page, and points from the left and from the bottom of it."""

    page: int
    left: float
    bottom: float


@dataclass(frozen=True)
class Mark:
    """Where a piece of content begins: its number in the structure, and what it says when the letters do not."""

    number: int | None
    actual_text: str
    is_decoration: bool

    @classmethod
    def begun_by(cls, operands: Any) -> "Mark":
        values = operands[1] if len(operands) > 1 else {}
        number = int(values["/MCID"]) if "/MCID" in values else None
        said = str(values["/ActualText"]) if "/ActualText" in values else ""
        return cls(number, said, str(operands[0]) == "/Artifact")


class Pen:
    """Where on the page the next letters come."""

    def __init__(self) -> None:
        self._drawn, self._written = pikepdf.Matrix(), pikepdf.Matrix()
        self._kept: list[pikepdf.Matrix] = []

    def follow(self, operator: str, operands: Any) -> None:
        if operator == "q":
            self._kept.append(self._drawn)
        elif operator == "Q":
            self._drawn = self._kept.pop()
        elif operator == "cm":
            self._drawn = pikepdf.Matrix(*map(float, operands)) @ self._drawn
        elif operator == "Tm":
            self._written = pikepdf.Matrix(*map(float, operands))

    @property
    def place(self) -> tuple[float, float]:
        """Points from the left and from the bottom."""
        here = self._written @ self._drawn
        return here.e, here.f


@dataclass
class ReadDocument:
    """What the tests ask of a document."""

    root: Element
    language: str
    title: str
    shows_title: bool
    marked: bool
    standards: dict[str, str]
    unembedded_fonts: list[str]
    unmarked_text: str
    pages: int


def read_pdf(content: bytes) -> ReadDocument:
    """Everything the tests ask of a PDF; raises when it is damaged."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        marked, places, unmarked = _marked_text(pdf)
        with pdf.open_metadata() as metadata:
            standards = {
                "pdfa": metadata.get("pdfaid:part", "") + metadata.get("pdfaid:conformance", ""),
                "pdfua": metadata.get("pdfuaid:part", ""),
            }
            title = metadata.get("dc:title", "")
        root = pdf.Root
        return ReadDocument(
            root=_element(_listed(root.StructTreeRoot.K)[0], None, marked, places),
            language=str(root.get("/Lang", "")),
            title=title,
            shows_title=bool(root.ViewerPreferences.get("/DisplayDocTitle", False)),
            marked=bool(root.MarkInfo.Marked),
            standards=standards,
            unembedded_fonts=_unembedded(pdf),
            unmarked_text=unmarked.strip(),
            pages=len(pdf.pages),
        )


Pieces = dict[tuple[Any, int], str]
Places = dict[tuple[Any, int], Place]


def _element(node: Any, page: Any, marked: Pieces, places: Places) -> Element:
    page = node.get("/Pg", page)
    made = Element(str(node.S).lstrip("/"), has_alternative="/Alt" in node, language=str(node.get("/Lang", "")))
    for entry in _listed(node.get("/A")):
        made.attributes |= {str(name).lstrip("/"): str(value) for name, value in entry.items()}
    for child in _listed(node.get("/K")):
        if not isinstance(child, int) and "/S" in child:
            made.children.append(_element(child, page, marked, places))
            continue
        key = (page.objgen, child) if isinstance(child, int) else _key(child, page)
        made.text += marked.get(key, "")
        made.places += [places[key]] if key in places else []
    return made


def _key(child: Any, page: Any) -> tuple[Any, int]:
    return child.get("/Pg", page).objgen, int(child.get("/MCID", -1))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _marked_text(pdf: pikepdf.Pdf) -> tuple[Pieces, Places, str]:
    """The text and the place of every marked piece by page and number, and the text that is neither marked nor
    decoration."""
    marked: Pieces = defaultdict(str)
    places: Places = {}
    unmarked = ""
    for at, page in enumerate(pdf.pages):
        for number, text, (left, bottom) in _shown(page):
            if number is None:
                unmarked += text
            else:
                marked[page.objgen, number] += text
                places.setdefault((page.objgen, number), Place(at, left, bottom))
    return marked, places, unmarked


def _shown(page: Any) -> Iterator[tuple[int | None, str, tuple[float, float]]]:
    """What a page shows, piece by piece, with the number of its mark and where; decoration is left out."""
    maps = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    marks: list[Mark] = []
    current: dict[int, str] = {}
    pen = Pen()
    for operands, operator in pikepdf.parse_content_stream(page):
        name, text = str(operator), ""
        pen.follow(name, operands)
        if name in {"BDC", "BMC"}:
            marks.append(Mark.begun_by(operands))
            text = marks[-1].actual_text
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            current = maps[str(operands[0])]
        elif name in {"Tj", "TJ"} and not any(mark.actual_text for mark in marks):
            text = _decoded(operands[0], current)
        if text and not any(mark.is_decoration for mark in marks):
            yield next((mark.number for mark in reversed(marks) if mark.number is not None), None), text, pen.place


def _decoded(shown: Any, to_unicode: dict[int, str]) -> str:
    pieces = (
        [shown] if isinstance(shown, pikepdf.String) else [each for each in shown if isinstance(each, pikepdf.String)]
    )
    codes = b"".join(bytes(piece) for piece in pieces)
    return "".join(to_unicode.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2))


def _to_unicode(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            found |= {int(code, 16): _utf16(text) for code, text in _PAIR.findall(body)}
            continue
        for first, last, text in _RANGE.findall(body):
            codes = range(int(first, 16), int(last, 16) + 1)
            found |= {code: chr(ord(_utf16(text)) + step) for step, code in enumerate(codes)}
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def _unembedded(pdf: pikepdf.Pdf) -> list[str]:
    names = set()
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()) or "/ToUnicode" not in font:
                names.add(str(font.BaseFont))
    return sorted(names)
