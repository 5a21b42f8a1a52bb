"""Why a sign-in by the provider of an organisation came to nothing."""

from matchmaker.errors import DomainError


class ArrivalRefused(DomainError):
    """What came back cannot be trusted, or not from here: `reason` is a code for the log and the page."""

    code = "arrival_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
