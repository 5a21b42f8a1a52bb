"""Is this file the document we made? It is only hashed: nothing of it is kept, and no name is told."""

import hashlib
import re
from typing import IO

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response

from matchmaker.agreements.models import Agreement
from matchmaker.agreements.queries import agreement_with_hash
from matchmaker.web.fields import Form
from matchmaker.web.public import public
from matchmaker.words.agreements import document_finding, title_of

PIECE = 64 * 1024
_DIGEST = re.compile("[0-9a-f]{64}")


class CheckForm(Form):
    file = FileField(_l("Bestand"), [FileRequired(_l("Kies eerst een bestand."))])


@public.route("/controleer", methods=["GET", "POST"])
def check_document() -> Response | str:
    """Choose a file; its hash is looked up, and the answer has an address of its own."""
    form = CheckForm()
    if form.validate_on_submit():
        return redirect(url_for("public.check_document", kenmerk=digest_of(form.file.data.stream)))
    digest = request.args.get("kenmerk", "").lower()
    known = _DIGEST.fullmatch(digest) is not None
    found = agreement_with_hash(digest) if known and not form.is_submitted() else None
    return render_template(
        "public/check_document.html",
        form=form,
        digest=digest if known and not form.is_submitted() else "",
        found=found,
        title=title_of(found) if found else "",
        finding=_finding(found, digest) if found else None,
    )


def digest_of(stream: IO[bytes]) -> str:
    """SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _finding(agreement: Agreement, digest: str) -> tuple[str, str]:
    return document_finding(agreement, final=agreement.final_hash == digest)
