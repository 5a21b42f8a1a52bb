"""`gunicorn --config deploy/gunicorn.conf.py wsgi:app`: two processes a core, figures added up, a quiet stop.

The product is read in once and its processes are split off, so a server is soon back and they share that memory.

Who is slow holds no thread, and who asks most is refused first (`serving`).
"""

import gc
import os
import shutil
import sys
import tempfile

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from config import ConfigurationError, read_settings

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", str(2 * (os.cpu_count() or 1))))
preload_app = True
worker_class = "serving.worker.BufferingWorker"
threads = 4
timeout = 60
graceful_timeout = 30
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
"""Nobody steers a server from outside: systemd or the container does."""
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  # nosec B108  # memory, for a file gunicorn opens without a name
accesslog = None
"""The product logs each answer itself, by the rule of its address: the address of a link is a secret."""

try:
    if read_settings().log_json:
        logconfig_dict = {
            "root": {"handlers": ["lines"]},
            "loggers": {"gunicorn.error": {"handlers": ["lines"], "propagate": False}},
            "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
            "formatters": {"json": {"()": "matchmaker.operation.logs.JsonLines"}},
        }
except ConfigurationError as wrong:
    sys.exit(f"Cannot start: {wrong}")

gc.disable()
"""Nothing is thrown away while the product is read in, so it need not be looked for; `wsgi` begins with that."""

_figures = tempfile.mkdtemp(prefix="matchmaker-figures-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures


def when_ready(server: Arbiter) -> None:
    """The door is read in by the worker class, after the line that keeps the collector quiet."""
    from serving.door import shut_when_asked_to_stop

    shut_when_asked_to_stop(server)


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """The library looks at the folder when it is imported, so not before the line above."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: Arbiter) -> None:
    shutil.rmtree(_figures, ignore_errors=True)
