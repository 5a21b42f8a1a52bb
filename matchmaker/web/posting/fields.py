"""Fields of the wizard that read dates and clock times as people type them, each with its own words."""

from typing import Any

from flask_babel import gettext
from wtforms import DateField, TimeField


def one_newline(text: str | None) -> str | None:
    """Browsers send two characters for a new line; we keep one."""
    return text.replace("\r\n", "\n") if text else text


class DayField(DateField):
    """A date, as the browser sends it or as people type it: 3-2-2027."""

    def __init__(self, label: object = None, **kwargs: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text.strip() for text in valuelist if text.strip()])
        except ValueError:
            raise ValueError(gettext("Deze datum bestaat niet. Vul dag, maand en jaar in.")) from None


class ClockField(TimeField):
    """A clock time: 10:00 or 10.00."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text.strip().replace(".", ":") for text in valuelist if text.strip()])
        except ValueError:
            raise ValueError(gettext("Deze tijd bestaat niet. Vul in: 10:00.")) from None
