import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

import matchmaker.engine
from matchmaker.engine.assessment import Verdict
from matchmaker.engine.findings import Criterion, Values
from matchmaker.engine.hints import Hint
from matchmaker.vocabulary import SIDES_OF_THE_DESK, Kind, Party
from matchmaker.words.reasons import criterion_name, hint_sentence, sentence, verdict_name, whole_score

NAMES = {"W22": "Ruimtelijke ordening en omgevingswet", "0731": "Architectuur en stedenbouw"}
VALUES: Values = {
    "work_field": "W22",
    "study_field": "0731",
    "work_fields": ["W22"],
    "study_fields": ["0731"],
    "strength": 3,
    "words": ["omgevingsplan", "kaart"],
    "levels": ["hbo_bachelor", "mbo4"],
    "tracks": ["bbl"],
    "languages": ["nl"],
    "missing": "offer",
    "full": "offer",
    "start": "2027-03-16",
    "end": "2027-07-01",
    "day": "2027-03-16",
    "weekday": 2,
    "part": "morning",
    "options": 2,
    "weeks": 2,
    "asked": 20,
    "least": 24,
    "most": 32,
    "gap": 4,
    "km": 12,
    "left": 2,
    "sought": 3,
    "items": 9,
    "places": 3,
    "level": "mbo4",
}


def codes_of_the_engine() -> set[str]:
    """Every reason, exclusion and hint code written in the engine. Subject codes are written without their prefix."""
    found: set[str] = set()
    for path in Path(matchmaker.engine.__file__).parent.glob("*.py"):
        texts = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
        found |= {
            text
            for text in texts
            if isinstance(text, str)
            and re.fullmatch(r"(text|level|period|sessions|hours|distance|capacity|desk|hard|hint)\.\w+", text)
        }
        if path.name == "subject.py":
            skipped = {"shared", "near", "differs", "open"}
            found |= {
                f"subject.{node.value}"
                for call in ast.walk(ast.parse(path.read_text()))
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_found"
                for node in ast.walk(call.args[1])
                if isinstance(node, ast.Constant) and node.value not in skipped
            } | {"subject.linked", "subject.linked_other_choice"}
    return found


CODES = sorted(codes_of_the_engine())
REASONS = [code for code in CODES if not code.startswith("hint.")]
HINTS = [code for code in CODES if code.startswith("hint.")]


def is_whole(text: str) -> bool:
    return (
        (text[0].isupper() or text[0].isdigit())
        and text.endswith(".")
        and not re.search(r"[%{}]|\bW22\b|0731|None|_", text)
    )


def test_the_engine_has_the_codes_this_test_looks_for():
    assert (len(REASONS), len(HINTS)) == (57, 14)


@pytest.mark.parametrize("code", REASONS)
@pytest.mark.parametrize("party", SIDES_OF_THE_DESK)
@pytest.mark.parametrize("kind", [Kind.WORK, Kind.LECTURE, Kind.QUESTION])
def test_every_reason_has_a_sentence_for_both_sides(code, party, kind):
    for side in ("need", "offer", "both"):
        if side == "both" and code == "hard.capacity":
            continue
        values = VALUES | {"missing": ["wo_master"] if code == "level.part" else side, "full": side}
        text = sentence(code, values, party=party, kind=kind, names=NAMES)
        assert is_whole(text), text


@pytest.mark.parametrize("code", HINTS)
@pytest.mark.parametrize("kind", [Kind.WORK, Kind.LECTURE])
def test_every_hint_has_a_sentence_with_its_score(code, kind):
    text = hint_sentence(Hint(code, VALUES, 84.0, 13.0), kind=kind, names=NAMES)
    assert is_whole(text), text
    assert text.endswith("Dan is het 84 van de 100.")


def test_a_hint_reads_as_a_person_would_say_it():
    hint = Hint("hint.start_later", {"weeks": 2}, 84.0, 13.0)
    assert hint_sentence(hint, kind=Kind.LECTURE) == "Begin 2 weken later. Dan is het 84 van de 100."
    one = Hint("hint.start_later", {"weeks": 1}, 84.0, 13.0)
    assert hint_sentence(one, kind=Kind.LECTURE) == "Begin 1 week later. Dan is het 84 van de 100."


def test_the_two_sides_are_told_the_same_in_their_own_words():
    values: Values = {"missing": "offer"}
    told = [sentence("hours.unknown", values, party=party, kind=Kind.WORK) for party in SIDES_OF_THE_DESK]
    assert told == ["De gemeente noemt nog geen uren.", "U noemt nog geen uren."]


def test_in_a_question_the_municipality_is_the_one_who_asks():
    values: Values = {"missing": "need"}
    told = sentence("period.unknown", values, party=Party.MUNICIPALITY, kind=Kind.QUESTION)
    assert told == "U noemt nog geen periode."


def test_dates_levels_and_lists_are_words():
    fits = sentence("period.fits", VALUES, party=Party.SCHOOL, kind=Kind.WORK)
    assert fits == "U kunt allebei van 16 maart 2027 tot en met 1 juli 2027."
    levels = sentence("level.all", VALUES, party=Party.SCHOOL, kind=Kind.WORK)
    assert levels == "De gemeente vraagt uw niveau: hbo-bachelor en mbo 4."


def test_a_percent_sign_in_a_word_of_a_posting_is_harmless():
    told = sentence("text.shared", {"words": ["100%(x)s"]}, party=Party.SCHOOL, kind=Kind.WORK)
    assert told == "In beide teksten staat: 100%(x)s."


def test_inside_an_app_the_sentences_come_through_babel():
    app = Flask(__name__)
    Babel(app, default_locale="nl")
    with app.test_request_context():
        for code in REASONS:
            values = VALUES | {"missing": ["wo_master"] if code == "level.part" else "offer"}
            assert is_whole(sentence(code, values, party=Party.SCHOOL, kind=Kind.WORK, names=NAMES))
        assert sentence("sessions.weekly", VALUES, party=Party.SCHOOL, kind=Kind.LECTURE) == (
            "U kunt allebei op dinsdag (ochtend), vanaf 16 maart 2027."
        )


def test_a_code_the_engine_does_not_know_is_an_error():
    with pytest.raises(KeyError):
        sentence("subject.nothing", {}, party=Party.SCHOOL, kind=Kind.WORK)


def test_criteria_and_verdicts_have_names():
    names = [criterion_name(each, kind=Kind.WORK) for each in Criterion]
    assert names == ["Onderwerp", "Tekst", "Niveau", "Periode", "Uren", "Afstand", "Ruimte", "Drukte bij het loket"]
    assert criterion_name(Criterion.PERIOD, kind=Kind.LECTURE) == "Dag en tijd"
    assert [verdict_name(each) for each in Verdict] == ["Past goed", "Past", "Misschien"]
    assert [whole_score(score) for score in (84.4, 84.5)] == [84, 85]


def test_one_number_of_hours_is_no_range() -> None:
    hours: Values = {"least": 36, "most": 36}
    assert sentence("hours.fit", hours, party=Party.SCHOOL, kind=Kind.WORK) == "De uren passen: 36 uur per week."
    told = hint_sentence(Hint("hint.state_hours", hours, score=80.0, gain=5.0), kind=Kind.WORK)
    assert told == "Noem de uren, bijvoorbeeld 36 uur per week. Dan is het 80 van de 100."
