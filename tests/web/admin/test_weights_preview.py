"""Looking what other weights would change, before they are put in force."""

from matchmaker.catalogue.queries import current_weights
from matchmaker.engine.findings import Criterion
from matchmaker.engine.profiles import KindGroup
from tests.factories.client import Client
from tests.factories.forms import PageReader
from tests.insights.test_weights_preview import two_offers


def filled(keeper: Client, address: str = "/beheer/weging") -> dict[str, str]:
    page = PageReader(keeper.get(address).text)
    form = next(each for each in page.forms if "sessions_subject" in each.inputs)
    kept = {name for name in form.inputs if "_" in name} | {"version"}
    return {name: each.values[0] for name, each in form.inputs.items() if name in kept and each.values}


def test_one_looks_first_and_then_makes_a_version(keeper: Client) -> None:
    two_offers()
    numbers = {**filled(keeper), "sessions_distance": "1000"}
    answer = keeper.post("/beheer/weging", data={**numbers, "doe": "vooraf"})
    assert (answer.status_code, answer.location) == (302, "/beheer/weging/vooraf?sessions_distance=1000")
    assert current_weights().version == "1"
    page = keeper.get(answer.location).text
    assert "1 vraag krijgt een andere eerste" in page
    assert "vragen bekeken" in page
    assert filled(keeper, "/beheer/weging?sessions_distance=1000")["sessions_distance"] == "1000"
    made = keeper.post("/beheer/weging", data={**filled(keeper, answer.location), "why": "Dichtbij telt."})
    assert made.status_code == 302
    weights = current_weights()
    assert (weights.version, weights.by_group[KindGroup.SESSIONS][Criterion.DISTANCE]) == ("2", 1000)


def test_the_reason_typed_before_the_look_is_there_after_it_and_back(keeper: Client) -> None:
    numbers = {**filled(keeper), "sessions_distance": "1000", "why": "Dichtbij telt & scheelt."}
    there = keeper.get(keeper.post("/beheer/weging", data={**numbers, "doe": "vooraf"}).location)
    back = next(each for each in PageReader(there.text).links if each.startswith("/beheer/weging?"))
    for page in (there.text, keeper.get(back).text):
        why = next(each.inputs["why"] for each in PageReader(page).forms if "why" in each.inputs)
        assert why.values[0].strip() == "Dichtbij telt & scheelt."


def test_numbers_that_cannot_be_are_said_before_the_look(keeper: Client) -> None:
    numbers = {**filled(keeper), "sessions_distance": "1001", "doe": "vooraf"}
    assert "Kies een heel getal van 0 tot en met 1000." in keeper.post("/beheer/weging", data=numbers).text


def test_an_address_that_asks_nonsense_shows_the_weights_in_force(keeper: Client) -> None:
    for query in ("sessions_distance=x", "sessions_distance=-1", "sessions_distance=99999999999", "x=1"):
        assert "De punten zijn gelijk aan die van nu." in keeper.get(f"/beheer/weging/vooraf?{query}").text


def test_a_group_in_which_nothing_counts_leads_back(keeper: Client) -> None:
    nothing = "&".join(f"sessions_{each.value}=0" for each in current_weights().by_group[KindGroup.SESSIONS])
    answer = keeper.get(f"/beheer/weging/vooraf?{nothing}", follow_redirects=True)
    assert "In elke groep moet ten minste één punt meetellen." in answer.text


def test_what_was_typed_beside_older_weights_does_not_undo_those_of_another(keeper: Client) -> None:
    mine = {**filled(keeper), "version": "1", "sessions_distance": "1000", "why": "Dichtbij telt."}
    theirs = {**filled(keeper), "version": "1", "sessions_text": "900", "why": "De tekst telt."}
    assert keeper.post("/beheer/weging", data=theirs).status_code == 302
    answer = keeper.post("/beheer/weging", data=mine)
    assert "Dit is intussen bewaard" in answer.text
    assert "Gastlessen en werkbezoeken: Tekst" in answer.text and '<dd class="mm-break">900</dd>' in answer.text
    assert PageReader(answer.text).forms[-1].inputs["why"].values[0].strip() == "Dichtbij telt."
    assert PageReader(answer.text).forms[-1].inputs["version"].values == ["2"]
    assert current_weights().version == "2"


def test_without_a_change_there_is_nothing_to_put_in_force(keeper: Client) -> None:
    forms = PageReader(keeper.get("/beheer/weging/vooraf").text).forms
    assert not [each for each in forms if "why" in each.inputs]
