"""Figures for Prometheus. With several processes they are added up in the folder `PROMETHEUS_MULTIPROC_DIR`."""

import logging
import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from matchmaker.database import db
from matchmaker.jobs.queries import jobs_by_state
from matchmaker.mail.models import Letter
from matchmaker.operation.readiness import last_sign_of_worker

logger = logging.getLogger(__name__)
ANSWERS = Counter("matchmaker_answers_total", "Answers given", ("endpoint", "method", "status"))
SECONDS = Histogram(
    "matchmaker_answer_seconds",
    "Time to an answer",
    ("audience",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10),
)


def count_answer(endpoint: str, method: str, status: int, seconds: float) -> None:
    """One more answer. `endpoint` is `<audience>.<view>`, or empty for an address that does not exist."""
    ANSWERS.labels(endpoint, method, str(status)).inc()
    SECONDS.labels(endpoint.partition(".")[0]).observe(seconds)


def figures() -> bytes:
    """All of them, in the text format of Prometheus. When the database is away, what the processes know themselves."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
        told = generate_latest(registry)
    else:
        told = generate_latest(REGISTRY)
    waiting = CollectorRegistry()
    waiting.register(_Work())
    try:
        return told + generate_latest(waiting)
    except SQLAlchemyError as away:
        db.session.remove()
        logger.warning("the figures of the database are left out: %s", type(away).__name__)
        return told


class _Work(Collector):
    """What waits in the database, counted when it is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        letters = GaugeMetricFamily("matchmaker_letters", "Letters by status", labels=("status",))
        for status, number in db.session.execute(select(Letter.status, func.count()).group_by(Letter.status)):
            letters.add_metric([status.value], number)
        yield letters
        jobs = GaugeMetricFamily("matchmaker_jobs", "Jobs by state", labels=("state",))
        for state, number in jobs_by_state().items():
            jobs.add_metric([state.value], number)
        yield jobs
        silence = last_sign_of_worker()
        if silence is not None:
            yield GaugeMetricFamily(
                "matchmaker_worker_silence_seconds", "Since a worker last claimed work", value=silence
            )
