"""What the writer added: without the letter that is answered and the signature below it.

Cut with care: what is left in too much is a nuisance, what is cut too much is lost. `mail-parser-reply` was tried for
this. It does not know the line Gmail writes in Dutch, and drops all that follows a line that begins with "Bedankt,".
"""

import re

from matchmaker.replies.addresses import without_reply_addresses

MOST_READ = 20_000
MARKS = ("Schrijf uw antwoord boven deze regel.", "Write your answer above this line.")
"""The first line of a letter that can be answered, in each language of a letter."""

_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_ANSWERED = re.compile(
    r"^[ \t>*_]*(?:"
    r"Op [^\n]{3,160}(?:\n[^\n]{1,160}){0,2}?\bschreef\b[^\n]{0,160}(?:\n[^\n]{1,160})?:[ \t*_]*$"
    r"|On [^\n]{3,160}(?:\n[^\n]{1,160}){0,2}?\bwrote:[ \t*_]*$"
    r"|Am [^\n]{3,160}(?:\n[^\n]{1,160}){0,2}?\bschrieb\b[^\n]{0,160}(?:\n[^\n]{1,160})?:[ \t*_]*$"
    r"|Le [^\n]{3,160}(?:\n[^\n]{1,160}){0,2}?a \u00e9crit ?:[ \t*_]*$"
    r"|-{2,} ?(?:Oorspronkelijk bericht|Doorgestuurd bericht|Original Message|Forwarded message"
    r"|Urspr\u00fcngliche Nachricht|Weitergeleitete Nachricht) ?-{2,}"
    r"|_{20,}[ \t]*$"
    r"|(?:Van|From|Von)\*?:[^\n]*\n[ \t>*]*"
    r"(?:Verzonden|Datum|Aan|Onderwerp|Sent|Date|To|Subject|Gesendet|An|Betreff)\*?:"
    r")",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"^(?:--[ \t]*$"
    r"|(?:Verstuurd|Verzonden) (?:vanaf|met|vanuit) [^\n]{1,60}$|Sent from [^\n]{1,60}$|Outlook voor [^\n]{1,60}$"
    r"|Get Outlook for [^\n]{1,60}$|Gesendet (?:von|mit) [^\n]{1,60}$|Von meinem [^\n]{1,40} gesendet$"
    r"|(?:met )?(?:vriendelijke|hartelijke|warme)[ \t]+groet(?:en)?[^\n]{0,40}$"
    r"|(?:groet(?:en|jes)?|mvg)(?:[ \t]*,[^\n]{0,40})?$"
    r"|(?:mit )?(?:freundliche[nm]?|beste[nm]?|herzliche[nm]?|viele[nm]?|liebe[nm]?)[ \t]+"
    r"gr(?:\u00fc|ue)(?:\u00df|ss)e?n?[^\n]{0,40}$"
    r"|(?:yours )?sincerely,?[^\n]{0,40}$"
    r"|(?:kind|best|warm)[ \t]+regards[^\n]{0,40}$|regards,?[^\n]{0,40}$)",
    re.MULTILINE | re.IGNORECASE,
)


def written(text: str) -> str:
    """The answer alone. Of more than `MOST_READ` characters above our line the rest is cut: a message is shorter."""
    text = _UNUSABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _QUOTED.sub("", _above(text, MARKS)[:MOST_READ])
    for pattern in (_ANSWERED, _SIGNED):
        found = pattern.search(text)
        if found and text[: found.start()].strip():
            text = text[: found.start()]
        elif found and pattern is _ANSWERED:
            text = ""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return without_reply_addresses(re.sub(r"\n{3,}", "\n\n", lines)).strip()


def _above(text: str, marks: tuple[str, ...]) -> str:
    places = [place for place in map(text.find, marks) if place >= 0]
    return text[: min(places)].rstrip("> \t\n*_") if places else text
