"""The built front end: addresses, icons, house styles, and where places lie on the map."""

import json
import os
import re
from pathlib import Path

import pytest
from flask import Flask

from matchmaker.web import assets
from matchmaker.web.assets import Assets, AssetsNotBuilt
from matchmaker.web.map_projection import WHOLE_COUNTRY, project, view_around

ROOT = Path(__file__).parents[2]
BUILT = Assets(ROOT / "static" / "vendor")

CITIES = [
    ("gr", 53.2194, 6.5665, "Groningen"),
    ("fr", 53.2012, 5.7999, "Leeuwarden"),
    ("dr", 52.9928, 6.5642, "Assen"),
    ("ov", 52.2215, 6.8937, "Enschede"),
    ("fl", 52.5185, 5.4714, "Lelystad"),
    ("ge", 51.9851, 5.8987, "Arnhem"),
    ("ut", 52.0907, 5.1214, "Utrecht"),
    ("nh", 52.9563, 4.7608, "Den Helder"),
    ("zh", 52.0705, 4.3007, "Den Haag"),
    ("ze", 51.4536, 3.5709, "Vlissingen"),
    ("nb", 51.4416, 5.4697, "Eindhoven"),
    ("li", 50.8514, 5.6910, "Maastricht"),
]


@pytest.fixture
def site() -> Flask:
    app = Flask("site", static_folder=str(ROOT / "static"))
    assets.register(app)
    return app


def rendered(app: Flask, template: str) -> str:
    with app.test_request_context():
        return app.jinja_env.from_string(template).render()


def test_a_plain_name_gives_the_hashed_file_that_is_served(site: Flask) -> None:
    address = rendered(site, "{{ asset('site.css') }}")

    assert re.fullmatch(r"/static/vendor/site\.[0-9a-f]{10}\.css", address)
    with site.test_client().get(address) as answer:
        assert answer.status_code == 200


def test_an_unknown_file_is_answered_with_what_there_is(site: Flask) -> None:
    with pytest.raises(AssetsNotBuilt, match=r"no asset 'sight\.css'.*site\.css"):
        rendered(site, "{{ asset('sight.css') }}")


def test_without_a_build_the_error_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(AssetsNotBuilt, match=r"manifest\.json is not built\. Run: make assets"):
        Assets(tmp_path).hashed_name("site.css")


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    built = Assets(tmp_path)
    manifest.write_text(json.dumps({"site.css": "site.1.css"}))
    assert built.hashed_name("site.css") == "site.1.css"

    manifest.write_text(json.dumps({"site.css": "site.22.css"}))
    os.utime(manifest, ns=(1, 1))
    assert built.hashed_name("site.css") == "site.22.css"


def test_an_icon_is_silent_and_as_large_as_asked(site: Flask) -> None:
    drawn = rendered(site, "{{ icon('menu', 32) }}")

    assert drawn.startswith('<svg class="mm-icon mm-icon--sized"')
    assert 'aria-hidden="true"' in drawn
    assert 'width="32" height="32"' in drawn


def test_an_unknown_icon_says_where_to_add_it(site: Flask) -> None:
    with pytest.raises(AssetsNotBuilt, match=r"no icon 'unicorn'\. Add it to assets/icons\.txt"):
        rendered(site, "{{ icon('unicorn') }}")


def test_every_icon_named_on_a_page_is_built() -> None:
    named = {
        name
        for page in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"icon\('([a-z0-9-]+)'", page.read_text(encoding="utf-8"))
    }
    listed = set((ROOT / "assets" / "icons.txt").read_text(encoding="utf-8").split())

    assert named - listed == set()


def test_no_style_sheet_reaches_outside_the_site() -> None:
    outside = re.compile(r"url\((?!['\"]?(?:data:|fonts/))[^)]*\)|https?://(?!www\.w3\.org/2000/svg)")
    sheets = list(BUILT.folder.rglob("*.css"))

    assert len(sheets) == 4
    assert [found for sheet in sheets for found in outside.findall(sheet.read_text())] == []


def test_every_house_style_sets_the_same_roles() -> None:
    def roles(name: str) -> set[str]:
        return set(re.findall(r"(--mm-[\w-]+):", (ROOT / "static/css/themes" / f"{name}.css").read_text()))

    assert BUILT.theme_names() == ["matchmaker", "polder", "veste"]
    assert roles("polder") == roles("matchmaker")
    assert roles("veste") == roles("matchmaker")


def test_the_lock_file_of_the_front_end_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert [name for name, package in lock["packages"].items() if name and "integrity" not in package] == []


@pytest.mark.parametrize(("province", "lat", "lon", "city"), CITIES, ids=[city for *_, city in CITIES])
def test_a_city_lies_in_its_province(province: str, lat: float, lon: float, city: str) -> None:
    place = project(lat, lon)

    assert [found["id"] for found in BUILT.provinces() if lies_in(place, found["path"])] == [province]


def test_a_region_is_seen_close_by_and_nothing_is_the_whole_country() -> None:
    utrecht, zeist = project(52.09, 5.12), project(52.09, 5.23)
    view = view_around([utrecht, zeist])

    assert (view.width, view.height) == (150.0, 150.0)
    assert view.left < utrecht[0] < zeist[0] < view.left + view.width
    assert view_around([]) == WHOLE_COUNTRY


def lies_in(place: tuple[float, float], path: str) -> bool:
    """Count how often a line to the right crosses the outline: odd is inside."""
    x, y = place
    crossings = 0
    for outline in outlines(path):
        for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def outlines(path: str) -> list[list[tuple[float, float]]]:
    """The closed lines of a path made of `m`, relative steps and `z`."""
    found: list[list[tuple[float, float]]] = []
    x = y = 0.0
    for part in re.findall(r"[mM][^mMzZ]*", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", part)]
        if part[0] == "M":
            x = y = 0.0
        line = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x, y))
        found.append(line)
        x, y = line[0]
    return found
