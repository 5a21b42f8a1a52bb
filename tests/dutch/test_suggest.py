import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.dutch.lexicon import Programme, WorkField, lexicon
from matchmaker.dutch.suggest import suggest
from matchmaker.listings.suggesting import suggestion

KNOWN = lexicon(
    [
        WorkField("W03", "Juridische zaken en openbaarheid", ("bezwaar", "Awb", "Woo", "contract", "privacy")),
        WorkField("W06", "Communicatie en participatie", ("campagne", "website")),
        WorkField("W10", "Verkeer, vervoer en parkeren", ("fiets", "verkeersveiligheid", "parkeren")),
        WorkField("W17", "Wmo, welzijn en wijkteams", ("Wmo", "mantelzorg", "wijk", "eenzaamheid")),
        WorkField("W20", "Openbare ruimte, riolering, water en afval", ("wegen", "riool", "afval")),
        WorkField("W22", "Ruimtelijke ordening en omgevingswet", ("omgevingsplan", "stedenbouw")),
    ],
    [
        Programme("Rechten", "0421"),
        Programme("Sociaal werk", "0923"),
        Programme("Planologie", "0731"),
        Programme("Communicatie", "0321"),
        Programme("Civiele techniek", "0732"),
    ],
    {
        ("W03", "0421"): 3,
        ("W10", "0731"): 2,
        ("W10", "0732"): 2,
        ("W17", "0923"): 3,
        ("W20", "0732"): 3,
        ("W22", "0731"): 3,
        ("W22", "0421"): 2,
    },
)
POINTED_TO = 6
"""A field that nothing points to scores less."""


def work_of(title: str, text: str = "", kind: str = "") -> list[str]:
    return [each.code for each in suggest(title, text, KNOWN, kind).work_fields if each.score >= POINTED_TO]


@pytest.mark.parametrize(
    ("title", "text", "work", "study"),
    [
        ("Meelopen met de juristen", "Je behandelt bezwaarschriften en Woo-verzoeken.", "W03", "0421"),
        ("Veilig naar school", "Onderzoek naar fietsroutes en parkeren rond drie scholen.", "W10", "0732"),
        ("Afstuderen op eenzaamheid", "Je spreekt mantelzorgers en helpt het wijkteam.", "W17", "0923"),
        ("Hulp thuis", "Je werkt met de wet maatschappelijke ondersteuning.", "W17", "0923"),
        ("Regenwater in de straat", "Je tekent mee aan nieuwe riolering.", "W20", "0732"),
        ("Werken aan het omgevingsplan", "Je maakt kaarten voor stedenbouw.", "W22", "0731"),
        ("Cycling policy", "You count bicycles and study public transport.", "W10", "0732"),
    ],
)
def test_own_sentences_lead_to_the_right_fields(title, text, work, study):
    found = suggest(title, text, KNOWN)
    assert found.work_fields[0].code == work
    assert found.study_fields[0].code == study


def test_a_suggestion_shows_the_words_that_led_to_it_and_the_programmes():
    found = suggest("Werken aan het omgevingsplan", "", KNOWN)
    assert found.work_fields[0].words == ("omgevingsplan",)
    assert found.study_fields[0].programmes == ("Planologie",)
    assert found.study_fields[0].words == ("omgevingsplan",)


def test_a_reason_shows_the_word_as_it_was_written():
    assert suggest("", "De WMO en de Coördinatie van Riolering", KNOWN).work_fields[0].words[0] in {"WMO", "riolering"}
    assert suggest("", "Wij vragen coördinatie bij een bezwaarprocédure", KNOWN).work_fields[0].words == (
        "bezwaarprocédure",
    )


@pytest.mark.parametrize(
    "text",
    ["Wij zoeken een student rechten.", "Een rechtenstudent mag ook.", "Voor hbo-rechten, derde jaar.", "Studie: SJD."],
)
def test_a_study_that_is_named_comes_first_however_it_is_named(text):
    assert suggest("Omgevingsplan", text, KNOWN).study_fields[0].code == "0421"


