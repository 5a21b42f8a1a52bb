"""What is kept of people and why, as pages and as files: all of it made from the columns of the database."""

from flask import Response, current_app, render_template

from matchmaker.catalogue.queries import current_crosswalk, current_weights
from matchmaker.web.public import public
from matchmaker.web.table_files import ENDINGS, table_file
from matchmaker.words.algorithm_register import algorithm_entry
from matchmaker.words.processing import Table, processing_record, processing_table, retention_table


@public.get("/privacy")
def show_privacy() -> str:
    return render_template("public/privacy.html", kept=retention_table())


@public.get("/privacy/verwerkingen")
def show_processing() -> str:
    settings = current_app.extensions["settings"]
    return render_template("public/processing.html", table=processing_table(), settings=settings)


@public.get("/privacy/algoritme")
def show_algorithm() -> str:
    return render_template("public/algorithm.html", table=_algorithm())


@public.get(f"/privacy/bewaartermijnen.<{ENDINGS}:ending>")
def download_retention(ending: str) -> Response:
    return table_file(retention_table(), "bewaartermijnen", ending)


@public.get(f"/privacy/verwerkingen.<{ENDINGS}:ending>")
def download_processing(ending: str) -> Response:
    settings = current_app.extensions["settings"]
    record = processing_record(
        controller=settings.controller, privacy_officer=settings.privacy_officer, processors=settings.processors
    )
    return table_file(record, "register-van-verwerkingen", ending)


@public.get(f"/privacy/algoritme.<{ENDINGS}:ending>")
def download_algorithm(ending: str) -> Response:
    return table_file(_algorithm(), "algoritmeregister", ending)


def _algorithm() -> Table:
    return algorithm_entry(current_weights(), current_crosswalk()[0])
