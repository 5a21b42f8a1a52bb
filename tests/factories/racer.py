"""A process of its own with several browsers that act at the same moment: `python -m tests.factories.racer`.

Reads tasks as one line of JSON: `[{cookie, page, path, data}]`: the sign-in cookie (empty for a visitor), the page that
holds the form, where it goes and what is typed. Writes `ready`, waits for a line, lets all go at once and writes
`[[status, location, text]]`.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from config import read_settings
from matchmaker import create_app
from tests.factories.forms import PageReader


def main() -> None:
    app = create_app(read_settings())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    tasks = json.loads(sys.stdin.readline())
    browsers = [_prepare(app, task) for task in tasks]
    print("ready", flush=True)
    sys.stdin.readline()
    barrier = Barrier(len(tasks))
    with ThreadPoolExecutor(len(tasks)) as pool:
        answers = list(pool.map(lambda pair: _act(*pair, barrier), zip(browsers, tasks, strict=True)))
    print(json.dumps(answers), flush=True)


def _prepare(app: Flask, task: dict[str, Any]) -> FlaskClient:
    browser = app.test_client()
    if task["cookie"]:
        browser.set_cookie(app.config["SESSION_COOKIE_NAME"], task["cookie"])
    forms = PageReader(browser.get(task["page"]).text).forms
    tokens = [form.inputs["csrf_token"].filled[0] for form in forms if "csrf_token" in form.inputs]
    task["data"]["csrf_token"] = tokens[0]
    for form in forms:
        if (form.action or task["page"]) == task["path"] and "version" in form.inputs:
            task["data"].setdefault("version", form.inputs["version"].filled[0])
    return browser


def _act(browser: FlaskClient, task: dict[str, Any], barrier: Barrier) -> tuple[int, str, str]:
    barrier.wait()
    answer = browser.post(task["path"], data=task["data"])
    return answer.status_code, answer.location or "", answer.text


if __name__ == "__main__":
    main()
