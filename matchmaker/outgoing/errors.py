"""Why a request of ours did not leave, or brought nothing back."""

from matchmaker.errors import DomainError


class OutgoingFailed(DomainError):
    """A request to another server failed: `reason` is a word for the log, never the address or what came back."""

    code = "outgoing_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSent(OutgoingFailed):
    """It may not go there: `address`, `scheme`, `host`, `user_info`, `private` or `redirect`."""

    code = "outgoing_refused"


class NoAnswer(OutgoingFailed):
    """Nothing usable came back: `unknown_host`, `unreachable`, `certificate`, `time`, `size`, `encoded`, `broken`,
    `busy` (too many at once) or `resting` (it just failed)."""

    code = "no_answer"
