"""Equal chances: what is counted, and that no small group shows, also not from two tables after each other."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
import time_machine
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.applications import applying as applications
from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.insights.chances_tables import SECTORS, Cell, Column, Counted, cells, lines, shown_of
from matchmaker.insights.equal_chances import equal_chances, years_with_figures
from matchmaker.insights.small_groups import FEWEST, hidden_cells, published, rounded, share
from matchmaker.organisations.models import Faculty, Organisation, Programme
from matchmaker.placements.models import Placement
from matchmaker.students.queries import profile_of
from matchmaker.vocabulary import Kind, Party, Role, Sector
from tests.factories import listings, matches, people
from tests.factories.client import Client
from tests.factories.students import MOTIVATION, campus

COUNTS = st.dictionaries(st.integers(1, 40), st.integers(0, 60), max_size=12)


@given(COUNTS)
def test_no_group_under_five_is_shown(counts: dict[int, int]):
    shown = published(counts)
    assert all(number == 0 or counts[key] >= FEWEST for key, number in shown.groups.items() if number is not None)


@given(COUNTS)
def test_what_is_hidden_is_never_one_group_that_the_rest_gives_away(counts: dict[int, int]):
    shown = published(counts)
    hidden = [key for key, number in shown.groups.items() if number is None]
    if shown.rest is not None:
        assert len(hidden) > 1
        assert sum(counts[key] for key in hidden) >= FEWEST


@given(COUNTS)
def test_every_number_is_a_multiple_of_five(counts: dict[int, int]):
    shown = published(counts)
    numbers = [each for each in (*shown.groups.values(), shown.rest) if each is not None]
    assert all(each % FEWEST == 0 for each in numbers)


@given(st.integers(0, 500))
def test_one_person_more_or_less_is_not_seen_in_the_difference(number: int):
    assert rounded(number + 1) - rounded(number) in (0, FEWEST)


@pytest.mark.parametrize(
    "counts, groups, rest",
    [
        ({"mbo": 12, "hbo": 20, "wo": 3}, {"mbo": None, "hbo": 20, "wo": None}, 15),
        ({"mbo": 12, "hbo": 20, "wo": 0}, {"mbo": 10, "hbo": 20, "wo": 0}, None),
        ({"mbo": 2, "hbo": 2, "wo": 0}, {"mbo": None, "hbo": None, "wo": 0}, None),
        ({"mbo": 3, "hbo": 4, "wo": 30}, {"mbo": None, "hbo": None, "wo": 30}, 5),
        ({}, {}, None),
    ],
)
def test_a_small_group_takes_another_with_it(counts: dict[str, int], groups: dict[str, int | None], rest: int | None):
    shown = published(counts)
    assert (shown.groups, shown.rest) == (groups, rest)


def test_a_share_is_told_in_tens_and_from_five_on():
    assert (share(3, 4), share(3, 5), share(7, 10)) == (None, 60, 70)


def possible(row: Counted) -> Counted:
    """A programme has one kind of education, and no more start than were placed."""
    number = row.programme * len(SECTORS) + SECTORS.index(row.sector)
    return replace(row, programme=number, started=min(row.started, row.placed))


ROWS = st.lists(
    st.builds(
        Counted,
        part=st.integers(1, 4),
        sector=st.sampled_from(SECTORS),
        programme=st.integers(1, 6),
        placed=st.integers(0, 14),
        started=st.integers(0, 14),
    ).map(possible),
    max_size=8,
    unique_by=lambda row: (row.part, row.programme),
)


def people_in(cell: Cell, rows: list[Counted]) -> set[tuple[int, int, int]]:
    """Every student of a cell, apart: the part, the programme and a number."""
    column, part, key = cell
    found = set()
    for row in rows:
        inside = key is None or key == (row.programme if column is Column.PROGRAMME else row.sector)
        if inside and part in (None, row.part):
            number = row.started if column is Column.STARTED else row.placed
            found |= {(row.part, row.programme, each) for each in range(number)}
    return found


def can_hold(one: Cell, other: Cell) -> bool:
    """Whether anyone can know that a group lies in another: of which programme those are who started, nobody can."""
    return one[0] is Column.PLACED or one[0] is other[0]


def are_apart(one: Cell, other: Cell) -> bool:
    """Whether everyone knows that two groups have nobody in common: another part, programme or kind of education."""
    if one[1] is not None and other[1] is not None and one[1] != other[1]:
        return True
    if one[2] is None or other[2] is None:
        return False
    if Column.PROGRAMME in (one[0], other[0]) and one[0] is not other[0]:
        return False
    return one[2] != other[2]


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_no_two_views_after_each_other_differ_by_a_group_under_five(rows: list[Counted]):
    """Whoever opens the whole and every part has all these numbers. Of any two where one group holds the other, and of
    any group without up to two others inside it that are known to be apart, the difference is nobody or at least
    five."""
    hidden = hidden_cells(cells(rows), lines(rows))
    shown = {cell: people_in(cell, rows) for cell in cells(rows) if cell not in hidden}
    for cell, group in shown.items():
        inside = [
            each for each, other in shown.items() if each != cell and other and other <= group and can_hold(cell, each)
        ]
        for number in (1, 2):
            for chosen in combinations(inside, number):
                if all(are_apart(*pair) for pair in combinations(chosen, 2)):
                    left = group.difference(*(shown[each] for each in chosen))
                    assert not 0 < len(left) < FEWEST


@given(ROWS)
def test_a_view_shows_no_number_that_is_hidden_and_rounds_the_others(rows: list[Counted]):
    hidden = hidden_cells(cells(rows), lines(rows))
    for part in (None, *{row.part for row in rows}):
        placed, started, programmes = shown_of(rows, part)
        for column, view in ((Column.PLACED, placed), (Column.STARTED, started), (Column.PROGRAMME, programmes)):
            for key, number in view.groups.items():
                cell = (column, part, key)
                assert number == (None if cell in hidden else rounded(cells(rows)[cell]))


@given(ROWS)
def test_what_is_hidden_together_is_nobody_or_at_least_five(rows: list[Counted]):
    for part in (None, *{row.part for row in rows}):
        assert all(each.rest is None or each.rest >= FEWEST for each in shown_of(rows, part))


def test_enough_is_shown_where_no_group_is_small():
    rows = [Counted(1, Sector.HBO, 1, 20, 12), Counted(1, Sector.HBO, 2, 9, 9), Counted(2, Sector.MBO, 3, 30, 0)]
    assert hidden_cells(cells(rows), lines(rows)) == set()


def test_a_faculty_of_three_hides_the_other_one_too():
    rows = [Counted(1, Sector.HBO, 1, 20, 0), Counted(2, Sector.HBO, 2, 3, 0)]
    assert shown_of(rows, None)[0].groups[Sector.HBO] == 25
    assert [shown_of(rows, part)[0].groups[Sector.HBO] for part in (1, 2)] == [None, None]
    assert shown_of(rows, None)[2].groups == {1: None, 2: None}


@pytest.mark.parametrize(
    "day, years",
    [(date(2026, 11, 24), (2026, 2025)), (date(2027, 7, 31), (2026, 2025)), (date(2027, 8, 1), (2027, 2026))],
)
def test_only_two_school_years_can_be_asked(day: date, years: tuple[int, int]):
    assert years_with_figures(day) == years


@pytest.fixture
def town(app: Flask) -> Organisation:
    return people.municipality(name="Nieuwegein")


def placed(town: Organisation, programme: Programme, school: Organisation, number: int, *, begun: int = 0) -> None:
    for each in range(number):
        db.session.add(
            Placement(
                kind=Kind.WORK,
                programme=programme,
                institution=school,
                municipality=town,
                title="Stage",
                started_at=now() if each < begun else None,
            )
        )
    db.session.flush()


def asked(town: Organisation, school: Organisation, number: int, *, answered_after: int | None) -> None:
    for _ in range(number):
        match = matches.match(
            listings.need(school, kind=Kind.WORK),
            listings.offer(town, kind=Kind.WORK),
            initiated_by=Party.SCHOOL,
            requested_at=now() - timedelta(days=20),
        )
        if answered_after is not None:
            match.first_answered_at = now() - timedelta(days=20 - answered_after)
    db.session.flush()


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_it_counts_placements_and_answers_of_each_kind_of_education(town: Organisation):
    roc, hbo = people.institution(sector=Sector.MBO), people.institution(sector=Sector.HBO)
    care, law = people.programme(roc, name="Sociaal werk"), people.programme(hbo, name="Rechten")
    placed(town, care, roc, 11, begun=6)
    placed(town, law, hbo, 21, begun=16)
    asked(town, roc, 6, answered_after=None)
    asked(town, hbo, 6, answered_after=1)
    found = equal_chances(town, 2026)
    assert found.placed.groups == {Sector.MBO: 10, Sector.HBO: 20, Sector.WO: 0}
    assert found.started.groups == {Sector.MBO: 5, Sector.HBO: 15, Sector.WO: 0}
    assert {found.names[key]: number for key, number in found.programmes.groups.items()} == {
        "Sociaal werk": 10,
        "Rechten": 20,
    }
    assert [(found.answers[each].asked, found.answers[each].answered) for each in SECTORS] == [
        (6, 0),
        (6, 100),
        (0, None),
    ]
    assert found.answers[Sector.HBO].days == 1


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_what_another_municipality_did_does_not_count(town: Organisation):
    school = people.institution(sector=Sector.WO)
    placed(people.municipality(), people.programme(school), school, 9)
    assert equal_chances(town, 2026).names == {}


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_the_page_names_no_programme_of_four_students(client: Client, town: Organisation):
    school = people.institution(sector=Sector.HBO)
    placed(town, people.programme(school, name="Klein en apart"), school, 4)
    placed(town, people.programme(school, name="Groot"), school, 30)
    page = client.sign_in(people.member(Role.HR_PLANNER, town)).get("/inzicht/gelijke-kansen").text
    assert "Klein en apart" not in page
    assert "Andere opleidingen samen" in page


@pytest.mark.parametrize("query", ["", "?jaar=1999", "?jaar=x"])
def test_an_empty_year_and_a_strange_year_give_a_page(client: Client, town: Organisation, query: str):
    client.sign_in(people.member(Role.BOARD, town))
    assert "Dit schooljaar is nog leeg" in client.get(f"/inzicht/gelijke-kansen{query}").text


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_a_coordinator_sees_the_own_faculty_only(client: Client, town: Organisation):
    school = people.institution(sector=Sector.HBO)
    law, care = Faculty(name="Recht", organisation=school), Faculty(name="Zorg", organisation=school)
    db.session.add_all([law, care])
    db.session.flush()
    placed(town, people.programme(school, name="Rechten", faculty_id=law.id), school, 20)
    placed(town, people.programme(school, name="Verpleegkunde", faculty_id=care.id), school, 30)
    coordinator = people.member(Role.COORDINATOR, school, faculty_id=law.id)
    page = client.sign_in(coordinator).get("/inzicht/gelijke-kansen").text
    assert ("Rechten" in page, "Verpleegkunde" in page) == (True, False)
    assert client.get("/inzicht/gezocht").status_code == 403


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_a_small_faculty_cannot_be_counted_from_the_school_and_the_other_faculty(town: Organisation):
    school = people.institution(sector=Sector.HBO)
    law, care = Faculty(name="Recht", organisation=school), Faculty(name="Zorg", organisation=school)
    db.session.add_all([law, care])
    db.session.flush()
    placed(town, people.programme(school, faculty_id=law.id), school, 20)
    placed(town, people.programme(school, faculty_id=care.id), school, 3)
    whole = equal_chances(school, 2026).placed.groups[Sector.HBO]
    own = [equal_chances(school, 2026, faculty_id=each.id).placed.groups[Sector.HBO] for each in (law, care)]
    assert (whole, own) == (25, [None, None])


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_students_who_applied_count_once_and_by_the_first_answer(client: Client):
    here = campus(places=20)
    other = listings.offer(here.municipality, kind=Kind.WORK, title="Elders", levels=["hbo_bachelor"])
    for number in range(12):
        first = here.applied(f"Student {number}")
        first.sent_at = now() - timedelta(days=20)
        if number < 6:
            first.first_answered_at = now() - timedelta(days=18)
        if number == 0:
            again = applications.apply(profile_of(first.student), other, motivation=MOTIVATION)
            again.sent_at = now() - timedelta(days=5)
    db.session.flush()
    found = equal_chances(here.municipality, 2026).students
    assert found.applied.groups == {Sector.MBO: 0, Sector.HBO: 10, Sector.WO: 0}
    assert found.answered.groups[Sector.HBO] == 5
    assert found.programmes.groups == {here.programme.id: 10}
    assert found.days == {Sector.MBO: None, Sector.HBO: 2, Sector.WO: None}
    page = client.sign_in(people.member(Role.HR_PLANNER, here.municipality)).get("/inzicht/gelijke-kansen").text
    assert "50%" in page and here.programme.name in page


@time_machine.travel("2026-11-24 10:00:00+01:00", tick=False)
def test_few_students_who_applied_stay_hidden(client: Client):
    here = campus(places=20)
    for number in range(4):
        here.applied(f"Student {number}")
    found = equal_chances(here.school, 2026).students
    assert (found.applied.groups[Sector.HBO], found.days[Sector.HBO]) == (None, None)
    page = client.sign_in(here.coordinator).get("/inzicht/gelijke-kansen").text
    assert "verborgen" in page and here.programme.name not in page.partition("Studenten die zelf reageerden")[2]
