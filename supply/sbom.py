"""`python -m supply.sbom FOLDER` writes two lists of parts in CycloneDX JSON and checks them against their schema.

`python.cdx.json` is of requirements-run.lock, with the digests that are pinned there; `npm.cdx.json` is of
package-lock.json, without what only tests need. Ends with 1 when one is not valid or misses a part of the lock file.
Runs in the environment of requirements-audit.lock; npm comes from the one of the product.
"""

import json
import subprocess  # nosec B404  # two programs with fixed words
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply.parts import pinned

ROOT = Path(__file__).resolve().parents[1]
NPM = [str(ROOT / ".venv/bin/npm"), "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
PYTHON = ["requirements", "requirements-run.lock", "--pyproject", "pyproject.toml", "--mc-type", "application"]


def of_python() -> str:
    command = [
        sys.executable,
        "-W",
        "ignore::UserWarning",
        "-m",
        "cyclonedx_py",
        *PYTHON,
        "--sv",
        "1.6",
        "--of",
        "JSON",
        "-o",
        "-",
    ]
    return _said(command, None)


def of_npm() -> str:
    environment = {"PATH": f"{ROOT / '.venv/bin'}:/usr/bin:/bin", "HOME": str(ROOT / "build")}
    return _said(NPM, environment)


def _said(command: list[str], environment: dict[str, str] | None) -> str:
    done = subprocess.run(  # noqa: S603  # nosec B603  # one of the two commands above
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def faults(text: str, wanted: set[tuple[str, str]]) -> list[str]:
    """What is wrong with a list: a break of its own schema, or (name, version) that it does not hold."""
    told = json.loads(text)
    broken = JsonStrictValidator(SchemaVersion.from_version(told["specVersion"])).validate_str(text)
    held = {(each["name"], each["version"]) for each in told["components"]}
    return ([str(broken).partition("\n")[0]] if broken else []) + [
        f"misses {name} {version}" for name, version in sorted(wanted - held)
    ]


def locked_by_npm() -> set[tuple[str, str]]:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    kept = {path: each for path, each in packages.items() if path and not each.get("dev")}
    return {(path.rpartition("node_modules/")[2], each["version"]) for path, each in kept.items()}


def main() -> int:
    folder, wrong = Path(sys.argv[1]), 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, text, wanted in (("python", of_python(), set(pinned())), ("npm", of_npm(), locked_by_npm())):
        found = faults(text, wanted)
        (folder / f"{name}.cdx.json").write_text(text, encoding="utf-8")
        print("\n".join(f"{name}: {each}" for each in found) or f"{name}.cdx.json: {len(wanted)} parts, valid")
        wrong += len(found)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
