"""The diagrams of `docs/committees.md`, drawn from the tables. Run as a module it writes the document anew."""

from pathlib import Path

from matchmaker.committees.states import FIRST, LIVES

DOCUMENT = Path(__file__).parents[2] / "docs" / "committees.md"


def marks(noun: str) -> tuple[str, str]:
    return f"<!-- {noun} -->\n", f"<!-- /{noun} -->"


def diagram(noun: str) -> str:
    """A Mermaid state diagram: one arrow per pair of states, with the actions that lead there."""
    moves = LIVES[noun]
    states = list(type(FIRST[noun]))
    arrows: dict[tuple[str, str], list[str]] = {}
    for (before, action), after in moves.items():
        arrows.setdefault((before, after), []).append(action.value)
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {FIRST[noun].value}"]
    for (before, after), actions in sorted(arrows.items(), key=lambda each: tuple(map(states.index, each[0]))):
        lines.append(f"    {before} --> {after}: {', '.join(sorted(actions))}")
    lines += [f"    {each.value} --> [*]" for each in states if all(before != each for before, _ in moves)]
    return "\n".join([*lines, "```", ""])


def write() -> None:
    """Put the diagrams of today in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for noun in LIVES:
        start, end = marks(noun)
        head, tail = text.split(start)[0], text.split(end)[1]
        text = f"{head}{start}{diagram(noun)}{end}{tail}"
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
