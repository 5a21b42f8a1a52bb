"""Others that rank offers: a bare pass of numpy, SQL in SQLite and DuckDB, and sparse_dot_topn on text alone."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from matchmaker.engine.criteria import chosen_levels
from matchmaker.engine.crosswalk import Crosswalk
from matchmaker.engine.findings import Criterion
from matchmaker.engine.index import Index
from matchmaker.engine.profiles import Profile, group_of
from matchmaker.engine.weights import Weights
from matchmaker.vocabulary import Kind, Level, Mode

COLUMNS = (
    "reference TEXT, kind TEXT, levels BIGINT, works BIGINT, studies BIGINT, studies2 BIGINT, lat DOUBLE, lon DOUBLE, "
    "mode INTEGER, first_day INTEGER, last_day INTEGER, weeks INTEGER, hours_min INTEGER, hours_max INTEGER, "
    "free INTEGER, load DOUBLE"
)
OPEN_START, OPEN_END = 0, 4_000_000


def best_of_product(features: NDArray[np.float64], weights: NDArray[np.float64], top: int) -> NDArray[np.intp]:
    """The best rows of features (rows, criteria) times weights (criteria,)."""
    scores = features @ weights
    best = np.argpartition(scores, len(scores) - top)[-top:]
    return best[np.argsort(-scores[best])]


def text_matrices(needs: Sequence[Profile], index: Index, loads: Mapping[int, float]) -> tuple[csr_matrix, csr_matrix]:
    """Needs x stems and stems x offers, each row of unit length."""
    offers = [index.profile(key, desk_loads=loads) for key in index.kept()]
    stems = {stem: number for number, stem in enumerate(sorted({stem for each in offers for stem in each.terms}))}
    return _matrix(needs, stems), _matrix(offers, stems).T.tocsr()


def best_by_text(needs: csr_matrix, offers: csr_matrix, top: int) -> csr_matrix:
    return sp_matmul_topn(needs, offers, top_n=top, sort=True, n_threads=1)


def _matrix(profiles: Sequence[Profile], stems: Mapping[str, int]) -> csr_matrix:
    values, rows, columns = [], [], []
    for row, each in enumerate(profiles):
        for stem, weight in each.terms.items():
            if stem in stems:
                values.append(weight / each.terms_length)
                rows.append(row)
                columns.append(stems[stem])
    return csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=(len(profiles), len(stems)))


class Database:
    """Offers in one flat table with fields as bits, an index on the kind, and the score as one expression."""

    def __init__(self, name: str, connection: Any, rows: list[tuple[Any, ...]], bits: Mapping[str, int]) -> None:
        self.name, self._connection, self._bits = name, connection, bits
        connection.execute(f"CREATE TABLE offers ({COLUMNS})")
        if name == "SQLite":
            connection.executemany(f"INSERT INTO offers VALUES ({', '.join('?' * 16)})", rows)
        else:
            names = [each.split()[0] for each in COLUMNS.split(", ")]
            given = {name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
            given["reference"], given["kind"] = given["reference"].astype(object), given["kind"].astype(object)
            connection.register("given", given)
            connection.execute("INSERT INTO offers SELECT * FROM given")
        connection.execute("CREATE INDEX offers_kind ON offers (kind)")

    def best(self, need: Profile, crosswalk: Crosswalk, weights: Weights, top: int) -> list[Any]:
        """Subject, level, period, hours, distance, capacity and desk, weighed; simplified where that helps SQL."""
        points = weights.by_group[group_of(need.kind)]
        values = self._values(need, crosswalk)
        parts = [f"{points[each]} * ({sql.format(**values)})" for each, sql in SCORES.items() if each in points]
        levels = values["levels"]
        query = (
            f"SELECT reference, {' + '.join(parts)} AS score FROM offers WHERE kind = '{need.kind}' AND free > 0 "
            f"AND (levels = 0 OR {levels} = 0 OR (levels & {levels}) <> 0) ORDER BY score DESC, reference LIMIT {top}"
        )
        if self.name == "SQLite":
            query = query.replace("least(", "min(").replace("greatest(", "max(")
        return self._connection.execute(query).fetchall()

    def _values(self, need: Profile, crosswalk: Crosswalk) -> dict[str, Any]:
        studies = crosswalk.named(need.study_fields)
        strong = {n: _mask(crosswalk.works_linked(studies, n), self._bits) for n in (1, 2, 3)}
        first, last = need.period.window()
        place = need.location
        return {
            "works": _mask(need.work_fields, self._bits),
            "studies": _mask(studies, self._bits) & (2**60 - 1),
            "studies2": _mask(studies, self._bits) >> 60,
            **{f"linked{n}": mask for n, mask in strong.items()},
            "levels": _levels(need),
            "level_count": max(1, len(chosen_levels(need))),
            "first": first.toordinal() if first else OPEN_START,
            "last": last.toordinal() if last else OPEN_END,
            "weeks": need.period.weeks or 0,
            "hours_min": need.hours.least if need.hours else -1,
            "hours_max": need.hours.most if need.hours else -1,
            "lat": place.latitude if place else 52.0,
            "lon": place.longitude if place else 5.0,
            "sought": need.capacity_left or 1,
        }


SCORES: Mapping[Criterion, str] = {
    Criterion.SUBJECT: "CASE WHEN (works & {works}) <> 0 THEN 100 "
    "WHEN (studies & {studies}) <> 0 OR (studies2 & {studies2}) <> 0 THEN 95 "
    "WHEN (works & {linked3}) <> 0 THEN 85 WHEN (works & {linked2}) <> 0 THEN 65 "
    "WHEN (works & {linked1}) <> 0 THEN 40 ELSE 15 END",
    Criterion.LEVEL: "CASE WHEN levels = 0 OR {levels} = 0 OR (levels & {levels}) = {levels} THEN 100 ELSE 75 END",
    Criterion.PERIOD: "CASE WHEN first_day = 0 AND last_day = 4000000 THEN 50 "
    "WHEN least(last_day, {last}) < greatest(first_day, {first}) THEN 0 "
    "WHEN greatest(weeks, {weeks}) = 0 THEN 100 ELSE least(100, 100 * ((least(last_day, {last}) - "
    "greatest(first_day, {first}) + 1) / 7.0) / greatest(weeks, {weeks})) END",
    Criterion.HOURS: "CASE WHEN hours_min < 0 OR {hours_min} < 0 THEN 50 "
    "ELSE greatest(0, 100 - 10 * greatest(0, greatest(hours_min, {hours_min}) - least(hours_max, {hours_max}))) END",
    Criterion.DISTANCE: "CASE WHEN mode = 2 THEN 100 ELSE 100 * least(1.0, greatest(0.0, (60 - 2 * 6371.0 * asin(sqrt("
    "power(sin(radians(lat - {lat}) / 2), 2) + cos(radians(lat)) * cos(radians({lat})) * "
    "power(sin(radians(lon - {lon}) / 2), 2)))) / 55.0)) END",
    Criterion.CAPACITY: "least(100, 100 * free / {sought})",
    Criterion.DESK: "100 * (25 - least(25, greatest(load, 5))) / 20",
}


def databases(indexes: Mapping[Kind, Index], loads: Mapping[int, float]) -> Iterator[Database]:
    """SQLite and DuckDB in memory, one thread each, with the offers of the index."""
    offers = [index.profile(key, desk_loads=loads) for index in indexes.values() for key in index.kept()]
    works = sorted({code for each in offers for code in each.work_fields})
    studies = sorted({code for each in offers for code in each.study_fields})
    bits = {code: number for codes in (works, studies) for number, code in enumerate(codes)}
    rows = [_row(each, bits) for each in offers]
    yield Database("SQLite", sqlite3.connect(":memory:"), rows, bits)
    yield Database("DuckDB", duckdb.connect(config={"threads": 1}), rows, bits)


def _row(offer: Profile, bits: Mapping[str, int]) -> tuple[Any, ...]:
    studies = _mask(offer.study_fields, bits)
    first, last = offer.period.window()
    place = offer.location
    return (
        offer.reference,
        str(offer.kind),
        _levels(offer),
        _mask(offer.work_fields, bits),
        studies & (2**60 - 1),
        studies >> 60,
        place.latitude if place else 52.0,
        place.longitude if place else 5.0,
        list(Mode).index(offer.mode),
        first.toordinal() if first else OPEN_START,
        last.toordinal() if last else OPEN_END,
        offer.period.weeks or 0,
        offer.hours.least if offer.hours else -1,
        offer.hours.most if offer.hours else -1,
        offer.capacity_left or 0,
        offer.desk_load or 0.0,
    )


def _mask(codes: Any, bits: Mapping[str, int]) -> int:
    return sum(1 << bits[code] for code in codes if code in bits)


def _levels(profile: Profile) -> int:
    return sum(1 << list(Level).index(each) for each in chosen_levels(profile))
