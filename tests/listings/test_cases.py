"""Cases written down elsewhere become rows, or are refused with a reason."""

from typing import Any

from matchmaker.listings.import_export.cases import Refused, row_of

CASE = {
    "id": "X1",
    "kind": "internship",
    "organisation": "Gemeente Houten",
    "place": "Houten",
    "title": "Tel mee op straat",
    "text": "Je telt fietsers bij drie scholen.",
    "level": ["mbo", "hbo"],
    "fields_of_study": ["rechten", "toveren"],
    "work_field": "W10",
    "source_address": "https://houten.example/stage",
    "org_type": "gemeente",
    "study_labels": "source",
    "text_kind": "posting",
}


def row(**values: Any) -> dict[str, str]:
    turned = row_of({**CASE, **values})
    assert not isinstance(turned, Refused), turned
    return turned


def test_a_posting_goes_over_whole() -> None:
    assert row() == {
        "sleutel": "X1",
        "kant": "aanbod",
        "organisatie": "GM0321",
        "soort": "meewerkstage",
        "status": "online",
        "titel": "Tel mee op straat",
        "tekst": "Je telt fietsers bij drie scholen.",
        "namens": "",
        "werkvelden": "W10",
        "studierichtingen": "0421",
        "studie_in_woorden": "rechten; toveren",
        "niveaus": "mbo; hbo",
        "plaats": "Houten",
        "bron": "https://houten.example/stage",
        "bijzonderheden": "",
    }


def test_no_single_field_of_work_is_left_open() -> None:
    assert row(work_field="W00")["werkvelden"] == ""


def test_a_request_is_the_need_of_a_school() -> None:
    turned = row(kind="request_speaker", organisation="Hogeschool Utrecht", org_type="onderwijs", text_kind="report")
    assert (turned["kant"], turned["soort"], turned["organisatie"]) == ("vraag", "gastles", "hogeschool-utrecht")
    assert turned["status"] == "online"


def test_a_seat_that_a_school_posts_is_its_need() -> None:
    turned = row(kind="committee_seat", organisation="Hogeschool Leiden", org_type="onderwijs")
    assert (turned["kant"], turned["soort"]) == ("vraag", "plek in een werkveldcommissie")


def test_a_report_of_practice_becomes_a_draft_of_an_open_question() -> None:
    turned = row(text_kind="report_of_practice")
    assert (turned["kant"], turned["soort"], turned["status"]) == ("vraag", "open vraag", "concept")
    school = row(text_kind="description", organisation="Hogeschool Leiden", org_type="onderwijs")
    assert (school["kant"], school["soort"]) == ("aanbod", "open vraag")


def test_a_public_body_posts_through_the_desk_of_its_town_and_keeps_its_name() -> None:
    turned = row(organisation="Waterschap De Vuurvogel", org_type="andere_overheid", place="Rotterdam")
    assert (turned["organisatie"], turned["namens"]) == ("GM0599", "Waterschap De Vuurvogel")


def test_of_two_municipalities_with_one_name_the_province_decides() -> None:
    assert row(organisation="Gemeente Bergen (Limburg), een regeling")["organisatie"] == "GM0893"
    assert row(organisation="Gemeente Bergen (Noord-Holland), een regeling")["organisatie"] == "GM0373"


def test_a_school_is_known_by_a_part_of_its_name_or_by_the_source() -> None:
    part = row(organisation="mboRijnland en gemeenten", org_type="onderwijs")
    assert (part["organisatie"], part["namens"]) == ("mbo-rijnland", "mboRijnland en gemeenten")
    source = row(organisation="School of Sterrenkunde", org_type="onderwijs", source_address="https://www.eur.nl/x")
    assert source["organisatie"] == "erasmus-universiteit-rotterdam"


def test_what_has_no_home_is_refused_with_a_reason() -> None:
    for values in (
        {"organisation": "Een adviseur", "org_type": "onderwijs", "source_address": ""},
        {"organisation": "Bureau Nergens", "org_type": "andere_overheid", "place": "Nederland"},
    ):
        turned = row_of({**CASE, **values})
        assert isinstance(turned, Refused) and "staat niet in de registers" in turned.reason


def test_research_in_the_title_makes_it_a_research_placement() -> None:
    assert row(title="Onderzoek naar schulden")["soort"] == "onderzoeksstage"


def test_an_inferred_study_says_so() -> None:
    assert "inschatting" in row(study_labels="inferred")["bijzonderheden"]
