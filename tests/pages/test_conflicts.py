"""Nobody overwrites: every form with a version, on every page of the demo, sent from a version that is over."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from flask import Flask, template_rendered
from werkzeug.datastructures import MultiDict

import matchmaker.web
from matchmaker.demo.accounts import DEMO_PASSWORD
from matchmaker.vocabulary import Role
from matchmaker.web.fields import EditForm
from tests.factories.forms import PageForm, PageReader
from tests.pages.conftest import Site
from tests.pages.walk import is_page, signed_in, walk

TYPED = "Dit typte ik zelf."
TWO_BROWSERS = "tests/web/test_versions.py::test_the_second_to_save_sees_both_versions"
PROVEN_BESIDE = {
    "ArrangementForm": TWO_BROWSERS,
    "DecisionForm": "tests/web/together/test_assignments.py::"
    "test_a_result_handed_in_again_is_read_before_it_is_decided_on",
    "DetailsForm": "tests/web/together/test_matches.py",
    "FacultyForm": TWO_BROWSERS,
    "FinishedForm": TWO_BROWSERS,
    "GroupForm": TWO_BROWSERS,
    "InviteForm": "",
    "LendForm": TWO_BROWSERS,
    "LookBackForm": TWO_BROWSERS,
    "MilestoneForm": TWO_BROWSERS,
    "PersonForm": "tests/web/admin/test_people.py",
    "PresentationForm": TWO_BROWSERS,
    "ProgrammeForm": TWO_BROWSERS,
    "ProviderForm": TWO_BROWSERS,
    "ResultForm": TWO_BROWSERS,
    "WhenForm": "tests/web/posting/test_keeping.py::"
    "test_another_window_is_never_overwritten_and_both_versions_are_shown",
}
"""Forms that no page of the demo has open: where a conflict is tested. An invitation is always new."""


def edit_forms() -> set[str]:
    """The name of every form with a version that a page can hold."""
    for module in pkgutil.walk_packages(matchmaker.web.__path__, "matchmaker.web."):
        importlib.import_module(module.name)
    waiting, names = [EditForm], set()
    while waiting:
        below = waiting.pop().__subclasses__()
        names |= {each.__name__ for each in below if not each.__subclasses__()}
        waiting += below
    return names


def stale(form: PageForm) -> list[tuple[str, str]]:
    """What someone would send who opened the page before someone else saved."""
    typed = {name: [TYPED] for name, each in form.inputs.items() if each.kind == "textarea"}
    return form.pairs(version=["over"], **typed)


def versioned(app: Flask, site: Site, who: str, met: set[str]) -> Iterator[tuple[str, PageForm, Any]]:
    """Every form with a version that this role can open, the page it is on, and the client to send it with."""
    client, shown = signed_in(app, site.accounts[who], DEMO_PASSWORD), []

    def note(_sender: Flask, context: dict[str, Any], **_: Any) -> None:
        for each in context.values():
            if isinstance(each, EditForm):
                shown.extend(kind.__name__ for kind in type(each).__mro__ if issubclass(kind, EditForm))

    with template_rendered.connected_to(note, app):
        for path, answer in walk(app, client, "/start"):
            names, shown[:] = list(shown), []
            if not is_page(app, path, answer):
                continue
            forms = [each for each in PageReader(answer.text).forms if "version" in each.inputs]
            if any(each.inputs["version"].values for each in forms):
                met.update(names)
            yield from ((path, each, client) for each in forms if each.inputs["version"].values)
            shown.clear()


def test_every_form_sent_from_an_older_version_shows_both(site: Site) -> None:
    met, wrong = set[str](), list[str]()
    for who in (role.value for role in Role):
        for path, form, client in versioned(site.app, site, who, met):
            answer = client.post(form.action or path, data=MultiDict(stale(form)))
            if answer.status_code != 200:
                wrong.append(f"{who} saved {path} over another version: {answer.status_code}")
            elif 'id="andere-versie"' not in answer.text:
                wrong.append(f"{path} does not show {who} what was saved meanwhile")
            elif TYPED not in answer.text and any(each.kind == "textarea" for each in form.inputs.values()):
                wrong.append(f"{path} loses what {who} typed")
    assert wrong == []
    unmet = sorted(edit_forms() - met)
    assert not set(unmet) - PROVEN_BESIDE.keys(), ", ".join(unmet)
