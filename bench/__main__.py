"""Every figure, one after the other, each in a process of its own: `make bench`. Tables on screen, JSON in build/bench.

Numbers are kept to one thread, so that both sides use the same. Nothing else should run on the machine.
"""

import os
import subprocess
import sys

from sqlalchemy import Engine

from bench.national import FOLDER, demo_url, national_app
from config import ROOT
from matchmaker.database import db

PARTS = ("ranking", "rounds", "search", "pages", "importing", "growth", "placements", "audit", "turns")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with national_app():
        engine: Engine = db.engine
        addresses = {"DATABASE_URL": engine.url.render_as_string(hide_password=False), "DEMO_URL": demo_url()}
    failed = []
    for part in sys.argv[1:] or PARTS:
        print(f"== {part}", flush=True)
        command = [sys.executable, "-m", f"bench.{part}", "--json", str(FOLDER / f"{part}.json")]
        environment = os.environ | ONE_THREAD | ({} if part == "growth" else addresses)
        if subprocess.run(command, env=environment, check=False).returncode:
            failed.append(part)
    print("failed: " + ", ".join(failed) if failed else f"written to {FOLDER.relative_to(ROOT)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
