"""Placements and what was said of them as a file."""

from flask import Response

from matchmaker.listings.import_export.export import to_csv, to_xlsx
from matchmaker.placements.export import evaluation_rows, placement_rows
from matchmaker.placements.parts import PlacementSide
from matchmaker.placements.queries import all_placements
from matchmaker.vocabulary import Role
from matchmaker.web.files import as_file
from matchmaker.web.guards import DESK, only
from matchmaker.web.reading import note_reading
from matchmaker.web.sign_in_state import acting, has_role, my_organisation
from matchmaker.web.together.placements import placements
from matchmaker.web.together.placements.lists import chosen_from_address

KEEPERS = DESK | {Role.COORDINATOR}


@placements.get("/plaatsingen.<any(csv, xlsx):form>")
@only(KEEPERS)
def export_placements(form: str) -> Response:
    """What the list shows, on all its pages."""
    membership = acting()
    assert membership is not None
    note_reading(my_organisation(), list="placements")
    table = list(placement_rows(all_placements(membership, chosen_from_address()), side=_side()))
    return as_file(to_csv(table) if form == "csv" else to_xlsx(table), f"{my_organisation().slug}-plaatsingen", form)


def _side() -> PlacementSide:
    return PlacementSide.SCHOOL if has_role(Role.COORDINATOR) else PlacementSide.WORK


@placements.get("/evaluaties.<any(csv, xlsx):form>")
@only(KEEPERS)
def export_evaluations(form: str) -> Response:
    """What was given and may be read by now."""
    membership = acting()
    assert membership is not None
    note_reading(my_organisation(), list="evaluations")
    table = list(evaluation_rows(all_placements(membership, chosen_from_address())))
    return as_file(to_csv(table) if form == "csv" else to_xlsx(table), f"{my_organisation().slug}-evaluaties", form)
