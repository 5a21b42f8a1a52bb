"""A document as a download."""

from flask import Response

from matchmaker.agreements.models import Agreement
from matchmaker.errors import NotFound
from matchmaker.files.actions import read
from matchmaker.placements.parts import Part
from matchmaker.web.files import as_file
from matchmaker.web.reading import note_reading


def note_agreement(agreement: Agreement, part: Part, *, by_link: bool = False) -> None:
    """Someone with this part reads it; of the student whose it is that is no event."""
    if part is not Part.STUDENT:
        note_reading(agreement, **({"part": part.value} if by_link else {}))


def readable_pdf(agreement: Agreement) -> Response:
    """The file of an agreement as it is now. Raises NotFound before it was made."""
    stored = agreement.readable
    if stored is None:
        raise NotFound("document")
    return as_file(read(stored), f"overeenkomst-{agreement.placement_id}-{agreement.number}", "pdf")
