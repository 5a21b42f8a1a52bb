"""Every letter about a match can be read, in Dutch and in English, and says first what is asked."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from matchmaker.clock import now
from matchmaker.database import db
from matchmaker.delivery import render
from matchmaker.mail.models import Letter
from matchmaker.matches import actions
from matchmaker.matches.watching import escalate_late, remind_due
from matchmaker.vocabulary import Party, Refusal, Role
from tests.factories import listings, people
from tests.matches.scenes import membership_of, scene


def write_all() -> set[str]:
    """Walk every path that writes a letter; returns the templates used."""
    here = scene(places=5)
    second = people.member(Role.OFFICER, here.municipality)
    houten = people.municipality(code="GM0321", name="Houten", slug="houten")
    people.member(Role.OFFICER, houten)
    people.member(Role.ORG_ADMIN, here.municipality)
    nowhere = people.municipality(with_desk=False, code="GM0014", name="Groningen", slug="groningen")
    listings.offer(here.municipality, work_fields=["W22"], owner_id=here.officer.id)
    proposal = actions.propose_for(here.need)[0]
    actions.request(proposal, by=here.lecturer, note="Kan dit?")
    actions.take(proposal, by=here.officer)
    actions.assign(proposal, to=second, by=here.officer)
    actions.ask(proposal, question="Voor wie?", by=second)
    actions.reply(proposal, answer="Jaar 2.", by=here.lecturer)
    actions.offer(proposal, by=second)
    actions.accept(proposal, by=here.lecturer)
    actions.withdraw(proposal, by=here.lecturer, as_party=Party.SCHOOL)

    def asked() -> object:
        need = listings.need(here.school, owner_id=here.lecturer.id)
        return actions.ask_desk(need, here.municipality, by=here.lecturer)

    for answer, more in (
        ("no", {"refusal": Refusal.OTHER, "note": "Druk"}),
        ("other", {"suggested": membership_of(second)}),
        ("yes", {}),
    ):
        match = actions.route(asked(), to=here.membership, by=here.officer)
        actions.answer_as_colleague(match, answer=answer, by=here.colleague, **more)
    actions.refuse(match, refusal=Refusal.PERIOD, by=here.lecturer, as_party=Party.SCHOOL)
    actions.refuse(asked(), refusal=Refusal.CROWDED, by=here.officer, as_party=Party.MUNICIPALITY)
    actions.forward(asked(), to=houten, note="Zij weten meer.", by=here.officer)
    actions.ask_desk(here.need, nowhere, by=here.lecturer)
    waiting, routed = asked(), actions.route(asked(), to=here.membership, by=here.officer)
    remind_due(waiting.due_at - timedelta(hours=1))
    actions.ask(asked(), question="Voor wie?", by=here.officer)
    escalate_late(now() + timedelta(days=60))
    actions.hand_over(here.officer, second, here.municipality, by=second)
    assert routed is not None
    return {template for (template,) in db.session.query(Letter.template).distinct()}


EXPECTED = {
    "handed_over", "invite_municipality", "match_accepted", "match_asked", "match_assigned",
    "match_colleague_answered", "match_declined", "match_due", "match_forwarded", "match_late", "match_offered",
    "match_other_side_late", "match_passed_on", "match_proposed", "match_refused", "match_replied", "match_requested",
    "match_routed", "match_taken", "match_withdrawn",
}  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_letter_can_be_read(app: Flask, language: str) -> None:
    assert write_all() == EXPECTED
    for letter in db.session.query(Letter):
        letter.language = language
        rendered = render(letter)
        assert rendered.subject and "\n" not in rendered.subject
        for text in (rendered.subject, rendered.text, rendered.html):
            assert "None" not in text and "{{" not in text and "%(" not in text, (letter.template, text)
            assert re.search(r"\bvoor \.|\bvoor :|  op \.", text) is None, (letter.template, text)


def test_what_someone_typed_is_never_markup_in_a_letter(app: Flask) -> None:
    here = scene(title="<script>alert(1)</script>")
    actions.ask(here.asked(), question="<b>Wie?</b>", by=here.officer)
    for letter in db.session.query(Letter):
        assert "<script>" not in render(letter).html and "<b>Wie" not in render(letter).html
