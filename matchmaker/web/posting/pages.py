"""Where the pages of one audience and one side are, and the steps of the wizard."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from matchmaker.listings.kinds import kinds_for
from matchmaker.listings.models import Listing
from matchmaker.vocabulary import Kind, ListingStatus, Side
from matchmaker.web.sign_in_state import my_organisation

STEPS = ("wat", "voor-wie", "wanneer")
"""The steps with a form, between the choice of a kind and the check."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The listings of one side as one audience manages them."""

    audience: str
    side: Side

    @property
    def noun(self) -> str:
        return self.side.value

    @property
    def folder(self) -> str:
        return "aanbod" if self.side is Side.OFFER else "vragen"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What the organisation of whoever looks may post here."""
        return kinds_for(my_organisation().kind, self.side)

    def endpoint(self, verb: str, what: str = "") -> str:
        """`endpoint("list", "s")` is `school.list_needs`."""
        return f"{self.audience}.{verb}_{self.noun}{what}"

    def url(self, verb: str, what: str = "", **values: Any) -> str:
        """The address of one of these pages."""
        return url_for(self.endpoint(verb, what), **values)

    def step_url(self, listing: Listing, step: str) -> str:
        """The address of one step of the wizard; `controle` is the last."""
        if step == "soort":
            return self.url("change", "_kind", reference=listing.reference)
        if step == "controle":
            return self.url("preview", reference=listing.reference)
        return self.url("edit", reference=listing.reference, step=step)

    def after(self, listing: Listing, step: str) -> str:
        """Where saving a step leads: to the next, or back to what is already online."""
        if listing.is_published:
            return self.url("show", reference=listing.reference)
        following = (*STEPS, "controle")
        return self.step_url(listing, following[following.index(step) + 1])

    def wizard_steps(self, listing: Listing | None, now: str) -> list[dict[str, object]]:
        """The line of steps; every step of a draft can be gone to, forward and back, without loss."""
        names = {
            "soort": gettext("Soort"),
            "wat": gettext("Wat"),
            "voor-wie": gettext("Voor wie"),
            "wanneer": gettext("Wanneer en waar"),
            "controle": gettext("Controleren"),
        }
        order = list(names)
        if listing is not None and listing.status not in {ListingStatus.DRAFT, ListingStatus.RETURNED}:
            order = list(STEPS)
        here = order.index(now)
        return [
            {
                "label": names[step],
                "state": "now" if index == here else "done" if index < here else "todo",
                "url": self.step_url(listing, step) if listing is not None else "",
            }
            for index, step in enumerate(order)
        ]
