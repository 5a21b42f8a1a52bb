"""Every value of a person leads to that person, and each text of two people to one of them."""

from flask import Flask
from sqlalchemy import func, select

from matchmaker.database import db
from matchmaker.privacy.owners import UNTRACEABLE, Person, is_of
from matchmaker.privacy.registry import columns_of_people
from tests.factories.marked import Marked, one_of_each


def test_every_column_of_a_person_leads_to_someone(app: Flask) -> None:
    lost = {column.table.name for column in columns_of_people() if is_of(column, Person(1, "a@b.example")) is None}
    assert lost == UNTRACEABLE, "say in matchmaker/privacy/owners.py whose these are"


def test_it_leads_to_the_person_whose_row_it_is_and_to_nobody_else(app: Flask) -> None:
    one, other = Marked("Noor").fill(), Marked("Sem").fill()
    wrong = []
    for column in columns_of_people():
        for someone in (one, other):
            ways = is_of(column, someone.person)
            if ways is None:
                continue
            found = db.session.scalar(select(func.count()).select_from(column.table).where(ways))
            if found != (1 if one_of_each(column.table) else 2):
                wrong.append(f"{column}: {found}")
    assert wrong == []