def test_a_study_named_where_nobody_studies_says_less():
    named = suggest("Riool", "Voor studenten communicatie.", KNOWN).study_fields
    passing = suggest("Riool", "De communicatie met bewoners gaat goed.", KNOWN).study_fields
    assert named[0].code == "0321"
    assert passing[0].code == "0732"


def test_the_longest_phrase_is_the_clue_and_its_words_are_none():
    assert work_of("Wmo-vervoer") == ["W10"]
    assert set(work_of("De Wmo. Het vervoer.")) == {"W10", "W17"}


def test_a_long_word_is_read_by_its_start_and_its_end():
    assert work_of("Rioleringstekeningen") == ["W20"]
    assert set(work_of("Parkeervergunningenjurist")[:2]) == {"W10", "W03"}


def test_an_ending_makes_no_longer_word_of_a_clue():
    assert work_of("Natuurlijk waterachtig") == []


@pytest.mark.parametrize("text", ["Wat wil je weten?", "Wie won er meer dan anders?", "Boos over de boze brief"])
def test_a_small_word_that_looks_like_a_clue_is_none(text):
    assert work_of(text) == []


def test_a_text_about_nothing_known_suggests_nothing():
    found = suggest("Zomaar", "Je loopt mee met ons.", KNOWN)
    assert (found.work_fields, found.study_fields) == ((), ())


def test_with_a_kind_it_gets_what_such_postings_are_mostly_about_with_hardly_a_score_and_no_words():
    found = suggest("Zomaar", "Je loopt mee met ons.", KNOWN, "guest_lecture")
    assert found.work_fields and found.study_fields
    assert {each.words for each in (*found.work_fields, *found.study_fields)} == {()}
    assert max(each.score for each in (*found.work_fields, *found.study_fields)) < POINTED_TO


def test_with_any_clue_there_are_three_fields_of_work_and_five_of_study():
    found = suggest("Riool", "", KNOWN)
    assert len(found.work_fields) >= 3
    assert len(found.study_fields) == 4 or len(found.study_fields) >= 5


def test_more_words_give_a_higher_score_within_100():
    once = suggest("", "riool", KNOWN).work_fields[0].score
    more = suggest("Riool", "Riool, afval en wegen.", KNOWN).work_fields[0].score
    assert 0 < once < more < 100


WORDS = st.lists(
    st.sampled_from(["riool", "bezwaar", "fiets", "wijk", "student", "rechten", "omgevingsplan", "en", ".", "wmo"])
).map(" ".join)


@given(WORDS, WORDS)
def test_suggestions_are_sorted_bounded_and_the_same_every_time(title, text):
    found = suggest(title, text, KNOWN)
    for fields in (found.work_fields, found.study_fields):
        scores = [each.score for each in fields]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)
        assert len({each.code for each in fields}) == len(fields)
    assert suggest(title, text, KNOWN) == found


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_read_without_complaint(title, text):
    suggest(title, text, KNOWN, "internship")


LEVELS = lexicon(
    [WorkField("W20", "Openbare ruimte, riolering, water en afval", ("riool",))],
    [Programme("Infra", "0732", levels=("mbo",)), Programme("Aardwetenschappen", "0532", levels=("wo",))],
    {("W20", "0732"): 2, ("W20", "0532"): 2},
)


@pytest.mark.parametrize(
    ("text", "first"), [("Voor mbo'ers. Riool.", "0732"), ("Voor een masterstudent. Riool.", "0532")]
)
def test_a_study_that_is_not_taught_at_the_level_that_is_asked_comes_later(text, first):
    scores = {each.code: each.score for each in suggest("", text, LEVELS).study_fields}
    without = {each.code: each.score for each in suggest("", "Riool.", LEVELS).study_fields}
    (other,) = scores.keys() - {first}
    assert scores[other] < without[other]
    assert scores[first] == without[first]


def test_a_word_every_posting_of_its_kind_has_says_less_there():
    texts = ("", "Een docent vertelt over onderwijs.")
    elsewhere = {each.code: each.score for each in suggestion(*texts).work_fields}
    at_school = {each.code: each.score for each in suggestion(*texts, kind="request_speaker").work_fields}
    assert at_school["W12"] < elsewhere["W12"]
