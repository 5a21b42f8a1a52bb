"""The diagram of `docs/lifecycle-cohort.md`, drawn from the table. Run as a module it writes the document anew."""

from pathlib import Path

from matchmaker.cohorts.states import ENDED, MOVES, STARTS, State

DOCUMENT = Path(__file__).parents[2] / "docs" / "lifecycle-cohort.md"
START, END = "<!-- diagram -->\n", "<!-- /diagram -->"


def diagram() -> str:
    """A Mermaid state diagram: one arrow per move."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {state.value}" for state in State if state in STARTS]
    lines += [f"    {before.value} --> {after.value}: {action.value}" for (before, action), after in MOVES.items()]
    lines += [f"    {state.value} --> [*]" for state in State if state in ENDED]
    return "\n".join([*lines, "```", ""])


def write() -> None:
    """Put the diagram of today in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, tail = text.split(START)[0], text.split(END)[1]
    DOCUMENT.write_text(f"{head}{START}{diagram()}{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    write()
