"""What the elements of a document fetch or start when it opens: fields, formulas, links, references, connections."""

from collections.abc import Callable

from matchmaker.errors import InvalidValue
from matchmaker.files.elements import Elements, Started, is_plain, local
from matchmaker.files.fields import Fields, check_code
from matchmaker.files.formulas import WORDS, check_formula
from matchmaker.files.references import is_command, is_outward

MOST_MARKS = 5_000_000
"""Elements and attributes (`<` and `=`) of the parts that are read."""
MOST_TEXTS = 200_000
"""Fields, formulas and references. Both bounds are of one document: these are what takes time."""
_WORDS = (
    b"INSTRTEXT", b"FLDSIMPLE", b"DDELINK", b"OLELINK", b"DBPR", b"OLAPPR", b"WEBPR", b"TEXTPR", b"HREF",
    b"EVENT-LISTENER", b"<SCRIPT", b":SCRIPT", b"EXECUTE-MACRO", b"DDE-", b"OBJECT-OLE", b"IMAGE-DATA", b"IMAGEDATA",
)  # fmt: skip
"""In a part without any of these, in capitals, stands nothing that is looked for, save formulas."""
_PROGRAMS = {
    "ddeLink", "oleLink", "dde-source", "dde-connection-decl", "dde-link", "execute-macro", "object-ole", "script",
}  # fmt: skip
_FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"}
_LEADS = {"a", "area-circle", "area-polygon", "area-rectangle", "event-listener", "form", "template"}
"""Elements whose reference is followed only when someone asks for it."""
_HREF = "http://www.w3.org/1999/xlink}href"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_CELL_FORMULA = f"{_ODF}table:1.0}}formula"
_WORKBOOK_ITSELF = "Data Model Connection"

Rule = Callable[[dict[str, str]], None]


class Contents:
    """Looks at the parts of one document, within bounds. Raises InvalidValue at `field`."""

    def __init__(self, field: str) -> None:
        self.field = field
        self._marks_left = MOST_MARKS
        self._texts_left = MOST_TEXTS

    def read(self, inside: bytes, started: Started) -> None:
        """Call `started` with every element of a part."""
        self.read_with(Elements(started, field=self.field), inside)

    def check(self, inside: bytes, *, strict: bool) -> None:
        """Look at what stands in a part. Of one that is not `strict` nothing counts from where it is broken."""
        capitals = inside.upper() if is_plain(inside) else None
        formulas = capitals is None or any(word in capitals for word in WORDS)
        if capitals is not None and not formulas and not any(word in capitals for word in _WORDS):
            return
        del capitals
        try:
            _Part(self, formulas=formulas).check(inside)
        except InvalidValue as error:
            if strict or error.reason != "file_broken":
                raise

    def read_with(self, elements: Elements, inside: bytes) -> None:
        self._marks_left -= inside.count(b"<") - inside.count(b"</") + inside.count(b"=")
        if self._marks_left < 0:
            raise InvalidValue(self.field, "file_too_full")
        elements.read(inside)

    def count_text(self) -> None:
        self._texts_left -= 1
        if self._texts_left < 0:
            raise InvalidValue(self.field, "file_too_full")


class _Part:
    """One part; `formulas` says whether its formulas have to be read."""

    def __init__(self, contents: Contents, *, formulas: bool) -> None:
        self._contents, self._field, self._formulas = contents, contents.field, formulas
        self._fields = Fields(contents.field)
        self._elements = Elements(self._start, field=contents.field)
        self._rules: dict[str, Rule | None] = {}

    def check(self, inside: bytes) -> None:
        self._contents.read_with(self._elements, inside)
        self._fields.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        try:
            rule = self._rules[name]
        except KeyError:
            rule = self._rules[name] = self._rule_of(name)
        if rule:
            rule(attributes)
        if _HREF in attributes:
            self._contents.count_text()
            self._check_href(local(name), attributes[_HREF])
        if self._formulas and _CELL_FORMULA in attributes:
            self._contents.count_text()
            check_formula(attributes[_CELL_FORMULA], field=self._field)

    def _rule_of(self, name: str) -> Rule | None:
        origin, _, own = name.rpartition("}")
        if own in _PROGRAMS:
            return self._refuse_program
        if own == "event-listener":
            return self._check_click if "presentation" in origin else self._refuse_program
        if own in _FORMULAS and ("spreadsheetml" in origin or "office/excel" in origin):
            return self._hold_formula if self._formulas else None
        if own in {"image", "feImage", "use"} and origin.endswith("/svg"):
            return lambda attributes: self._check_loads(attributes.get("href", ""))
        rules: dict[str, Rule] = {
            "instrText": self._hold_code, "delInstrText": self._hold_code, "fldChar": self._mark_field,
            "fldSimple": self._check_field, "dbPr": self._check_connection, "olapPr": self._refuse_elsewhere,
            "webPr": self._refuse_elsewhere,
            "textPr": lambda attributes: self._check_loads(attributes.get("sourceFile", "")),
            "imagedata": lambda attributes: self._check_loads(attributes.get("src", "")),
            "button": self._check_image_data, "image": self._check_image_data,
        }  # fmt: skip
        return rules.get(own)

    def _refuse_program(self, _: dict[str, str]) -> None:
        raise InvalidValue(self._field, "file_with_program")

    def _refuse_elsewhere(self, _: dict[str, str]) -> None:
        raise InvalidValue(self._field, "file_with_elsewhere")

    def _check_loads(self, target: str) -> None:
        if is_outward(target):
            raise InvalidValue(self._field, "file_with_elsewhere")

    def _check_href(self, own: str, target: str) -> None:
        if is_command(target):
            raise InvalidValue(self._field, "file_with_program")
        if own not in _LEADS:
            self._check_loads(target)

    def _check_image_data(self, attributes: dict[str, str]) -> None:
        self._check_loads(attributes.get(f"{_ODF}form:1.0}}image-data", ""))

    def _check_click(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_ODF}presentation:1.0}}action") in {"execute", "macro"}:
            raise InvalidValue(self._field, "file_with_program")

    def _check_connection(self, attributes: dict[str, str]) -> None:
        if attributes.get("connection") != _WORKBOOK_ITSELF:
            raise InvalidValue(self._field, "file_with_elsewhere")

    def _hold_formula(self, _: dict[str, str]) -> None:
        self._contents.count_text()
        self._elements.hold_text(lambda text: check_formula(text, field=self._field))

    def _hold_code(self, _: dict[str, str]) -> None:
        self._contents.count_text()
        self._elements.hold_text(self._fields.write)

    def _mark_field(self, attributes: dict[str, str]) -> None:
        self._contents.count_text()
        self._fields.mark(_said(attributes, "fldCharType"))

    def _check_field(self, attributes: dict[str, str]) -> None:
        self._contents.count_text()
        check_code(_said(attributes, "instr"), field=self._field)


def _said(attributes: dict[str, str], own: str) -> str:
    """The attribute of this name, wherever it comes from."""
    return next((said for name, said in attributes.items() if local(name) == own), "")
