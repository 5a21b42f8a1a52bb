"""The texts of what the trade knows: complete, known to the registers, and without slips of the pen."""

from collections import Counter
from pathlib import Path

from matchmaker.dutch import knowledge
from matchmaker.dutch.knowledge import own_words, studies, usual_studies, usual_work, work_clues
from matchmaker.dutch.lexicon import key_of
from matchmaker.reference import programmes, study_field, work_fields

CODES = {field.code for field in work_fields()}
TAUGHT = {programme.isced for programme in programmes()}


def test_every_field_of_work_has_a_hundred_words_and_usual_studies():
    assert work_clues().keys() == usual_studies().keys() == CODES
    assert {code: len(clues) for code, clues in work_clues().items() if len(clues) < 100} == {}


def test_every_field_of_study_with_a_programme_has_names_and_words():
    assert studies().keys() == TAUGHT
    assert [isced for isced, study in studies().items() if not (study.names and study.words)] == []


def test_every_code_is_one_the_registers_know():
    for isced in studies():
        assert study_field(isced).code == isced
    assert {code for study in studies().values() for code in study.work} <= CODES
    assert {isced for row in usual_studies().values() for isced in row} <= TAUGHT
    assert {code for row in usual_work().values() for code in row} <= CODES


def test_strengths_stay_within_what_the_texts_say():
    assert {strength for clues in work_clues().values() for strength in clues.values()} == {1, 2, 3, 4, 5}
    assert {strength for study in studies().values() for strength in study.work.values()} <= {1, 2, 3}
    assert {strength for row in usual_studies().values() for strength in row.values()} <= set(range(1, 10))


def test_every_phrase_holds_a_word():
    phrases = [phrase for clues in work_clues().values() for phrase in clues]
    phrases += [phrase for study in studies().values() for phrase in (*study.names, *study.words)]
    assert [phrase for phrase in phrases if not key_of(phrase)] == []


def test_no_phrase_stands_twice_under_one_field_of_work():
    text = (Path(knowledge.__file__).parent / "work.txt").read_text("utf-8")
    twice = [
        (section[:3], phrase)
        for section in text.split("\n[")[1:]
        for phrase, times in Counter(
            phrase.strip() for line in section.splitlines()[1:] for phrase in line.partition(":")[2].split(",")
        ).items()
        if times > 1 and phrase
    ]
    assert twice == []


def test_words_of_a_kind_stand_with_a_kind_that_is_known():
    assert own_words().keys() == usual_work().keys()
