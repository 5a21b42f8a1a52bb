"""What a server starts: `gunicorn wsgi:app`, `flask --app wsgi ...`."""

import atexit
import gc
import sys

from config import ConfigurationError, read_settings
from matchmaker import create_app
from matchmaker.database import db
from matchmaker.operation.logs import write_json_lines

try:
    settings = read_settings()
    if settings.log_json:
        write_json_lines()
    app = create_app(settings)
except ConfigurationError as wrong:
    sys.exit(f"Cannot start: {wrong}")

# SQLite takes its log into the database, and removes it, when the last connection is closed.
with app.app_context():
    atexit.register(db.engine.dispose)

# What is there now lives as long as the process: the collector need not look at it, now or with any page.
gc.freeze()
gc.enable()
