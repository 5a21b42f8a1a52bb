"""Named refusals of the domain. `matchmaker.web.errors` maps them to a page, the API to a problem document."""


class DomainError(Exception):
    """A rule of the trade was broken. `code` is a stable word; `values` fill the sentence made from it."""

    code = "domain_error"

    def __init__(self, message: str = "", **values: object) -> None:
        super().__init__(message or self.code)
        self.values = values


class NotFound(DomainError):
    """It does not exist, or it is not yours: the two look the same."""

    code = "not_found"


class NotAllowed(DomainError):
    """Your role may not do this."""

    code = "not_allowed"


class InvalidMove(DomainError):
    """The life cycle does not allow this step now, mostly because someone else was first."""

    code = "invalid_move"


class StaleVersion(DomainError):
    """Someone else changed the same thing while you were typing."""

    code = "stale_version"


class NoPlaceLeft(DomainError):
    """The last place was given to someone else."""

    code = "no_place_left"


class InvalidValue(DomainError):
    """A value that cannot be true: `field` names the field, `reason` is a code with a sentence in `words`."""

    code = "invalid_value"

    def __init__(self, field: str, reason: str, **values: object) -> None:
        super().__init__(f"{field}: {reason}", **values)
        self.field = field
        self.reason = reason


class MeantForAnother(DomainError):
    """A link that was sent to someone else than who is signed in here."""

    code = "meant_for_another"


class LinkUnusable(DomainError):
    """A mail link that is unknown, used, revoked or past its date: `reason` says which."""

    code = "link_unusable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
