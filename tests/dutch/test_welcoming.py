"""Words that keep people away, and the same words where they keep nobody away."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import ROOT
from matchmaker.dutch.welcoming import Excludes, unwelcoming


@pytest.mark.parametrize(
    ("text", "old", "new", "why"),
    [
        ("Wij zijn een jong en dynamisch team.", "jong en dynamisch team", "fijn team", Excludes.AGE),
        ("Je bent maximaal 27 jaar.", "maximaal 27 jaar", "van elke leeftijd", Excludes.AGE),
        ("Voor een young professional.", "young professional", "starter", Excludes.AGE),
        ("Jeugdwerker (m/v) gezocht", "(m/v)", "(m/v/x)", Excludes.GENDER),
        ("Hij of zij krijgt een bureau.", "Hij of zij", "Die persoon", Excludes.GENDER),
        (
            "De student leert wat hij moet doen.",
            "De student leert wat hij",
            "De student leert wat die",
            Excludes.GENDER,
        ),
        ("Je bent native speaker.", "native speaker", "iemand die de taal goed spreekt", Excludes.LANGUAGE),
        ("Je spreekt foutloos Nederlands.", "foutloos Nederlands", "goed Nederlands", Excludes.LANGUAGE),
        ("Voor allochtonen in de wijk.", "allochtonen", "mensen met een migratieachtergrond", Excludes.ORIGIN),
        ("Je bent stressbestendig.", "stressbestendig", "rustig als het druk is", Excludes.HEALTH),
        ("Een schaap met vijf poten.", "schaap met vijf poten", "iemand die graag leert", Excludes.PRESSURE),
        ("Rijbewijs B is verplicht.", "Rijbewijs B is verplicht", "Bereid om te reizen", Excludes.MEANS),
        ("Hulp aan laagopgeleiden.", "laagopgeleiden", "praktisch opgeleid", Excludes.SCHOOLING),
    ],
)
def test_a_word_that_keeps_people_away_gets_a_better_one_and_a_reason(text, old, new, why):
    assert [(each.old, each.new, each.why) for each in unwelcoming(text)] == [(old, new, why)]


@pytest.mark.parametrize(
    "text",
    [
        "Je plant jonge bomen met dynamisch verkeer in de buurt.",
        "Wij helpen jongeren tot 27 jaar.",
        "Je begeleider is er elke dag. Hij legt rustig uit.",
        "De student en zijn begeleider spreken elkaar.",
        "Een gastheer of gastvrouw, (m/v/x).",
        "Inwoners halen hun rijbewijs aan de balie.",
        "Je onderzoekt de gehandicaptenparkeerkaart en gezonde voeding.",
        "Laaggeletterde inwoners krijgen een boek.",
        "De hoogte van het inkomen telt mee.",
    ],
)
def test_the_same_word_where_it_keeps_nobody_away_is_left_alone(text):
    assert unwelcoming(text) == ()


def test_the_places_are_in_order_and_never_overlap():
    text = "Jong en dynamisch team zoekt een stressbestendige native speaker, hij of zij is 24/7 bereikbaar."
    found = unwelcoming(text)
    assert len(found) == 5
    for one, other in zip(found, found[1:], strict=False):
        assert one.start + len(one.old) <= other.start
    assert all(text[each.start : each.start + len(each.old)] == each.old for each in found)


def test_postings_of_everyday_give_few_false_alarms():
    files = (ROOT / "matchmaker" / "demo" / "content").glob("[on]*s.jsonl")
    postings = [json.loads(line) for file in files for line in Path(file).read_text("utf-8").splitlines()]
    assert len(postings) > 300
    assert sum(bool(unwelcoming(row["text"])) for row in postings) <= len(postings) / 100


@given(st.text(max_size=400))
def test_any_text_is_read_without_complaint(text):
    assert all(text[each.start : each.start + len(each.old)] == each.old for each in unwelcoming(text))
