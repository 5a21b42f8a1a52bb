"""Nobody overwrites: two browsers open the same form, and the second to save sees both versions."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from matchmaker.accounts.models import Account
from matchmaker.assignments import plan
from matchmaker.clock import today
from matchmaker.cohorts.actions import ask_places
from matchmaker.database import db
from matchmaker.vocabulary import ListingStatus, OrganisationKind, Role
from tests.agreements.scenes import World
from tests.assignments.scenes import begun, planned, running
from tests.cohorts.test_rounds import opened
from tests.factories import people
from tests.factories.client import Client
from tests.factories.forms import PageReader
from tests.factories.students import campus
from tests.insights.test_crosswalk_evidence import PAIR
from tests.joint.scenes import question, town
from tests.placements.scenes import stage
from tests.sessions.scenes import after, lecture

Data = dict[str, str]


@dataclass
class Shared:
    """A page two people have open, and what each saves. `theirs` is how the page says what the first saved."""

    who: Account
    path: str
    first: Data
    second: Data
    theirs: str
    when: Callable[[], AbstractContextManager[object]] = field(default=nullcontext)


def group() -> Shared:
    there = planned()
    path = f"/samen/{there.match.id}/opdracht/groep/{there.work.groups[0].id}"
    values = {"name": "Groep 1", "students": "5"}
    first, second = {**values, "topic": "Van de een"}, {**values, "topic": "Mijn zin"}
    return Shared(there.lecturer, path, first, second, "Van de een")


def milestone() -> Shared:
    there = begun()
    made = plan.put_milestone(there.work, None, title="Tussenstand", day=today(), by=there.lecturer)
    path, day = f"/samen/{there.match.id}/opdracht/mijlpaal/{made.id}", today().isoformat()
    first, second = {"title": "Van de een", "day": day}, {"title": "Mijn zin", "day": day}
    return Shared(there.lecturer, path, first, second, "Van de een")


def finished_work() -> Shared:
    utrecht, officer = town("Utrecht")
    done = question(utrecht, status=ListingStatus.CLOSED)
    values = {"title": "Een speelplek", "school_id": "", "consents": "y"}
    first, second = {**values, "summary": "Van de een"}, {**values, "summary": "Mijn zin"}
    return Shared(officer, f"/loket/gedaan/{done.reference}", first, second, "Van de een")


def lent_place() -> Shared:
    here = campus()
    [place] = ask_places(opened(here), [here.place], by=here.coordinator)
    first, second = {"answer": "yes", "places": "1"}, {"answer": "no", "note": "Mijn zin"}
    return Shared(here.officer, f"/gemeente/rondes/{place.id}", first, second, "<dt>Doet deze plek mee?</dt>")


def crosswalk_link() -> Shared:
    keeper = people.member(Role.PLATFORM_ADMIN, people.organisation(OrganisationKind.PLATFORM, code="platform"))
    first, second = {"strength": "3", "why": "Van de een"}, {"strength": "1", "why": "Mijn zin"}
    return Shared(keeper, f"/beheer/kruistabel/{PAIR[0]}/{PAIR[1]}", first, second, "Vanzelf</dd>")


def look_back() -> Shared:
    there = lecture()
    told = {"held": "yes", "students": "24", "fit": "well", "again": "yes"}
    first, second = {**told, "note": "Van de een"}, {**told, "note": "Mijn zin"}
    return Shared(there.lecturer, f"/samen/{there.match.id}/na-afloop", first, second, "Van de een", after)


def first_draft_of_a_template() -> Shared:
    first, second = {"preamble": "Van de een"}, {"preamble": "Mijn zin"}
    return Shared(World().coordinator, "/overeenkomsten/sjabloon", first, second, "Van de een")


def first_login_of_an_organisation() -> Shared:
    school = people.institution()
    admin = people.member(Role.ORG_ADMIN, school)
    values = {"kind": "other", "issuer": "https://login.invalid", "client_secret": "geheim van de login"}
    first, second = {**values, "client_id": "Van-de-een"}, {**values, "client_id": "Mijn zin"}
    return Shared(admin, f"/beheer/organisaties/{school.id}/inloggen", first, second, "Van-de-een")


def goals_of_a_placement() -> Shared:
    there = stage().begun()
    assert there.placement is not None
    first, second = {"goal-0": "Van de een", "mode": ""}, {"goal-0": "Mijn zin", "mode": ""}
    return Shared(there.colleague, f"/plaatsingen/{there.placement.id}/afspraken", first, second, "Van de een")


def faculty() -> Shared:
    school = people.institution()
    path = f"/beheer/faculteiten/{people.programme(school).faculty_id}"
    return Shared(
        people.member(Role.ORG_ADMIN, school), path, {"name": "Van de een"}, {"name": "Mijn zin"}, "Van de een"
    )


def programme() -> Shared:
    school = people.institution()
    first, second = {"name": "Van de een", "isced": ""}, {"name": "Mijn zin", "isced": ""}
    path = f"/beheer/opleidingen/{people.programme(school).id}"
    return Shared(people.member(Role.ORG_ADMIN, school), path, first, second, "Van de een")


def presentation() -> Shared:
    there = planned()
    values = {"day": (today() + timedelta(days=30)).isoformat(), "hour": "13:30", "minutes": "90"}
    first, second = {**values, "place": "Van de een"}, {**values, "place": "Mijn zin"}
    return Shared(there.lecturer, f"/samen/{there.match.id}/opdracht/presentatie", first, second, "Van de een")


def result() -> Shared:
    there = running()
    first, second = {"result": "Van de een", "result_url": ""}, {"result": "Mijn zin", "result_url": ""}
    return Shared(there.lecturer, f"/samen/{there.match.id}/opdracht/resultaat", first, second, "Van de een")


FORMS = [
    faculty, programme, presentation, result, group,
    milestone, finished_work, lent_place, crosswalk_link, look_back, first_draft_of_a_template,
    first_login_of_an_organisation, goals_of_a_placement,
]  # fmt: skip


def sent(browser: Client, path: str, typed: Data) -> list[tuple[str, str]]:
    """The page as it stands, with what was typed."""
    form = next(each for each in PageReader(browser.get(path).text).forms if "version" in each.inputs)
    hidden = {name: each.values[0] for name, each in form.inputs.items() if name == "version" and each.values}
    return [*{"version": "", **hidden, **typed}.items()]


@pytest.mark.parametrize("make", FORMS, ids=lambda make: make.__name__)
def test_the_second_to_save_sees_both_versions(client: Client, make: Callable[[], Shared]) -> None:
    here = make()
    db.session.commit()
    with here.when():
        one, two = client.sign_in(here.who), client.application.test_client()
        assert isinstance(two, Client)
        two.sign_in(here.who)
        mine, other = sent(two, here.path, here.second), sent(one, here.path, here.first)
        assert one.post(here.path, data=dict(other)).status_code == 302
        answer = two.post(here.path, data=dict(mine))
        assert answer.status_code == 200
        theirs = answer.text.partition('id="andere-versie"')[2].partition("</section>")[0]
        assert here.theirs in theirs
        assert "Mijn zin" in answer.text.partition("</section>")[2]
        again = re.search(r'name="version" type="hidden" value="([^"]+)"', answer.text)
        assert again
        assert two.post(here.path, data={**dict(mine), "version": again[1]}).status_code == 302
