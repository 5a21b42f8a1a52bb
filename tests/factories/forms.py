"""The forms and links of a page, read as a browser reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus

BUTTONS = {"submit", "button", "image", "reset"}
MACHINERY = {"csrf_token", "submission_key", "version"}
"""Fields nobody types in."""
PLAUSIBLE = {"email": "iemand@voorbeeld.example", "number": "2", "date": "2027-03-01", "time": "10:00", "url": ""}


@dataclass
class Input:
    """One field: its name, its kind (the input type, `select` or `textarea`), its values and what may be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    @property
    def filled(self) -> list[str]:
        """What a person would send: what stands there, else the first choice, else something plausible."""
        if self.values or self.kind == "checkbox":
            return self.values
        if self.choices:
            return [next((each for each in self.choices if each), "")]
        return [PLAUSIBLE.get(self.kind, "Een gewone tekst van een mens.")]


@dataclass
class PageForm:
    """Where a form goes, how, and its fields in order."""

    action: str
    method: str
    upload: bool
    inputs: dict[str, Input] = field(default_factory=dict)

    def pairs(self, **replaced: list[str]) -> list[tuple[str, str]]:
        """The fields as sent, some of them replaced."""
        return [(name, value) for name, each in self.inputs.items() for value in replaced.get(name, each.filled)]

    def typed(self) -> Iterator[Input]:
        """The fields a person fills in; files apart."""
        return (each for each in self.inputs.values() if each.name not in MACHINERY and each.kind != "file")


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    """A form body; half characters go as the bytes they would have."""
    return "&".join(
        f"{quote_plus(name, errors='surrogatepass')}={quote_plus(value, errors='surrogatepass')}"
        for name, value in pairs
    ).encode()


class PageReader(HTMLParser):
    """Collects `links` and `forms` of one page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._open: Input | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            upload = given.get("enctype") == "multipart/form-data"
            self._form = PageForm(given.get("action", ""), given.get("method", "get").lower(), upload)
            self.forms.append(self._form)
        elif self._form is not None and tag in {"input", "select", "textarea", "button"}:
            self._add(tag, given)
        elif tag == "option" and self._open is not None:
            self._open.choices.append(given.get("value", ""))
            if "selected" in given:
                self._open.values.append(given.get("value", ""))

    def _add(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name, kind = given.get("name", ""), given.get("type", "text") if tag in {"input", "button"} else tag
        if not name:
            return
        known = self._form.inputs.setdefault(name, Input(name, kind))
        if tag in {"select", "textarea"}:
            self._open = known
        elif kind in {"checkbox", "radio"} or kind in BUTTONS or tag == "button":
            known.choices.append(given.get("value", "on"))
            if "checked" in given:
                known.values.append(given.get("value", "on"))
        elif given.get("value"):
            known.values.append(given["value"])

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._open.kind == "textarea":
            self._open.values = ["".join(self._open.values) + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in {"select", "textarea"}:
            self._open = None
