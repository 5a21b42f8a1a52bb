import pytest

from matchmaker.dutch.mentions import mentioned


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Je werkt 32 tot 36 uur per week.", "hours_min"),
        ("Het gaat om drie dagen per week.", "hours_min"),
        ("We starten op 1 september.", "starts_on"),
        ("Vanaf het voorjaar kun je beginnen.", "starts_on"),
        ("De stage duurt vijf maanden.", "duration_weeks"),
        ("Je krijgt een stagevergoeding.", "allowance_min"),
        ("Een ervaren jurist begeleidt je.", "supervisor_title"),
        ("Voor hbo en wo.", "levels"),
        ("De groep telt dertig leerlingen.", "group_size"),
        ("De les duurt 50 minuten.", "minutes"),
        ("Graag op dinsdagmiddag.", "slots"),
        ("De commissie komt twee keer per jaar samen.", "meetings_per_year"),
        ("Het vak is 5 EC.", "ects"),
    ],
)
def test_what_the_text_says_in_so_many_words_is_seen(text, name):
    assert name in mentioned(text)


def test_a_text_that_says_nothing_of_the_kind_mentions_nothing():
    assert mentioned("Je loopt mee met de juristen en schrijft een brief aan een bewoner.") == frozenset()
