"""An answer as a noun gets it: to which letter, by whom, what was written and what came along."""

from dataclasses import dataclass

from matchmaker.accounts.models import Account
from matchmaker.files.uploads import Upload
from matchmaker.mail.models import Letter


@dataclass(frozen=True, slots=True)
class Answer:
    """`account` is None for someone without one; the letter then tells by its link who that is."""

    letter: Letter
    account: Account | None
    text: str
    files: tuple[Upload, ...]

    @property
    def noun(self) -> str:
        """The kind of thing the letter was about."""
        return str(self.letter.values["answers"]["noun"])

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.letter.values["answers"]["id"])


def about(noun: str, number: int) -> dict[str, object]:
    """What a letter keeps under `answers`, so that an answer to it finds its way."""
    return {"noun": noun, "id": number}
