"""`python -m supply.licences` writes docs/licences.md; with `--check` it only says whether that is what is shipped.

Ends with 1 when the page is not current, or when a part comes under a licence that was not allowed beforehand.
"""

import re
import sys
from collections.abc import Iterable

from config import ROOT
from supply.parts import Part, of_the_browser, of_the_server

PAGE = ROOT / "docs" / "licences.md"
ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0",
        "CC0-1.0", "EUPL-1.2", "ISC", "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "OFL-1.1", "PSF-2.0", "PSFL",
        "Unlicense", "ZPL-2.1", "Zlib",
    }
)  # fmt: skip
"""What may be shipped with a product under EUPL-1.2. LGPL only as a library that anyone can replace, OFL only as a
font, CC-BY only as a picture or data, with its maker named."""
HEAD = """# Licences
Matchmaker itself is under EUPL-1.2 ([LICENSE](../LICENSE)). This page names every part of others that is shipped with \
it. `make licences` writes it from what the packages say of themselves; `make audit` and a test hold it current and \
refuse a licence that does not stand in `supply/licences.py`. `BSD` means that the package does not say which of the \
two or three clauses; both are allowed. Data of others: see the credits in the [README](../README.md).
"""


def forbidden(parts: Iterable[Part]) -> list[Part]:
    """Parts with a licence, or one of several, that was not allowed beforehand."""
    return [part for part in parts if not set(re.split(r" AND | OR ", part.licence)) <= ALLOWED]


def page() -> str:
    """The whole page, as it must stand in docs/licences.md."""
    server = [f"| {part.name} | {part.version} | {part.licence} |" for part in of_the_server()]
    browser = [f"| {part.name} | {part.version} | {part.used_for} | {part.licence} |" for part in of_the_browser()]
    lines = [
        HEAD,
        "## On the server (Python, `requirements-run.lock`)",
        "| package | version | licence |\n|---|---|---|",
        *server,
        "\n## To the browser and in documents (npm, `static/vendor`)",
        "| package | version | for | licence |\n|---|---|---|---|",
        *browser,
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    refused = forbidden([*of_the_server(), *of_the_browser()])
    for part in refused:
        print(f"{part.name} {part.version} is under {part.licence}, which is not allowed in supply/licences.py")
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print("docs/licences.md is not what is shipped now: make licences")
        return 1
    return bool(refused)


if __name__ == "__main__":
    sys.exit(main())
