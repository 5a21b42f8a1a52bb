"""The log reads as sentences: every event and every thing it is about has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import matchmaker
from matchmaker.agreements.states import AgreementAction
from matchmaker.applications.states import Action as ApplicationAction
from matchmaker.assignments.states import AssignmentAction
from matchmaker.audit.models import AuditEvent
from matchmaker.cohorts.states import Answer
from matchmaker.committees.states import LIVES
from matchmaker.database import db
from matchmaker.matches.states import Action
from matchmaker.replies.models import Fate
from matchmaker.scheduled import HANDLERS
from matchmaker.words.labels import JOB_TASKS
from matchmaker.words.log import OBJECTS, about, came_from, event_sentence
from matchmaker.words.log_events import EVENTS
from matchmaker.words.placement_log import PLACEMENT_EVENTS

COMPOSED = {
    "f'placement.{action}'": set(PLACEMENT_EVENTS),
    "f'agreement.{action.value}'": {f"agreement.{action.value}" for action in AgreementAction},
    "f'assignment.{action.value}'": {f"assignment.{action.value}" for action in AssignmentAction},
    "f'match.{action.value}'": {f"match.{action.value}" for action in Action},
    "f'{subject.NOUN}.{action.value}'": {
        f"{noun}.{action.value}" for noun, moves in LIVES.items() for _, action in moves
    },
    "f'application.{action.value}'": {f"application.{action.value}" for action in ApplicationAction},
    "f'cohort.{answer.value}'": {f"cohort.{answer.value}" for answer in Answer},
    "f'mail.{fate.value}'": {f"mail.{fate.value}" for fate in Fate},
    "f'remove_{type(part).__name__.lower()}'": {"remove_team", "remove_faculty", "remove_programme"},
    "f\"{('add' if is_new else 'change')}_{kind}\"": {
        f"{verb}_{kind}" for verb in ("add", "change") for kind in ("team", "faculty", "programme")
    },
}
"""Names of events that the code puts together, and what they can become."""
NEVER_LOGGED = {
    "AuditAnchor", "AuditHead", "AuditSeal", "UnusedWarning",
    "AgreementEvent", "AssignmentEvent", "AssignmentFile", "AssignmentGroup", "AuditEvent", "ChecklistItem",
    "CommitteeEvent",
    "CompetenceIndicator", "Contact", "DayWorked", "DoorUse", "EmailDomain", "Evaluation", "EvaluationReply",
    "FollowOn", "InterruptedForm",
    "Invitee", "LearningGoal", "ListingChange", "ListingChangeCounter", "ListingTag", "ListingWords",
    "MailPreference", "MatchEvent", "Milestone", "Note", "PeriodicRun", "PlacementEvent", "PlacementPerson",
    "Product", "Signal", "Signatory",
    "SessionEvent",
    "ApplicationEvent", "ApplicationFile", "ProgrammeRules",
    "ProfileSnapshot", "ProposalBasis", "SearchSignal", "SearchWord", "SignInAttempt", "SlotProposal", "Submission",
    "CohortWish", "CohortProgramme", "ProviderVisit", "KnownDevice", "RecoveryCode", "ReviewReminder", "ReviewedRole",
    "SpentChallenge",
}  # fmt: skip


def names_recorded() -> Iterator[ast.expr]:
    """The first argument of every `record(...)` in the product."""
    for path in Path(matchmaker.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                yield node.args[0]


def codes(name: ast.expr) -> set[str]:
    if isinstance(name, ast.Constant):
        return {str(name.value)}
    if isinstance(name, ast.IfExp):
        return codes(name.body) | codes(name.orelse)
    return COMPOSED[ast.unparse(name)]


def test_every_event_the_product_records_has_a_sentence() -> None:
    recorded = set().union(*(codes(name) for name in names_recorded()))
    assert len(recorded) > 80
    assert recorded - EVENTS.keys() == set()


def test_every_thing_an_event_can_be_about_has_a_name(app: Flask) -> None:
    kinds = {mapper.class_.__name__ for mapper in db.Model.registry.mappers}
    assert kinds - NEVER_LOGGED - OBJECTS.keys() == set()


@pytest.mark.parametrize("name", [*EVENTS, *OBJECTS])
def test_no_word_is_a_code(app: Flask, name: str) -> None:
    with app.test_request_context():
        words = str({**OBJECTS, **EVENTS}[name])
    assert words and "_" not in words and (name not in EVENTS or words.endswith("."))


def test_an_event_tells_its_details_and_where_it_came_from(app: Flask) -> None:
    with app.test_request_context():
        event = AuditEvent(action="match.take", object_kind="Match", object_id=4, details={"state": "requested"})
        assert event_sentence(event) == "Iemand van het loket heeft de vraag opgepakt. Stand: Ligt bij het loket."
        assert about(event) == "Match 4"
        found = AuditEvent(action="match.propose", object_kind="Need", object_id=2, details={"proposals": 1})
        assert event_sentence(found) == "Er is gezocht naar wat erbij past. 1 voorstel."
        sources = ("system", "periodic:expire", "job:3", "command:import", "0123abcd")
        assert len({came_from(AuditEvent(origin=source)) for source in sources}) == len(sources)


def test_all_background_work_has_words_for_the_list() -> None:
    assert set(JOB_TASKS) == set(HANDLERS)
