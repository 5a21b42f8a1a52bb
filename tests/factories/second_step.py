"""A second step for tests: an app that shows codes, and a device with a passkey, made of software."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import cbor2
import pyotp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask import Flask
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from matchmaker.accounts.models import Account
from matchmaker.clock import now
from matchmaker.factors.apps import begin_app, confirm_app, secret_of

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@contextmanager
def asked_of_everyone(app: Flask) -> Iterator[Flask]:
    """The application as it runs in production: who needs a second step cannot do without."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, second_step=True)
    yield app
    app.extensions["settings"] = before


def code_now(secret: str, *, steps: int = 0) -> str:
    """The code an app shows now, or so many steps of 30 seconds later."""
    return pyotp.TOTP(secret).at(now(), counter_offset=steps)


def with_app(person: Account) -> str:
    """Give someone an app in use; returns its secret. The code of the step before now is spent."""
    app = begin_app(person)
    secret = secret_of(app)
    confirm_app(person, code_now(secret, steps=-1))
    return secret


@dataclass
class Device:
    """An authenticator: makes a passkey, and signs with it. What it says of itself can be bent."""

    origin: str = "http://localhost:5000"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 0
    counts: bool = True
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str, **bent: object) -> str:
        """The answer to a question for a new passkey."""
        asked = json.loads(options)
        self.handle = base64url_to_bytes(asked["user"]["id"])
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        made = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(cose)
        data = self._data(self.flags | WITH_KEY) + made
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked["challenge"], bent)
        return self._answer(clientDataJSON=said, attestationObject=statement)

    def sign(self, options: str, **bent: object) -> str:
        """The answer to a question to sign in."""
        self.count += self.counts
        data, said = self._data(self.flags), self._said("webauthn.get", json.loads(options)["challenge"], bent)
        signature = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature, userHandle=self.handle)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _said(self, kind: str, challenge: str, bent: dict[str, object]) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False, **bent}
        return json.dumps(said).encode()

    def _answer(self, **parts: bytes) -> str:
        number = bytes_to_base64url(self.credential_id)
        response = {name: bytes_to_base64url(part) for name, part in parts.items()}
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response})
