"""What people choose is refused, and what is easy to remember and hard to guess is not."""

import time

import pytest

from matchmaker.accounts.guessing import _known_words, bits
from matchmaker.accounts.passwords import LONGEST, SHORTEST, STRONG_ENOUGH, check_strength
from matchmaker.errors import InvalidValue

GUESSED_FIRST = (
    "welkom2026welkom", "Welkom2026!!", "Welkom01!Welkom01!", "W3lk0m2026!!", "Wachtwoord2026", "wachtwoord1234",
    "P@ssw0rd2026!", "passwordpassword", "drowssapdrowssap", "letmein12345", "iloveyou1234", "changeme12345",
    "gemeente2026!", "gemeenteutrecht1", "Rotterdam2026!", "utrecht12345", "DenHaag2026!", "Sudwest-Fryslan1",
    "qwertyuiop12", "1q2w3e4r5t6y", "1qaz2wsx3edc", "asdfghjkl;'1", "poiuytrewq12", "qazwsxqazwsx",
    "123456789012", "abcdefghijkl", "aaaaaaaaaaaa", "abababababab", "01012001010120", "aaaabbbbcccc",
    "zomer2026zomer", "Herfst2026Herfst", "januari2026januari", "maandag12345", "Feyenoord1908", "ajaxajaxajax",
    "zonnebloem1234", "vakantie2026!", "winter winter winter", "stage2026stage", "hogeschool2026", "matchmaker12",
    "unbelievable", "administrator", "christopher1", "wachtwoordwachtwoord",
)  # fmt: skip
STRONG = (
    "correct paard batterij", "fietsen door de regen", "mijn kat eet graag kaas", "kaas boter eieren",
    "vier lampen onder water", "Gr0te-boom-bij-het-water", "groenetafelmetpoten", "een rode trein naar Zwolle",
    "oma bakt dinsdag soep met prei", "klaprozen tellen langs het spoor", "paardenbloemsoep met brood",
    "correct horse battery staple", "xK9#mQ2$vL7p", "T7hR-qp2x-Lm4w", "дом река облако стол",
    "東京タワー青空電車猫犬鳥魚",
)  # fmt: skip
ABOUT_KARIM = ("Karim El Benali", "Hogeschool Vechtland", "Gemeente Oost Veluwemeer")


@pytest.mark.parametrize("password", GUESSED_FIRST)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_strength(password)
    assert refused.value.reason == "too_common"


@pytest.mark.parametrize("password", STRONG)
def test_a_sentence_and_a_made_password_are_taken(password: str) -> None:
    check_strength(password, email="k.benali@vechtland.example", about=ABOUT_KARIM)


@pytest.mark.parametrize(
    "password",
    ("Karim.Benali2026!", "k.benali@vechtland.example", "kbenali-vechtland", "HogeschoolVechtland!9",
     "Vechtland2026Vechtland", "OostVeluwemeer#2026", "ilanebmirakilanebmirak", "K4r1mB3n4l12026"),
)  # fmt: skip
def test_what_is_someones_own_is_refused_and_the_answer_says_so(password: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_strength(password, email="k.benali@vechtland.example", about=ABOUT_KARIM)
    assert refused.value.reason in {"about_you", "too_common"}


def test_who_works_elsewhere_may_use_that_name_in_a_sentence(app: object) -> None:
    sentence = "Vechtland heeft groene dijken"
    check_strength(sentence, about=ABOUT_KARIM)


def test_every_listed_word_that_is_long_enough_is_refused_more_than_three_thousand() -> None:
    long = [word for word in _known_words() if len(word) >= SHORTEST]
    assert len(long) > 3000
    assert [word for word in long if bits(word) >= STRONG_ENOUGH] == []


def test_an_ending_of_digits_does_not_make_a_listed_word_strong() -> None:
    words = list(_known_words())[:3000]
    strong = [word for word in words if bits(f"{word}2026!") >= STRONG_ENOUGH or bits(f"{word}123456") >= STRONG_ENOUGH]
    assert strong == []


def test_the_longest_password_takes_no_time() -> None:
    for text in (
        "a",
        "ab",
        "4@8({[<369|1!7$50%2+",
        "welkom",
        "q1",
        "ﷺ",
        "é",
        "\U0001f600",
        "abcdefghijklmnopqrstuvwxyz0123456789",
    ):
        begun = time.thread_time()
        bits((text * LONGEST)[:LONGEST], about=ABOUT_KARIM)
        assert time.thread_time() - begun < 0.5, text
