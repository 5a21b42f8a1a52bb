"""What a visitor hears who cannot be let in: short, in Dutch and English, with the defences of every other answer."""

from enum import Enum


class Refusal(Enum):
    """Status and what is said."""

    SLOW = ("408 Request Timeout", "Dat duurde te lang.", "That took too long.")
    WITHOUT_LENGTH = ("411 Length Required", "Dat kunnen wij zo niet aannemen.", "We cannot take that like this.")
    TOO_LONG = ("413 Content Too Large", "Dat is te groot om te sturen.", "That is too large to send.")
    TOO_MANY = (
        "429 Too Many Requests",
        "Er kwamen te veel vragen tegelijk van uw netwerk. Probeer het zo opnieuw.",
        "Too many requests came from your network at once. Please try again in a moment.",
    )
    HEAD_TOO_LONG = ("431 Request Header Fields Too Large", "Dat is te lang om te lezen.", "That is too long to read.")
    BUSY = (
        "503 Service Unavailable",
        "Het is nu te druk. Probeer het zo opnieuw.",
        "It is too busy right now. Please try again in a moment.",
    )


PAGE = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{dutch}</title></head>
<body><main><h1>{dutch}</h1>
<p lang="en">{english}</p></main></body>
</html>
"""
HEAD = """HTTP/1.1 {status}\r
Connection: close\r
Content-Type: text/html; charset=utf-8\r
Content-Length: {length}\r
Cache-Control: no-store\r
Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r
Referrer-Policy: no-referrer\r
X-Content-Type-Options: nosniff\r
X-Frame-Options: DENY\r
{retry}\r
"""


def _whole(why: Refusal) -> bytes:
    status, dutch, english = why.value
    page = PAGE.format(dutch=dutch, english=english).encode()
    retry = "Retry-After: 10\r\n" if why in {Refusal.BUSY, Refusal.TOO_MANY} else ""
    return HEAD.format(status=status, length=len(page), retry=retry).encode() + page


REFUSALS = {why: _whole(why) for why in Refusal}
