"""The diagram of `docs/lifecycle-session.md`, drawn from the table. Run as a module it writes the document anew."""

from pathlib import Path

from matchmaker.sessions.states import ENDED, MOVES, State

DOCUMENT = Path(__file__).parents[2] / "docs" / "lifecycle-session.md"
START, END = "<!-- diagram -->\n", "<!-- /diagram -->"


def diagram() -> str:
    """A Mermaid state diagram: one arrow for each move."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.EXPECTED.value}"]
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
