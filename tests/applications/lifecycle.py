"""The diagram of `docs/lifecycle-application.md`, drawn from the table. Run as a module it writes the document anew."""

from pathlib import Path

from matchmaker.applications.states import ENDED, MOVES, STARTS, State

DOCUMENT = Path(__file__).parents[2] / "docs" / "lifecycle-application.md"
START, END = "<!-- diagram -->\n", "<!-- /diagram -->"


def diagram() -> str:
    """A Mermaid state diagram: one arrow per pair of states, with the actions that lead there."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (before, action), after in MOVES.items():
        arrows.setdefault((before, after), []).append(action.value)
    order = list(State)
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    [*] --> {state.value}" for state in State if state in STARTS]
    for (before, after), actions in sorted(
        arrows.items(), key=lambda each: (order.index(each[0][0]), order.index(each[0][1]))
    ):
        lines.append(f"    {before.value} --> {after.value}: {', '.join(sorted(actions))}")
    lines += [f"    {state.value} --> [*]" for state in State if state in ENDED]
    return "\n".join([*lines, "```", ""])


def write() -> None:
    """Put the diagram of today in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, tail = text.split(START)[0], text.split(END)[1]
    DOCUMENT.write_text(f"{head}{START}{diagram()}{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    write()
