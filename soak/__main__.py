"""Every run, one after the other, each in a process of its own: `make soak`. Exit 1 when a promise is broken."""

import subprocess
import sys

RUNS = (
    "hanging",
    "overload",
    "last_place",
    "two_desks",
    "killed",
    "letters",
    "schedules",
    "malformed",
    "backup_under_load",
    "migrations_killed",
)


def main() -> int:
    broken = []
    for name in sys.argv[1:] or RUNS:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"soak.{name}"], check=False).returncode:
            broken.append(name)
    print("broken: " + ", ".join(broken) if broken else "every promise was kept")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
