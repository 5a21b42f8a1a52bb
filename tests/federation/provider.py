"""A login provider of our own on loopback: it keeps to the protocol, until a test tells it what to forge."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

KEY = RSAKey.generate_key(2048, {"kid": "een", "use": "sig", "alg": "RS256"}, private=True)
FOREIGN_KEY = RSAKey.generate_key(2048, {"kid": "een", "use": "sig", "alg": "RS256"}, private=True)
CLIENT_ID, CLIENT_SECRET = "matchmaker", "een heel lang geheim"
Forge = Callable[[dict[str, Any]], None]


@dataclass
class Grant:
    """What a code stands for."""

    nonce: str
    challenge: str
    redirect_uri: str


@dataclass
class Provider:
    """Who signs in, and what a test changes on the way: each change gets the dict and alters it."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "persoon-1"})
    userinfo: dict[str, Any] | None = None
    change_claims: Forge = lambda _claims: None
    change_description: Forge = lambda _said: None
    change_keys: Forge = lambda _said: None
    change_answer: Forge = lambda _tokens: None
    sign: Callable[[dict[str, Any]], str] = lambda claims: signed(claims)
    grants: dict[str, Grant] = field(default_factory=dict)
    spent: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    token_requests: int = 0

    def authorize(self, address: str) -> dict[str, str]:
        """What a browser brings back after someone signed in at this address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT_ID and "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(asked["nonce"], asked["code_challenge"], asked["redirect_uri"])
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def describe(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/inloggen",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["S256"],
        }
        self.change_description(said)
        return said

    def keys(self) -> dict[str, Any]:
        said: dict[str, Any] = {"keys": [KEY.as_dict(private=False)]}
        self.change_keys(said)
        return said

    def change_code(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Tokens for a code; None when the code, the verifier, the address or the secret is not right."""
        self.token_requests += 1
        grant = self.grants.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        pair = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET.replace(' ', '+')}".encode()).decode()
        if (
            grant is None
            or base64.urlsafe_b64encode(proof).decode().rstrip("=") != grant.challenge
            or form.get("redirect_uri") != grant.redirect_uri
            or authorization != f"Basic {pair}"
        ):
            self.refused.append(form.get("code", ""))
            return None
        moment, access_token = int(time.time()), secrets.token_urlsafe(16)
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "exp": moment + 300,
            "iat": moment,
            "nonce": grant.nonce,
            "at_hash": create_half_hash(access_token, "RS256").decode(),
            **self.person,
        }
        self.change_claims(claims)
        tokens = {"access_token": access_token, "token_type": "Bearer", "id_token": self.sign(claims)}
        self.change_answer(tokens)
        return tokens


def signed(claims: dict[str, Any], *, key: RSAKey = KEY, **header: Any) -> str:
    return jwt.encode({"alg": "RS256", "kid": "een", **header}, claims, key, algorithms=["RS256"])


def unsigned(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """A token put together by hand."""
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(map(in_base64, parts))


def in_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def in_json(said: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(said), status, mimetype="application/json")


@contextmanager
def serving_provider() -> Iterator[Provider]:
    """A provider at an address of its own."""
    provider = Provider()

    @Request.application
    def serve(request: Request) -> Response:
        path = request.path.removeprefix("/huurder")
        if path == "/token":
            tokens = provider.change_code(dict(request.form), request.headers.get("Authorization", ""))
            return in_json(tokens) if tokens else in_json({"error": "invalid_grant"}, 400)
        said = {
            "/.well-known/openid-configuration": provider.describe,
            "/keys": provider.keys,
            "/userinfo": lambda: provider.person if provider.userinfo is None else provider.userinfo,
        }[path]()
        return in_json(said)

    server = make_server("127.0.0.1", 0, serve, threaded=True)
    provider.issuer = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
