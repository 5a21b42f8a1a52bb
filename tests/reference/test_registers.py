import csv
from pathlib import Path

from matchmaker.reference import institutions, municipalities, municipality

KNOWLEDGE = Path(__file__).parents[2] / "registers" / "knowledge"


def knowledge(name: str) -> list[dict[str, str]]:
    with (KNOWLEDGE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_we_know_of_municipalities_has_been_built_in():
    for row in knowledge("municipalities"):
        built = municipality(row["code"])
        assert built.seat == (row["seat"] or built.name)
        assert "; ".join(built.aliases) == row["aliases"]
        assert (built.valid_from.isoformat() if built.valid_from else "") == row["valid_from"]
        assert row["name"] in ("", built.name)
        if row["lat"]:
            assert (built.lat, built.lon) == (float(row["lat"]), float(row["lon"]))
    assert {row["code"] for row in knowledge("municipalities")} < {m.code for m in municipalities()}


def test_what_we_know_of_institutions_has_been_built_in():
    known = [(row["key"], row["name"], row["kind"], row["place"], row["domains"]) for row in knowledge("institutions")]
    assert [(i.key, i.name, i.kind, i.place, "; ".join(i.domains)) for i in institutions()] == known
