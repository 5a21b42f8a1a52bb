"""Compiling takes seconds, once; no single test should be charged for it."""

import pytest

from matchmaker.engine.rounds.best_total import best_total
from matchmaker.engine.rounds.graph import Supply
from matchmaker.engine.rounds.stable import stable
from tests.engine.rounds.markets import WAYS


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> None:
    supply = Supply({"A1": 1})
    for way in WAYS:
        best_total({"V1": {"A1": 1}}, supply, compiled=way)
        best_total({"V1": {"A1": 1}, "V2": {"A1": 2}}, supply, compiled=way)
        stable({"V1": ["A1"]}, supply, seed="s", compiled=way)
