"""Two questions are alike by their words and their field of work, from either side the same."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.dutch.terms import terms, written_as
from matchmaker.engine.likeness import ALIKE_FROM, likeness, points_of_likeness
from matchmaker.engine.profiles import Profile
from matchmaker.vocabulary import Kind, Side

WORDS = st.lists(
    st.sampled_from(["speelplek", "kind", "buurt", "water", "riool", "fiets", "markt", "bibliotheek"]), max_size=12
)
Fields = frozenset[str]
FIELDS = st.frozensets(st.sampled_from(["W10", "W15", "W20"]), max_size=2)


def question(title: str, text: str = "", fields: frozenset[str] = frozenset({"W20"})) -> Profile:
    return Profile(
        "Q",
        Kind.QUESTION,
        Side.NEED,
        work_fields=fields,
        terms=terms(title, text),
        written_as=written_as(title, text),
    )


@given(WORDS, WORDS, FIELDS, FIELDS)
def test_it_is_the_same_from_either_side(one: list[str], other: list[str], mine: Fields, theirs: Fields) -> None:
    first, second = question(" ".join(one), fields=mine), question(" ".join(other), fields=theirs)
    there, back = likeness(first, second), likeness(second, first)
    assert (there.points, there.work_fields) == (back.points, back.work_fields)


@given(WORDS, WORDS)
def test_the_points_alone_are_those_with_the_words(one: list[str], other: list[str]) -> None:
    first, second = question(" ".join(one)), question(" ".join(other))
    assert points_of_likeness(first, second) == likeness(first, second).points


@given(WORDS.filter(bool), FIELDS)
def test_a_question_is_like_itself_when_it_names_a_field(words: list[str], fields: frozenset[str]) -> None:
    own = question(" ".join(words), fields=fields)
    assert likeness(own, own).points == 100
    assert likeness(own, own).is_alike is bool(fields)


def test_the_reason_names_the_words_both_use() -> None:
    found = likeness(
        question("Wat zeggen meldingen over een buurt?", "Bewoners melden losse tegels."),
        question("Eén plek voor alle meldingen in de buurt", "Wij willen weten waarom bewoners melden."),
    )
    assert found.points >= ALIKE_FROM
    assert set(found.words) == {"meldingen", "buurt", "bewoners"}


def test_a_text_without_words_is_like_nothing() -> None:
    assert likeness(question(""), question("Speelplek")).points == 0
    assert not likeness(question(""), question("")).is_alike


def test_other_work_is_not_the_same_question() -> None:
    one, other = question("Speelplek voor een kind"), question("Speelplek voor een kind", fields=frozenset({"W10"}))
    assert not likeness(one, other).is_alike
