"""The built front end: hashed files by their plain name, icons drawn in the page, outlines of the provinces."""

import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup

from matchmaker.web.map_projection import WHOLE_COUNTRY


class AssetsNotBuilt(RuntimeError):
    """The front end is asked for something the build has not made."""


@dataclass(frozen=True)
class Assets:
    """What `node assets/build.mjs` left in one folder.

    A file is read once, and again after a new build.
    """

    folder: Path
    _paths: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _read: dict[str, tuple[int, Any]] = field(default_factory=dict, compare=False, repr=False)

    def hashed_name(self, name: str) -> str:
        """The file behind a plain name: `site.css` gives `site.1a2b3c4d5e.css`. Raises AssetsNotBuilt."""
        manifest = self._json("manifest.json")
        if name not in manifest:
            raise AssetsNotBuilt(f"There is no asset {name!r}. Built are: {', '.join(sorted(manifest))}.")
        return str(manifest[name])

    def icon_shapes(self, name: str) -> str:
        """The SVG shapes of an icon on a grid of 24 by 24. Raises AssetsNotBuilt."""
        icons = self._json("icons.json")
        if name not in icons:
            raise AssetsNotBuilt(f"There is no icon {name!r}. Add it to assets/icons.txt and build the assets.")
        return str(icons[name])

    def theme_names(self) -> list[str]:
        """House styles that can be chosen, by name."""
        manifest = self._json("manifest.json")
        return sorted(name[len("themes/") : -len(".css")] for name in manifest if name.startswith("themes/"))

    def provinces(self) -> list[dict[str, str]]:
        """The twelve provinces, each with `id`, `name` and `path` (SVG path data in map units)."""
        return list(self._json("map.json")["provinces"])

    def _json(self, name: str) -> Any:
        path = self._paths.get(name) or self._paths.setdefault(name, str(self.folder / name))
        try:
            changed = os.stat(path).st_mtime_ns
        except FileNotFoundError:
            raise AssetsNotBuilt(f"{name} is not built. Run: make assets") from None
        if self._read.get(name, (0, None))[0] != changed:
            self._read[name] = (changed, json.loads(Path(path).read_text(encoding="utf-8")))
        return self._read[name][1]


def register(app: Flask) -> None:
    """Give templates `asset`, `icon` and `netherlands`, and views `app.extensions["assets"]`."""
    assets = Assets(Path(app.static_folder or "static") / "vendor")
    app.extensions["assets"] = assets

    def asset(name: str) -> str:
        return url_for("static", filename=f"vendor/{assets.hashed_name(name)}")

    def icon(name: str, size: int | str = "") -> Markup:
        return _svg(assets.icon_shapes(name), str(size))

    def netherlands() -> dict[str, Any]:
        return {"provinces": assets.provinces(), "view": WHOLE_COUNTRY}

    app.jinja_env.globals.update(asset=asset, icon=icon, netherlands=netherlands)


@lru_cache(maxsize=512)
def _svg(shapes: str, size: str) -> Markup:
    """An icon as part of the text. `size` in pixels, or empty: as large as the words beside it."""
    measure = Markup(' width="{0}" height="{0}"').format(size) if size else Markup("")
    kind = "mm-icon mm-icon--sized" if size else "mm-icon"
    return Markup(
        '<svg class="{kind}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"{measure}>{shapes}</svg>'
    ).format(kind=kind, measure=measure, shapes=Markup(shapes))  # noqa: S704  # nosec B704  # our own build, never input
