"""Who must do more than type a password."""

from collections.abc import Iterable

from matchmaker.vocabulary import Role

NEEDS_SECOND_STEP = frozenset(
    {Role.OFFICER, Role.REGION_COORDINATOR, Role.HR_PLANNER, Role.ORG_ADMIN, Role.PLATFORM_ADMIN}
)
"""Who routes, plans staff or administers sees what is not their own."""


def needs_second_step(roles: Iterable[Role]) -> bool:
    """Whether someone with these roles signs in with a second step, whichever of them they act in now."""
    return not NEEDS_SECOND_STEP.isdisjoint(roles)
