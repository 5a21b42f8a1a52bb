"""Two doors to the same pages: signed in, and from a link. A page gets the seat of whoever came in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.links.actions import find_link
from matchmaker.links.models import Purpose
from matchmaker.placements.actor import Actor
from matchmaker.placements.models import Placement
from matchmaker.placements.parts import Part
from matchmaker.placements.queries import actor_in, placement_by_link, placement_of
from matchmaker.web.reading import note_reading
from matchmaker.web.sign_in_state import acting
from matchmaker.web.together.placements import placement_links, placements

P = ParamSpec("P")
Answer = Response | str


@dataclass(frozen=True, slots=True)
class Seat:
    """A placement, who looks at it, and through which door."""

    placement: Placement
    actor: Actor
    token: str = ""

    def url(self, view: str, **values: Any) -> str:
        """The address of another page of this placement, through the same door."""
        if self.token:
            return url_for(f"placement_links.{view}", token=self.token, **values)
        return url_for(f"placements.{view}", placement_id=self.placement.id, **values)

    def to(self, view: str = "show_placement", **values: Any) -> Response:
        return redirect(self.url(view, **values))


def page(template: str, seat: Seat, **values: Any) -> str:
    """A page about a placement."""
    return render_template(template, seat=seat, placement=seat.placement, reader=seat.actor, **values)


def both_doors(
    rule: str, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Callable[Concatenate[Seat, P], Answer]], Callable[Concatenate[Seat, P], Answer]]:
    """Put a page behind both doors. It is written once and gets a seat."""

    def register(view: Callable[Concatenate[Seat, P], Answer]) -> Callable[Concatenate[Seat, P], Answer]:
        name = view.__name__

        def signed_in(placement_id: int, *args: P.args, **values: P.kwargs) -> Answer:
            return view(_seat_of(placement_id), *args, **values)

        def by_link(token: str, *args: P.args, **values: P.kwargs) -> Answer:
            return view(_seat_by_link(token), *args, **values)

        placements.add_url_rule(f"/<id:placement_id>{rule}", name, signed_in, methods=list(methods))
        placement_links.add_url_rule(rule, name, by_link, methods=list(methods))
        return view

    return register


def _seat_of(placement_id: int) -> Seat:
    membership = acting()
    found = placement_of(placement_id, membership, lock=request.method == "POST")
    assert membership is not None
    actor = actor_in(found, membership)
    if actor.part is not Part.STUDENT:
        note_reading(found)
    return Seat(found, actor)


def _seat_by_link(token: str) -> Seat:
    """Who the link was sent to; raises LinkUnusable, also for who has no part any more."""
    placement, person = placement_by_link(find_link(token, Purpose.PLACEMENT), lock=request.method == "POST")
    if person.part is not Part.STUDENT:
        note_reading(placement, part=person.part.value)
    return Seat(placement, Actor(person.part, person.account, person), token)
