"""A document as a download."""

from flask import Response

from matchmaker.agreements.models import Agreement
from matchmaker.errors import NotFound
from matchmaker.files.actions import read


def as_pdf(content: bytes, name: str) -> Response:
    """A PDF with a plain name, to keep."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def readable_pdf(agreement: Agreement) -> Response:
    """The file of an agreement as it is now. Raises NotFound before it was made."""
    stored = agreement.readable
    if stored is None:
        raise NotFound("document")
    return as_pdf(read(stored), f"overeenkomst-{agreement.placement_id}-{agreement.number}")
