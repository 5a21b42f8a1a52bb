"""The certificate of a completed placement."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from matchmaker.documents.certificate import certificate
from matchmaker.errors import InvalidMove
from matchmaker.placements import actions
from matchmaker.placements.parts import Part
from matchmaker.placements.records import EvaluationMoment
from tests.documents.accessible import assert_accessible
from tests.placements.scenes import Stage, stage

NASTY = '#import "x" $ \\ <b>Brieven & "besluiten"</b>'


@pytest.fixture
def done(app: Flask) -> Stage:
    with time_machine.travel("2026-11-24 10:00:00+01:00", tick=False) as moving:
        there = stage().running(assignment=NASTY)
        placement = there.placement
        assert placement is not None
        moving.shift(timedelta(days=90))
        for part in (Part.STUDENT, Part.SUPERVISOR, Part.SCHOOL_SUPERVISOR):
            levels = {} if part is Part.STUDENT else {placement.goals[0].id: 3}
            actions.evaluate(
                placement,
                EvaluationMoment.FINAL,
                good="Goed",
                better="",
                enough=True,
                levels=levels,
                by=there.actor(part),
            )
        actions.finish(placement, by=there.actor(Part.COORDINATOR))
    return there


def test_the_certificate_can_be_read_by_everyone(done: Stage):
    assert done.placement is not None
    read = assert_accessible(certificate(done.placement, language="nl"), title="Bewijs van afronding")
    whole = read.root.whole_text()
    assert NASTY in whole
    assert whole.index("Noor de Vries") < whole.index("Hogeschool Vechtland") < whole.index("Leerdoelen")


def test_the_same_placement_gives_the_same_bytes(done: Stage):
    assert done.placement is not None
    assert certificate(done.placement, language="nl") == certificate(done.placement, language="nl")


def test_there_is_none_before_the_end(app: Flask):
    with time_machine.travel("2026-11-24 10:00:00+01:00"):
        there = stage().running()
        assert there.placement is not None
        with pytest.raises(InvalidMove):
            certificate(there.placement, language="nl")
