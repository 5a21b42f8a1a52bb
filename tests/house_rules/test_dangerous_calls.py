"""What could run a stranger's words, open a stranger's objects or weaken a secret is called nowhere in the product."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from config import ROOT

NAMES_IN_SQL = {
    "matchmaker/audit/chain.py",
    "matchmaker/backups/postgresql.py", "matchmaker/backups/sqlite.py", "matchmaker/database.py",
    "matchmaker/listings/search/text_index.py",
}  # fmt: skip
PATTERNS = {
    "matchmaker/dutch/mentions.py": "a list of that file",
    "matchmaker/dutch/welcoming.py": "a list that is shipped",
    "matchmaker/listings/import_export/cells.py": "one of two signs",
    "matchmaker/replies/addresses.py": "the own address from the settings, escaped",
}
PRODUCT = sorted(
    [*(ROOT / "matchmaker").rglob("*.py"), *(ROOT / "serving").rglob("*.py"), ROOT / "config.py", ROOT / "wsgi.py"]
)
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
RUNS_WORDS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
STARTS_PROGRAMS = {"subprocess", "os.system", "os.popen", "os.execv", "os.spawnv", "pty", "commands"}
OPENS_OBJECTS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "yaml", "jsonpickle"}
TEMPLATES_OF_WORDS = {"render_template_string", "from_string"}
READS_XML = {"fromstring", "parse", "iterparse", "XMLParser", "XMLPullParser", "fromstringlist"}
GUESSABLE = {"random", "uuid"}
REPEATABLE = ("matchmaker/seed/", "matchmaker/demo/")
"""Made-up content, the same with every run; nothing in it is secret."""
WEAK = {"md5", "sha1", "new", "DES", "TripleDES", "ARC4", "ECB", "CBC", "PKCS1v15", "MD5", "SHA1"}


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    for path in PRODUCT:
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                yield name, node


def imported() -> Iterator[tuple[str, str]]:
    for name, node in nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((name, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((name, f"{node.module}.{each.name}") for each in node.names)


def called() -> Iterator[tuple[str, str, str]]:
    """(file, what is asked, its name) of every call: `json.loads(x)` gives `json` and `loads`."""
    for name, node in nodes(ast.Call):
        assert isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name):
            yield name, "", node.func.id
        elif isinstance(node.func, ast.Attribute):
            yield name, ast.unparse(node.func.value), node.func.attr


def test_no_text_is_run_as_code() -> None:
    assert len(PRODUCT) > 500
    assert [(file, each) for file, owner, each in called() if not owner and each in RUNS_WORDS] == []


def test_no_program_is_started_by_a_page_or_a_worker() -> None:
    """Only the command of the demo starts the server and the worker, by fixed words."""
    started = {
        file for file, each in imported() if each in STARTS_PROGRAMS or each.split(".")[0] in {"subprocess", "pty"}
    }
    assert started == {"matchmaker/demo/__main__.py"}
    assert [(file, each) for file, owner, each in called() if f"{owner}.{each}" in STARTS_PROGRAMS] == []


def test_no_object_is_made_of_bytes_from_outside() -> None:
    assert [(file, each) for file, each in imported() if each.split(".")[0] in OPENS_OBJECTS] == []


def test_no_template_is_made_of_words() -> None:
    assert [(file, each) for file, _owner, each in called() if each in TEMPLATES_OF_WORDS] == []


def test_no_xml_from_outside_is_read_by_ourselves() -> None:
    """What we make with the standard library is written only, and parts of a document are read by defusedxml. What
    openpyxl reads: see the bombs of its tests."""
    reads = "matchmaker/files/elements.py"
    ours = {file for file, each in imported() if each.startswith(("xml.", "lxml"))} - {reads}
    assert ours == {"matchmaker/web/public/feeds.py", "matchmaker/web/public/machines.py"}
    used = {each.rpartition(".")[2] for file, each in imported() if file == reads and each.startswith("xml.")}
    assert used == {"ExpatError"}
    assert {file for file, each in imported() if each.startswith("defusedxml")} == {reads}
    assert [(file, each) for file, owner, each in called() if file in ours and each in READS_XML] == []


def test_nothing_secret_is_drawn_from_what_can_be_guessed() -> None:
    drawn = {file for file, each in imported() if each.split(".")[0] in GUESSABLE}
    assert {file for file in drawn if not file.startswith(REPEATABLE)} == set()


def test_only_strong_digests_and_ciphers_are_named() -> None:
    named = [
        (file, f"{owner}.{each}")
        for file, owner, each in called()
        if owner.split(".")[0] in {"hashlib", "hashes", "algorithms", "modes", "padding"} and each in WEAK
    ]
    looked_up = ("matchmaker/accounts/breached.py", "hashlib.sha1")
    assert named == [looked_up], "the list of leaked passwords is made of SHA-1; nothing is protected by it"
    assert [(file, each) for file, each in imported() if each.rpartition(".")[2] in WEAK - {"new"}] == []


def test_no_question_to_the_database_is_put_together_of_words() -> None:
    """SQL is SQLAlchemy's or a constant. Where it is not, names of our own tables stand in it and never a value,
    each with its reason on its line (`tests/house_rules/test_supply.py`)."""
    asked = {"text", "exec_driver_sql", "execute", "executemany", "executescript", "literal_column"}
    put_together = [
        (file, ast.unparse(node.args[0]))
        for file, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and node.args and _name(node) in asked and _is_put_together(node.args[0])
    ]
    assert {file for file, _words in put_together} <= NAMES_IN_SQL
    spoken = re.compile(r"\{(form|request|g|session|me\(\)|values?|term|search|asked)\b")
    assert [each for each in put_together if spoken.search(each[1])] == []


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_put_together(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (isinstance(node, ast.Call) and _name(node) == "format")


def test_no_pattern_is_made_of_what_someone_typed() -> None:
    """Every regular expression is ours, or has what stands in it escaped; four files put one together themselves."""
    asks = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
    ours = [
        (file, ast.unparse(node.args[0]))
        for file, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr in asks) == ("re", True)
        and not isinstance(node.args[0], ast.Constant)
    ]
    loose = {file for file, words in ours if not re.search(r"escape|^[A-Z_]+$|\{[A-Z_]+\}", words)}
    assert loose == set(PATTERNS)


def test_no_view_mixes_the_address_and_the_form() -> None:
    """`request.values` takes either: whoever puts a field in an address would fill in a form of ours."""
    mixed = [
        file
        for file, node in nodes(ast.Attribute)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "request.values"
    ]
    assert mixed == []


def test_the_log_goes_to_standard_error_and_nowhere_else() -> None:
    handlers = {(file, each) for file, _owner, each in called() if each.endswith("Handler") and each[0].isupper()}
    assert handlers == {("matchmaker/operation/logs.py", "StreamHandler")}
    assert [file for file, each in imported() if each.startswith(("logging.handlers", "syslog", "sentry_sdk"))] == []


def test_no_format_comes_from_outside() -> None:
    """`text % values` and `.format` are asked of our own texts only: never of what a request or a row says."""
    spoken = re.compile(r"^(form|request|g|session|me\(\)|row)\b")
    formats = [
        (file, ast.unparse(node)[:80])
        for file, node in nodes(ast.BinOp)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and spoken.match(ast.unparse(node.left))
    ]
    formats += [(file, owner) for file, owner, each in called() if each == "format" and spoken.match(owner)]
    assert formats == []


def test_no_script_runs_words_or_speaks_to_another_window() -> None:
    dangerous = re.compile(
        r"\beval\(|new Function|document\.write|outerHTML|insertAdjacentHTML|postMessage|__proto__|javascript:"
        r"|setTimeout\(\s*[\"'`]|\.constructor\[|addEventListener\([\"']message|[^=!]==[^=]|!=[^=]"
    )
    assert len(SCRIPTS) > 10
    assert [(path.name, found[0]) for path in SCRIPTS if (found := dangerous.search(_words(path)))] == []


def test_no_script_or_page_stops_who_pastes() -> None:
    pages = sorted((ROOT / "templates").rglob("*.html"))
    stopping = re.compile(r"onpaste|[\"']paste[\"']|disablepaste", re.I)
    assert len(pages) > 100
    assert [path.name for path in [*SCRIPTS, *pages] if stopping.search(_words(path))] == []


def test_html_from_an_answer_is_put_on_the_page_in_one_place() -> None:
    """That answer is drawn by a template that escapes (`tests/house_rules/test_nasty_text.py`); all else is text."""
    putting = {path.name for path in SCRIPTS if re.search(r"innerHTML\s*=[^=]|DOMParser|srcdoc", _words(path))}
    assert putting == {"suggestions.js"}


def test_a_browser_keeps_nothing_but_a_choice_of_its_own() -> None:
    """The one thing a script stores is whether keys of one letter work."""
    storing = re.compile(r"(localStorage|sessionStorage|indexedDB|document\.cookie|caches)\b[^;]*;")
    kept = {path.name: storing.findall(_words(path)) for path in SCRIPTS if storing.search(_words(path))}
    assert kept == {"one-key-actions.js": ["localStorage", "localStorage"]}


def _words(path: Path) -> str:
    return path.read_text(encoding="utf-8")
