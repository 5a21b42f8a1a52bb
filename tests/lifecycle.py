"""State diagrams of `docs/lifecycle-*.md`, drawn from the tables of moves. Run as a module it writes them anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matchmaker.assignments import states as assignments
from matchmaker.matches import states as matches

DOCS = Path(__file__).parents[1] / "docs"
START, END = "<!-- diagram -->\n", "<!-- /diagram -->"


@dataclass(frozen=True)
class LifeCycle:
    """One table of moves and where it is drawn. `first` is the state everything begins in."""

    name: str
    moves: Mapping[tuple[StrEnum, StrEnum], StrEnum]
    first: StrEnum
    ended: Collection[StrEnum]

    @property
    def document(self) -> Path:
        return DOCS / f"lifecycle-{self.name}.md"

    def diagram(self) -> str:
        """A Mermaid state diagram: one arrow per pair of states, with the actions that lead there."""
        arrows: dict[tuple[StrEnum, StrEnum], list[str]] = {}
        for (before, action), after in self.moves.items():
            arrows.setdefault((before, after), []).append(action.value)
        order = list(type(self.first))
        lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {self.first.value}"]
        for (before, after), actions in sorted(
            arrows.items(), key=lambda each: (order.index(each[0][0]), order.index(each[0][1]))
        ):
            lines.append(f"    {before.value} --> {after.value}: {', '.join(sorted(actions))}")
        lines += [f"    {state.value} --> [*]" for state in order if state in self.ended]
        return "\n".join([*lines, "```", ""])

    def write(self) -> None:
        """Put the diagram of today in the document."""
        text = self.document.read_text(encoding="utf-8")
        head, tail = text.split(START)[0], text.split(END)[1]
        self.document.write_text(f"{head}{START}{self.diagram()}{END}{tail}", encoding="utf-8")


LIFE_CYCLES = (
    LifeCycle("match", matches.MOVES, matches.State.PROPOSED, matches.ENDED),
    LifeCycle("assignment", assignments.MOVES, assignments.AssignmentState.PLANNING, assignments.ENDED),
)

if __name__ == "__main__":
    for each in LIFE_CYCLES:
        each.write()
