"""What the templates of these pages may call."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from matchmaker.web.public import public
from matchmaker.web.public.cards import organisation_name
from matchmaker.words.field_names import work_field_names
from matchmaker.words.language import joined


@public.context_processor
def page_words() -> dict[str, Any]:
    return {
        "labels_of_work": lambda codes: joined(work_field_names(codes)),
        "organisation_name": organisation_name,
        "search_hint": lambda: gettext("Onderwerp, opleiding of plaats"),
        "unmet_url": unmet_url,
    }


def unmet_url(work_field: str, place: str) -> str:
    """The list of needs in one field of work around one place."""
    return url_for("public.browse_needs", werkveld=work_field, plaats=place, km=10)
