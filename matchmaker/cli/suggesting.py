"""`match suggest`: from title and text alone, the field of work and of study of every posting on standard input."""

import json
import sys
from typing import Any

import click
from flask import Flask

from matchmaker.cli.matching import group
from matchmaker.dutch.suggest import Suggestion
from matchmaker.listings.suggesting import suggestion
from matchmaker.reference import study_field

MOST_WORK, MOST_STUDY = 5, 10
"""More than anyone looks at; the lists are best first."""


class BadLine(Exception):
    """A line that is no posting. Says in Dutch what is wrong."""


def register(app: Flask) -> None:
    group.add_command(suggest)


@click.command("suggest")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def suggest(context: click.Context, as_json: bool) -> None:
    """Read JSON lines {"id", "title", "text", "kind"} and print the fields each is about, best first.

    A line that cannot be read is named on standard error; the others are still done, and the command ends with 1.
    """
    wrong = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            click.echo(_answer(line, as_json=as_json))
        except BadLine as problem:
            wrong += 1
            click.echo(f"Regel {number}: {problem}", err=True)
    context.exit(1 if wrong else 0)


def _answer(line: bytes, *, as_json: bool) -> str:
    posting = _posting(line)
    found = suggestion(posting["title"], posting["text"], kind=posting["kind"] or "other")
    row = as_row(posting["id"], found)
    answer = json.dumps(row, ensure_ascii=False) if as_json else _plain(row)
    try:
        answer.encode()
    except UnicodeEncodeError:
        raise BadLine("het kenmerk is geen leesbare tekst.") from None
    return answer


def _posting(line: bytes) -> dict[str, Any]:
    """What a line says, with an empty text for what it leaves out. Raises BadLine."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadLine("dit is geen JSON in utf-8.") from None
    if not isinstance(row, dict):
        raise BadLine('hier hoort een object met "id", "title", "text" en "kind".')
    if not isinstance(row.get("id"), str | int) or isinstance(row.get("id"), bool):
        raise BadLine('"id" ontbreekt of is geen tekst of getal.')
    texts = {name: "" if row.get(name) is None else row[name] for name in ("title", "text", "kind")}
    strange = [name for name, value in texts.items() if not isinstance(value, str)]
    if strange:
        raise BadLine(f'"{strange[0]}" is geen tekst.')
    if not texts["title"].strip() and not texts["text"].strip():
        raise BadLine('"title" en "text" zijn allebei leeg.')
    return {"id": row["id"], **texts}


def as_row(reference: str | int, found: Suggestion) -> dict[str, Any]:
    """A suggestion as plain JSON."""
    return {
        "id": reference,
        "work_fields": [{"code": each.code, "score": each.score} for each in found.work_fields[:MOST_WORK]],
        "study_fields": [
            {
                "isced": each.code,
                "label": study_field(each.code).name_nl,
                "score": each.score,
                "programmes": list(each.programmes),
            }
            for each in found.study_fields[:MOST_STUDY]
        ],
    }


def _plain(row: dict[str, Any]) -> str:
    work = ", ".join(f"{each['code']} {each['score']}" for each in row["work_fields"])
    studies = ", ".join(f"{each['isced']} {each['label']} {each['score']}" for each in row["study_fields"])
    return f"{row['id']}  {work}  |  {studies}"
