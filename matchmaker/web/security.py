"""What the browser is told to defend, on every answer; CSRF on every form."""

from flask import Flask, Response, request
from flask_login import current_user
from flask_wtf import CSRFProtect

csrf = CSRFProtect()

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHUT_IN = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of all that is no page of ours: it can run, load, send and be shown in nothing."""
HSTS = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    csrf.init_app(app)
    secure = app.extensions["settings"].secure

    def defend(response: Response) -> Response:
        if response.mimetype != "text/html" and request.endpoint != "static":
            response.headers.setdefault("Content-Security-Policy", SHUT_IN)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if (request.endpoint != "static" or response.status_code >= 400) and "Cache-Control" not in response.headers:
            private = (current_user and current_user.is_authenticated) or "token" in (request.view_args or {})
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
            if private:
                response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    app.after_request(defend)
