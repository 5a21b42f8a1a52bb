from matchmaker.dutch.readability import reading, syllables

EASY = (
    "Je werkt bij het team groen. Je maakt een plan voor een park in de wijk. "
    "Je praat met mensen die er wonen. Een collega helpt je elke week."
)
HARD = (
    "In deze functie ondersteun je de beleidsmedewerkers bij de implementatie van uitvoeringsregelingen rondom "
    "omgevingsrechtelijke vergunningverlening, waarbij je verantwoordelijkheid draagt voor het inventariseren van "
    "belanghebbenden en het formuleren van afwegingskaders."
)


def test_the_formula_is_that_of_flesch_and_douma():
    found = reading("De kat zit op de mat. De hond ligt bij het vuur.")
    assert (found.words, found.sentences, found.syllables_per_word) == (12, 2, 1.0)
    assert found.ease == round(206.84 - 0.93 * 6 - 77, 1)


def test_short_sentences_read_easier_than_long_ones():
    assert reading(EASY).is_b1
    assert not reading(HARD).is_b1
    assert reading(HARD).level == "C2"


def test_long_sentences_and_words_are_pointed_out():
    found = reading(EASY + " " + HARD)
    assert found.long_sentences == (HARD.rstrip("."),)
    assert "uitvoeringsregelingen" in found.long_words


def test_a_text_too_short_to_judge_gets_no_level():
    assert reading("Stage bij de griffie.").level is None
    assert reading("").words == 0


def test_syllables_are_groups_of_vowels():
    assert [syllables(word) for word in ("kat", "gemeente", "ijs", "wijken", "b")] == [1, 3, 1, 2, 1]
