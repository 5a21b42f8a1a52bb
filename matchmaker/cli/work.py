"""`worker`: sends letters, runs queued jobs and the periodic work until it is told to stop."""

import click
from flask import Flask

from matchmaker.worker import Worker


def register(app: Flask) -> None:
    @app.cli.command("worker")
    @click.option("--once", is_flag=True, help="Do what is due now and stop.")
    @click.option("--pause", default=1.0, show_default=True, help="Seconds to wait when there is nothing to do.")
    def worker(once: bool, pause: float) -> None:
        """Send letters, run jobs and periodic work."""
        workman = Worker(pause=pause)
        if once:
            workman.do_all_due()
        else:
            workman.run()
