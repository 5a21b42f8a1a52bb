"""State diagrams in the documentation, drawn from the tables of moves. Run as a module it writes them anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matchmaker.agreements import states as agreements
from matchmaker.applications import states as applications
from matchmaker.assignments import states as assignments
from matchmaker.cohorts import states as cohorts
from matchmaker.committees import states as committees
from matchmaker.matches import states as matches
from matchmaker.placements import states as placements
from matchmaker.sessions import states as sessions

DOCS = Path(__file__).parents[1] / "docs"


@dataclass(frozen=True)
class LifeCycle:
    """One table of moves, the states it begins and ends in, and where it is drawn: in `document`, between two marks."""

    name: str
    moves: Mapping[tuple[StrEnum, StrEnum], StrEnum]
    starts: Collection[StrEnum]
    ended: Collection[StrEnum]
    document: Path
    mark: str = "diagram"

    @property
    def states(self) -> list[StrEnum]:
        """Every state there is, in the order of the list."""
        return list(type(next(iter(self.starts))))

    def diagram(self) -> str:
        """A Mermaid state diagram: one arrow per pair of states, with the actions that lead there."""
        arrows: dict[tuple[StrEnum, StrEnum], list[str]] = {}
        for (before, action), after in self.moves.items():
            arrows.setdefault((before, after), []).append(action.value)
        lines = ["```mermaid", "stateDiagram-v2"]
        lines += [f"    [*] --> {state.value}" for state in self.states if state in self.starts]
        for (before, after), actions in sorted(arrows.items(), key=lambda each: [*map(self.states.index, each[0])]):
            lines.append(f"    {before.value} --> {after.value}: {', '.join(sorted(actions))}")
        lines += [f"    {state.value} --> [*]" for state in self.states if state in self.ended]
        return "\n".join([*lines, "```", ""])

    def write(self) -> None:
        """Put the diagram of today in the document."""
        start, end = f"<!-- {self.mark} -->\n", f"<!-- /{self.mark} -->"
        text = self.document.read_text(encoding="utf-8")
        head, tail = text.split(start)[0], text.split(end)[1]
        self.document.write_text(f"{head}{start}{self.diagram()}{end}{tail}", encoding="utf-8")


def _own_page(
    name: str,
    moves: Mapping[tuple[StrEnum, StrEnum], StrEnum],
    starts: Collection[StrEnum],
    ended: Collection[StrEnum],
) -> LifeCycle:
    return LifeCycle(name, moves, starts, ended, DOCS / f"lifecycle-{name}.md")


def _of_committees(noun: str) -> LifeCycle:
    moves, first = committees.LIVES[noun], committees.FIRST[noun]
    left = {before for before, _ in moves}
    ended = [state for state in type(first) if state not in left]
    return LifeCycle(noun, moves, [first], ended, DOCS / "committees.md", mark=noun)


LIFE_CYCLES = (
    _own_page("match", matches.MOVES, [matches.State.PROPOSED], matches.ENDED),
    _own_page("assignment", assignments.MOVES, [assignments.AssignmentState.PLANNING], assignments.ENDED),
    _own_page("placement", placements.MOVES, [placements.PlacementState.ARRANGING], placements.ENDED),
    _own_page("agreement", agreements.MOVES, [agreements.AgreementState.DRAFT], agreements.ENDED),
    _own_page("application", applications.MOVES, applications.STARTS, applications.LAST),
    _own_page("cohort", cohorts.MOVES, cohorts.STARTS, cohorts.ENDED),
    _own_page("session", sessions.MOVES, [sessions.State.EXPECTED], [sessions.State.HELD]),
    *(_of_committees(noun) for noun in committees.LIVES),
)

if __name__ == "__main__":
    for each in LIFE_CYCLES:
        each.write()
