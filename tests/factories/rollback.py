"""A database in which everything a test does is undone, also what the application commits and remembers of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Connection

from matchmaker.database import db
from matchmaker.listings.search.warm import forget


@contextmanager
def rolled_back(app: Flask) -> Iterator[Connection]:
    """Everything goes over one connection, whose transaction is rolled back at the end."""
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.remove()
    yield connection
    with app.app_context():
        db.session.remove()
        db.engines[None] = engine
    transaction.rollback()
    with app.app_context():
        forget()
    connection.close()
