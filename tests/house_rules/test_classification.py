"""Every column says what it holds, of whom, why and how long."""

from flask import Flask

from matchmaker.classification import Classified, Keep, What, Whose
from matchmaker.database import db


def test_every_column_is_classified(app: Flask) -> None:
    missing = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if not isinstance(column.info.get("classified"), Classified)
    ]
    assert missing == []
    assert len(db.metadata.tables) >= 20


def test_a_persons_own_data_has_an_owner_and_an_end(app: Flask) -> None:
    """Contact data and free text of a person never stay as long as a row that is nobody's."""
    wrong = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if (rule := column.info["classified"]).what in (What.CONTACT, What.PERSONAL, What.SECRET)
        and (rule.what, rule.whose) != (What.SECRET, Whose.ORGANISATION)
        and (rule.whose is Whose.NOBODY or rule.keep is Keep.WITH_ROW)
    ]
    assert wrong == []


def test_passwords_and_tokens_are_marked_secret(app: Flask) -> None:
    open_ones = [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in ("password", "token", "nonce"))
        and column.info["classified"].what is not What.SECRET
    ]
    assert open_ones == []
