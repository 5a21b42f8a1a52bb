"""What people ask about their own data, in words."""

from flask_babel.speaklater import LazyString

from matchmaker.privacy.models import Outcome, RequestKind
from matchmaker.words.language import lazy_gettext as _l

KINDS: dict[RequestKind, LazyString] = {
    RequestKind.COPY: _l("Laat mij zien wat u van mij bewaart"),
    RequestKind.CORRECTION: _l("Verbeter iets dat niet klopt"),
    RequestKind.ERASURE: _l("Wis wat u van mij bewaart"),
}
OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.DONE: _l("Het is verbeterd"),
    Outcome.REFUSED: _l("Het blijft zoals het is"),
}
