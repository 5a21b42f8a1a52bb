"""The menu marks where one is, also on a page that is a tab of another."""

import pytest

from matchmaker.vocabulary import Role
from tests.factories import people
from tests.factories.client import Client


@pytest.mark.parametrize(
    ("role", "path", "entry"),
    [
        (Role.OFFICER, "/inzicht/gezocht", '<a href="/loket/" aria-current="true">'),
        (Role.HR_PLANNER, "/inzicht/gezocht", '<a href="/inzicht/gezocht" aria-current="page">'),
        (Role.PLATFORM_ADMIN, "/beheer/kruistabel", '<a href="/beheer/weging" aria-current="true">'),
        (Role.PLATFORM_ADMIN, "/beheer/kruistabel/W01/0421", '<a href="/beheer/weging" aria-current="true">'),
    ],
)
def test_the_menu_marks_the_entry_a_page_belongs_to(client: Client, role: Role, path: str, entry: str) -> None:
    page = client.sign_in(people.member(role, people.role_home(role))).get(path).text
    menu = page.partition("<main")[0]
    assert (menu.count(entry), menu.count("aria-current")) == (2, 2)
