"""The words of a mail that has no plain text: what was quoted, styled or hidden is left out."""

from html.parser import HTMLParser

_LEFT_OUT = frozenset({"style", "script", "head", "title", "blockquote", "template", "noscript"})
_OWN_LINE = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "hr", "table", "ul", "ol"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "source"})
_QUOTE_MARKS = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "divrplyfwdmsg", "appendonsend", "protonmail_quote")
"""Class or id of the part in which a mail program quotes what is answered; nothing of the writer follows it."""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.left_out: list[str] = []
        self.ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        marks = " ".join(value or "" for name, value in attrs if name in {"class", "id"}).lower()
        if any(mark in marks for mark in _QUOTE_MARKS):
            self.ended = True
        if tag in _LEFT_OUT and tag not in _VOID:
            self.left_out.append(tag)
        if tag in _OWN_LINE:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            while self.left_out and self.left_out.pop() != tag:
                pass
        if tag in {"p", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.left_out and not self.ended:
            self.words.append(data.replace("\n", " "))


def words_of(html: str) -> str:
    """The text a reader sees, one line for each block."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).splitlines())
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
