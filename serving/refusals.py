"""What a visitor hears who cannot be let in: short, in Dutch and English, with the defences of every other answer."""

import os
from dataclasses import dataclass

PAGE = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{dutch}</title></head>
<body><main><h1>{dutch}</h1>
<p lang="en">{english}</p></main></body>
</html>
"""
AGAIN_SECONDS = 10
DEFENCES = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]
"""Headers of an answer that no page of the product made."""
if os.environ.get("PUBLIC_URL", "").startswith("https://"):
    DEFENCES.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Status and what is said."""

    status: str
    dutch: str
    english: str

    @property
    def content(self) -> bytes:
        return PAGE.format(dutch=self.dutch, english=self.english).encode()

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [
            *DEFENCES,
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(self.content))),
            ("Retry-After", str(AGAIN_SECONDS)),
        ]


TOO_MANY = Refusal(
    "429 Too Many Requests",
    "Er kwamen te veel vragen tegelijk van uw netwerk. Probeer het zo opnieuw.",
    "Too many requests came from your network at once. Please try again in a moment.",
)
BUSY = Refusal(
    "503 Service Unavailable",
    "Het is nu te druk. Probeer het zo opnieuw.",
    "It is too busy right now. Please try again in a moment.",
)
