import pytest

from matchmaker.dutch.suggest import Programme, WorkField, lexicon, suggest

KNOWN = lexicon(
    [
        WorkField("W03", "Juridische zaken en openbaarheid", ("bezwaar", "Awb", "Woo", "contract", "privacy")),
        WorkField("W10", "Verkeer, vervoer en parkeren", ("fiets", "verkeersveiligheid", "parkeren")),
        WorkField("W17", "Wmo, welzijn en wijkteams", ("Wmo", "mantelzorg", "wijk", "eenzaamheid")),
        WorkField("W20", "Openbare ruimte, riolering, water en afval", ("wegen", "riool", "afval")),
        WorkField("W22", "Ruimtelijke ordening en omgevingswet", ("omgevingsplan", "stedenbouw")),
    ],
    [
        Programme("Rechten", "0421"),
        Programme("Sociaal werk", "0923"),
        Programme("Planologie", "0731"),
        Programme("Mobiliteit", "1041"),
        Programme("Civiele techniek", "0732"),
    ],
    {
        ("W03", "0421"): 3,
        ("W10", "1041"): 3,
        ("W10", "0732"): 2,
        ("W17", "0923"): 3,
        ("W20", "0732"): 3,
        ("W22", "0731"): 3,
        ("W22", "0421"): 2,
    },
)


@pytest.mark.parametrize(
    ("title", "text", "work", "study"),
    [
        ("Meelopen met de juristen", "Je behandelt bezwaarschriften en Woo-verzoeken.", "W03", "0421"),
        ("Veilig naar school", "Onderzoek naar fietsroutes en parkeren rond drie scholen.", "W10", "1041"),
        ("Afstuderen op eenzaamheid", "Je spreekt mantelzorgers en helpt het wijkteam.", "W17", "0923"),
        ("Hulp thuis", "Je werkt met de wet maatschappelijke ondersteuning.", "W17", "0923"),
        ("Regenwater in de straat", "Je tekent mee aan nieuwe riolering.", "W20", "0732"),
        ("Werken aan het omgevingsplan", "Je maakt kaarten voor stedenbouw.", "W22", "0731"),
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


def test_a_programme_named_in_the_text_comes_first():
    found = suggest("Omgevingsplan", "Wij zoeken een rechtenstudent of een student rechten.", KNOWN)
    assert found.study_fields[0].code == "0421"


def test_a_text_about_nothing_known_suggests_nothing():
    found = suggest("Stage", "Je loopt mee met het team.", KNOWN)
    assert (found.work_fields, found.study_fields) == ((), ())


def test_more_words_give_a_higher_score_within_100():
    once = suggest("", "riool", KNOWN).work_fields[0].score
    more = suggest("Riool", "Riool, afval en wegen.", KNOWN).work_fields[0].score
    assert 0 < once < more < 100
