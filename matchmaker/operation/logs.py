"""The log as JSON lines: one object a line, with the id of the request or job it belongs to."""

import json
import logging
from datetime import UTC, datetime

from matchmaker.audit.actions import origin

REQUESTS = logging.getLogger("matchmaker.requests")
"""A line for each answer. Its level is WARNING unless `write_json_lines` lowers it."""


class JsonLines(logging.Formatter):
    """Time in UTC, level, part, origin, what is said, the fields that came with it, and the trace of an error."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "origin": origin.get(),
            "says": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def write_json_lines() -> None:
    """From here on this process logs JSON lines on standard error, with a line for each answer."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.getLogger("matchmaker").setLevel(logging.INFO)
    REQUESTS.setLevel(logging.INFO)
