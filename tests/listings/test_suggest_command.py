"""`flask --app wsgi match suggest`."""

import json

from flask import Flask


def run(app: Flask, *lines: str | bytes, as_json: bool = True):
    raw = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return app.test_cli_runner().invoke(args=["match", "suggest", *(["--json"] if as_json else [])], input=raw)


def posting(**values: object) -> str:
    return json.dumps({"id": "A1", "title": "Stage bij de griffie", "text": "", "kind": "internship", **values})


def test_a_line_in_is_a_line_out_best_first(app: Flask) -> None:
    result = run(app, posting(), posting(id=2, title="Regenwater en riool"))
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and result.stderr == ""
    assert [row["id"] for row in rows] == ["A1", 2]
    assert [row["work_fields"][0]["code"] for row in rows] == ["W01", "W20"]
    first = rows[1]["study_fields"][0]
    assert first.keys() == {"isced", "label", "score", "programmes"}
    assert (first["isced"], first["label"]) == ("0732", "Bouw, wegen en water")
    assert "Civiele techniek" in first["programmes"]
    for row in rows:
        assert len(row["work_fields"]) >= 3 and len(row["study_fields"]) >= 5
        assert row["study_fields"] == sorted(row["study_fields"], key=lambda each: -each["score"])


def test_a_posting_that_says_nothing_still_gets_a_list_that_hardly_scores(app: Flask) -> None:
    row = json.loads(run(app, posting(title="Kom erbij", kind="guest_lecture")).stdout)
    assert len(row["work_fields"]) >= 3 and len(row["study_fields"]) >= 5
    assert max(each["score"] for each in row["work_fields"]) <= 5


def test_a_bad_line_is_named_and_the_rest_is_done(app: Flask) -> None:
    bad = [
        "{",
        "[1]",
        '{"title": "x"}',
        '{"id": "b", "title": 3}',
        '{"id": "c"}',
        b"\xff\xfe",
        '{"id": "\\ud800", "title": "x"}',
    ]
    result = run(app, posting(), *bad, "", posting(id="Z"))
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["A1", "Z"]
    assert result.stderr.splitlines() == [
        "Regel 2: dit is geen JSON in utf-8.",
        'Regel 3: hier hoort een object met "id", "title", "text" en "kind".',
        'Regel 4: "id" ontbreekt of is geen tekst of getal.',
        'Regel 5: "title" is geen tekst.',
        'Regel 6: "title" en "text" zijn allebei leeg.',
        "Regel 7: dit is geen JSON in utf-8.",
        "Regel 8: het kenmerk is geen leesbare tekst.",
    ]


def test_without_json_it_is_a_line_to_read(app: Flask) -> None:
    result = run(app, posting(), as_json=False)
    assert result.exit_code == 0
    assert result.stdout.startswith("A1  W01 ")
    assert "0312 Politiek en openbaar bestuur" in result.stdout
