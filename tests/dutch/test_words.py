import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.dutch.compounds import split
from matchmaker.dutch.remembered import Remembered
from matchmaker.dutch.stems import stem
from matchmaker.dutch.synonyms import other_names
from matchmaker.dutch.terms import MOST_TERMS, terms, written_as
from matchmaker.dutch.tokens import fold, sentences, words


def test_words_are_folded_and_parted_at_hyphens():
    assert words("Wmo-consulent: coördinatie & 'n foto’s") == ["wmo", "consulent", "coordinatie", "n", "foto's"]


def test_an_abbreviation_does_not_end_a_sentence_and_a_line_break_does():
    assert sentences("Je werkt o.a. met kaarten, bijv. in GIS. Dat is leuk!\nReageer snel") == [
        "Je werkt oa met kaarten, bijv in GIS",
        "Dat is leuk",
        "Reageer snel",
    ]


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\ud800", "???", "a" * 100_000, "stage" * 40_000, "é" * 30_000])
def test_strange_text_is_read_without_complaint(text):
    assert isinstance(terms(text, text), dict)
    assert isinstance(sentences(text), list)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "gemeenten"),
        ("stageplaats", "stageplaatsen"),
        ("vergunning", "vergunningen"),
        ("wijk", "wijken"),
        ("dwangsom", "dwangsommen"),
        ("jurist", "juristen"),
        ("begraafplaats", "begraafplaatsen"),
        ("Coördinator", "coordinatoren"),
    ],
)
def test_singular_and_plural_share_a_stem(one, other):
    assert stem(one) == stem(other)


def test_the_stem_of_gemeenten_is_not_that_of_the_newer_algorithm():
    assert stem("gemeenten") == "gemeent"


def test_different_words_keep_different_stems():
    assert len({stem(word) for word in ("wijk", "wijn", "water", "wet", "werk", "weg")}) == 6


def test_stems_are_the_same_in_every_thread():
    found: list[list[str]] = []
    many = [f"vergunning{n}en" for n in range(300)]

    def work() -> None:
        found.append([stem(word) for word in many])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 4


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stageopdrachtgever", ("stage", "opdracht", "gever")),
        ("omgevingsvergunning", ("omgeving", "vergunning")),
        ("rechtenstudent", ("rechten", "student")),
        ("bezwaarschriften", ("bezwaar", "schrift")),
        ("begraafplaatsen", ("begraaf", "plaats")),
        ("schuldhulpverlening", ("schuld", "hulp", "verlening")),
        ("verkeersveiligheid", ("verkeer", "veiligheid")),
        ("handhaving", ("handhaving",)),
        ("knuffelbeer", ("knuffelbeer",)),
        ("stagexyz", ("stagexyz",)),
    ],
)
def test_known_compounds_are_split_and_others_left_whole(word, parts):
    assert split(word) == parts


def test_abbreviations_are_known_in_both_directions():
    assert other_names("Wmo") == ("wet maatschappelijke ondersteuning", "maatschappelijke ondersteuning")
    assert other_names("ruimtelijke ordening")[0] == "ro"
    assert other_names("appeltaart") == ()


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Stage bij de Woo", "Stage bij de Wet open overheid"),
        ("BRP", "basisregistratie personen"),
        ("team VTH", "Vergunningen, toezicht en handhaving"),
        ("RO", "ruimtelijke ordening"),
    ],
)
def test_who_writes_it_short_is_found_by_who_writes_it_in_full(short, full):
    assert set(terms(short, "")) & set(terms(full, ""))


def test_the_title_counts_more_and_words_of_every_posting_less():
    found = terms("Omgevingsplan", "Stage bij het team kaarten.")
    assert list(found)[0] == stem("omgevingsplan")
    assert found[stem("stage")] < found[stem("kaarten")]
    assert "het" not in found


def test_words_that_fit_any_subject_are_no_terms_and_those_of_a_trade_are():
    assert terms("", "Wie mist een keer een open plek en krijgt hulp? Zes mensen vertellen het graag.").keys() == {
        stem(word) for word in ("plek", "hulp", "mensen")
    }
    trade = "meten tekenen bouwen ontwerpen plan wijk straat geld zorg toezicht vergunning werven handhaven schulden"
    assert terms("", trade).keys() >= {stem(word) for word in trade.split()}


def test_terms_are_few_and_in_a_fixed_order():
    text = " ".join(f"{letter}o{other}worp" for letter in "abcdefghij" for other in "abcdefghij")
    found = terms("", text)
    assert len(found) == MOST_TERMS
    assert list(found) == sorted(found)


def test_a_stem_can_be_shown_as_it_was_written():
    shown = written_as("Vergunningen en de Wmo", "omgevingsvergunning")
    assert (shown[stem("vergunning")], shown["wmo"]) == ("vergunningen", "Wmo")
    assert written_as("Help met meten", "") == {stem("meten"): "meten"}


def test_folding_removes_case_and_accents():
    assert fold("Coördinatiën ÉÉN") == "coordinatien een"


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_parted_as_text_with_other_signs_is(text):
    assert words(text) == words(f"{text} \u20ac")


def test_what_is_remembered_is_made_once_and_begins_again_when_full():
    made = []
    lengths = Remembered(lambda word: made.append(word) or len(word), 2)
    assert [lengths[word] for word in ("stage", "wmo", "wmo", "raad", "stage")] == [5, 3, 3, 4, 5]
    assert made == ["stage", "wmo", "raad", "stage"]
