"""How often the suggested field of work and of study is right, beside plain TF-IDF, on postings with known answers.

    python -m bench.suggest tests/dutch/postings.jsonl
    python -m bench.suggest CASES.jsonl --seen

A line is {"id", "kind", "title", "text", "work_field", "fields_of_study"}, and may hold "part" ("held": what went wrong
in it was never looked at while the words of the trade were corrected; else it is a training figure) and "study_labels"
("inferred": not scored). `--seen` marks every case without a part as looked at. `W00` (no single field) is not scored.

Three ways are scored on the same cases: ours; TF-IDF, the cosine with what the registers say of a field (name, words,
teams, programmes); and TF-IDF with the other cases added to their fields, leaving the case itself out, which is what
fitting on these cases would bring. Needs scikit-learn (the extra `bench`).
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

from sklearn.feature_extraction.text import TfidfVectorizer

from matchmaker.listings.suggesting import suggestion
from matchmaker.reference import crosswalk, find_programmes, programmes, study_field, work_fields

ROUNDS = 5
Ranking = Callable[[dict], tuple[list[str], list[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSON lines with known answers")
    parser.add_argument("--seen", action="store_true", help="these cases were looked at while the words were written")
    asked = parser.parse_args()
    rows = [json.loads(line) for line in asked.file.read_text("utf-8").splitlines() if line.strip()]
    parts = defaultdict(list)
    for row in rows:
        parts[row.get("part", "seen" if asked.seen else "not marked")].append(row)
    for part, cases in parts.items():
        kind = {"held": "never looked at", "not marked": "not marked as looked at"}.get(part, "training figures")
        print(f"\n{asked.file.name}, {part}: {len(cases)} cases, {kind}")
        for name, ranking in (
            ("ours", ours),
            ("tf-idf, registers", registers_only()),
            ("tf-idf, leave one out", leave_one_out(rows)),
        ):
            print(f"  {name:<22} {scores(cases, ranking)}")
    print(f"\nours takes {milliseconds(rows):.2f} ms a posting, warm (median of {ROUNDS} rounds)")


def ours(row: dict) -> tuple[list[str], list[str]]:
    found = suggestion(row["title"], row["text"], kind=row["kind"])
    return [each.code for each in found.work_fields], [each.code for each in found.study_fields]


def registers_only() -> Ranking:
    return by_cosine(work_documents(), study_documents())


def leave_one_out(rows: Sequence[dict]) -> Ranking:
    """The registers and every other case of the file."""

    def ranking(row: dict) -> tuple[list[str], list[str]]:
        work, study = work_documents(), study_documents()
        for other in rows:
            if other["id"] != row["id"]:
                said = f" {other['title']} {other['text']}"
                for documents, codes in ((work, [other["work_field"]]), (study, answers(other))):
                    for code in codes:
                        if code in documents:
                            documents[code] += said
        return by_cosine(work, study)(row)

    return ranking


def by_cosine(work: dict[str, str], study: dict[str, str]) -> Ranking:
    rankers = [_ranker(work), _ranker(study)]

    def ranking(row: dict) -> tuple[list[str], list[str]]:
        said = f"{row['title']} {row['text']}"
        return rankers[0](said), rankers[1](said)

    return ranking


def _ranker(documents: dict[str, str]) -> Callable[[str], list[str]]:
    codes = sorted(documents)
    vectorizer = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode")
    matrix = vectorizer.fit_transform([documents[code] for code in codes])

    def rank(said: str) -> list[str]:
        cosines = (matrix @ vectorizer.transform([said]).T).toarray().ravel()
        return [code for _, code in sorted(zip(-cosines, codes, strict=True))]

    return rank


def work_documents() -> dict[str, str]:
    return {field.code: " ".join((field.name_nl, *field.search_words, *field.teams)) for field in work_fields()}


def study_documents() -> dict[str, str]:
    """What the registers say of a field of study, with the words of the work it is linked to most strongly."""
    said: dict[str, list[str]] = defaultdict(list)
    work = work_documents()
    for programme in programmes():
        said[programme.isced] += [programme.name, programme.name_en, *programme.search_words]
    for isced in said:
        said[isced].append(study_field(isced).name_nl)
    for (code, isced), strength in crosswalk().items():
        if isced in said and strength == 3:
            said[isced].append(work[code])
    return {isced: " ".join(words) for isced, words in said.items()}


def answers(row: dict) -> list[str]:
    """The detailed fields of the studies a case names; a name no register has is left out."""
    found = (find_programmes(name)[:1] for name in row["fields_of_study"])
    return [programme.isced for some in found for programme in some]


def scores(rows: Iterable[dict], ranking: Ranking) -> str:
    work: list[int] = []
    study: list[int] = []
    for row in rows:
        work_codes, study_codes = ranking(row)
        if row["work_field"] != "W00":
            work.append(_place([row["work_field"]], work_codes))
        if row.get("study_labels", "source") == "source" and answers(row):
            study.append(_place(answers(row), study_codes))
    return (
        f"work first {_share(work, 1)}, first three {_share(work, 3)} of {len(work)}; "
        f"study first {_share(study, 1)}, first three {_share(study, 3)}, first five {_share(study, 5)} of {len(study)}"
    )


def _place(right: Sequence[str], ranked: Sequence[str]) -> int:
    """Place of the best right answer, from 1; past the end when it is not there."""
    return min((ranked.index(code) + 1 for code in right if code in ranked), default=len(ranked) + 100)


def _share(places: Sequence[int], most: int) -> str:
    return f"{sum(place <= most for place in places) / len(places):.0%}" if places else "-"


def milliseconds(rows: Sequence[dict]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for row in rows:
            ours(row)
        taken.append((time.perf_counter() - start) / len(rows) * 1000)
    return median(taken)


if __name__ == "__main__":
    main()
