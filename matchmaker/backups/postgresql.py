"""A PostgreSQL database as a file for each table, read in one transaction, while others go on writing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from matchmaker.backups.archive import BackupUnusable, Manifest

REVISION = "alembic_version"
_CHUNK = 1024 * 1024


def dump(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """Copy every table into `folder`, with numbers of rows and the state of the sequences in the manifest."""
    (folder / "tables").mkdir()
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        manifest.revision = str(connection.scalar(text(f"SELECT version_num FROM {REVISION}")))  # noqa: S608  # nosec B608  # a name of ours
        for table in _tables(connection):
            with (folder / "tables" / table).open("wb") as out, _cursor(connection) as cursor:
                with cursor.copy(f'COPY "{table}" ({_columns(connection, table)}) TO STDOUT') as copy:
                    for piece in copy:
                        out.write(piece)
                manifest.rows[table] = cursor.rowcount
        last = text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        manifest.sequences = {name: value for name, value in connection.execute(last) if value is not None}


def kept_files(folder: Path) -> list[str]:
    """The keys of the files this copy knows: 40 hexadecimal digits each, so text as it stands."""
    lines = (folder / "tables" / "files").read_text("utf-8").splitlines()
    return [next(part for part in line.split("\t") if _is_key(part)) for line in lines]


def load(engine: Engine, folder: Path, manifest: Manifest, *, make_schema: Callable[[str], None]) -> None:
    """Fill an empty database: its schema as it was then, then every row, in one transaction.

    Keys to other tables are taken away while the rows come in and put back after: PostgreSQL looks at all of them.
    """
    with engine.connect() as connection:
        if _tables(connection):
            raise BackupUnusable("the database has tables; make an empty one, a restore throws nothing away")
    make_schema(manifest.revision)
    with engine.begin() as connection:
        if set(_tables(connection)) != set(manifest.rows):
            raise BackupUnusable("the tables are not those of this revision")
        with _without_keys(connection):
            for table in manifest.rows:
                connection.exec_driver_sql(f'TRUNCATE "{table}" CASCADE')
            for table, number in manifest.rows.items():
                if _fill(connection, table, folder / "tables" / table) != number:
                    raise BackupUnusable(f"{table}: the number of rows is not what was written")
        setting = text("SELECT setval(quote_ident(:name)::regclass, :value)")
        for name, value in manifest.sequences.items():
            connection.execute(setting, {"name": name, "value": value})


@contextmanager
def _without_keys(connection: Connection) -> Iterator[None]:
    found = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    tables = _tables(connection)
    for table, name, _definition in found:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    for table in tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
    for table, name, definition in found:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _fill(connection: Connection, table: str, path: Path) -> int:
    with path.open("rb") as content, _cursor(connection) as cursor:
        with cursor.copy(f'COPY "{table}" ({_columns(connection, table)}) FROM STDIN') as copy:
            while piece := content.read(_CHUNK):
                copy.write(piece)
        number: int = cursor.rowcount
        return number


def _cursor(connection: Connection) -> Any:
    return connection.connection.driver_connection.cursor()  # type: ignore[union-attr]


def _tables(connection: Connection) -> list[str]:
    query = text(
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
    )
    return list(connection.scalars(query))


def _columns(connection: Connection, table: str) -> str:
    """In the order of their names: a revision that adds one need not put it where an older database has it."""
    query = text(
        "SELECT quote_ident(column_name) FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = :table AND is_generated = 'NEVER' ORDER BY column_name"
    )
    return ", ".join(connection.scalars(query, {"table": table}))


def _is_key(part: str) -> bool:
    return len(part) == 40 and not part.strip("0123456789abcdef")
