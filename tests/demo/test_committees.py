"""The committees of the demo: every pointer lands, and loading them fills seats, holds meetings and seals a dossier."""

import json
from typing import Any

import pytest
from flask import Flask

from matchmaker.committees.meeting_models import Advice, Meeting
from matchmaker.committees.models import Dossier, Seat, Term
from matchmaker.committees.states import AdviceState, MeetingState, SeatState
from matchmaker.database import db
from matchmaker.reference import work_field
from matchmaker.vocabulary import AdviceAnswer, CommitteeKind, Kind, Level, MunicipalitySize
from tests.demo.test_content import FOLDER, INSTITUTIONS, NEEDS, PEOPLE

Row = dict[str, Any]
COMMITTEES: list[Row] = json.loads((FOLDER / "committees.json").read_text("utf-8"))
each_committee = pytest.mark.parametrize("row", COMMITTEES, ids=[row["key"] for row in COMMITTEES])


@each_committee
def test_a_committee_hangs_on_a_faculty_that_exists_and_is_kept_by_someone_of_the_school(row: Row) -> None:
    faculties = {each["name"]: each for each in INSTITUTIONS[row["organisation"]]["faculties"]}
    programmes = {each["name"] for each in faculties[row["faculty"]]["programmes"]}
    assert row["programme"] is None or row["programme"] in programmes
    assert (CommitteeKind(row["kind"]) is CommitteeKind.STRATEGIC) == (row["programme"] is None)
    assert PEOPLE[row["owner"]]["organisation"] == row["organisation"]


@each_committee
def test_a_seat_asks_what_exists_and_points_to_one_person_or_posting(row: Row) -> None:
    for seat in row["seats"]:
        assert work_field(seat["work_field"])
        assert seat["size"] is None or MunicipalitySize(seat["size"])
        assert seat["level"] is None or Level(seat["level"])
        assert len({"member", "invited", "need"} & seat.keys()) <= 1
        if "member" in seat:
            assert seat["member"]["account"] in PEOPLE
            assert seat["member"]["first_in_days"] < seat["member"]["last_in_days"]
        if "need" in seat:
            assert NEEDS[seat["need"]]["kind"] == Kind.SEAT
            assert NEEDS[seat["need"]]["organisation"] == row["organisation"]


@each_committee
def test_who_came_was_asked_and_advice_was_answered_before_it_was_closed(row: Row) -> None:
    asked = {seat["member"]["account"] for seat in row["seats"] if "member" in seat} | {row["owner"]}
    for meeting in row["meetings"]:
        assert {*meeting.get("coming", ()), *meeting.get("held", {}).get("present", ())} <= asked
        assert ("held" in meeting) == (meeting["in_days"] < 0)
    titles = {meeting["title"] for meeting in row["meetings"]}
    for advice in row["advices"]:
        assert advice["meeting"] is None or advice["meeting"] in titles
        days = [advice[name]["in_days"] for name in ("answer", "follow_up") if advice[name]]
        assert [advice["in_days"], *days] == sorted([advice["in_days"], *days])
        assert advice["answer"] is None or AdviceAnswer(advice["answer"]["answer"])
        assert advice["answer"] or not advice["follow_up"]


def test_loading_fills_a_seat_from_its_match_and_shows_every_state(demo_app: Flask) -> None:
    with demo_app.app_context():
        assert {each.state for each in db.session.query(Seat)} == set(SeatState) - {SeatState.REMOVED}
        assert {each.state for each in db.session.query(Meeting)} == set(MeetingState) - {MeetingState.CANCELLED}
        assert {each.state for each in db.session.query(Advice)} == set(AdviceState)
        from_match = {each.display_name for each in db.session.query(Term) if each.match_id}
        assert from_match == {"Sander de Wit", "Hans Kuiper"}
        assert [each.display_name for each in db.session.query(Term) if each.warned_at] == ["Pieter van Leeuwen"]
        assert db.session.query(Dossier).count() == 1
