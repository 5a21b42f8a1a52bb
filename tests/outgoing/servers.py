"""Servers on loopback that behave badly: each sends what it is told, in pieces, with pauses."""

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from matchmaker.clock import now


@dataclass
class Server:
    """Where it listens, and the requests it got as they came."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    def address(self, path: str = "/", *, host: str = "localhost", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def answer(body: bytes = b"ja", *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def serving(
    pieces: Iterable[bytes], *, pause: float = 0.0, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """Every visitor gets the pieces, with a pause before each."""
    pieces = list(pieces)
    listening = socket.create_server((host, 0))
    listening.settimeout(0.1)
    server, stopped = Server(listening.getsockname()[1]), threading.Event()

    def serve_one(visitor: socket.socket) -> None:
        try:
            visitor.settimeout(5)
            with tls.wrap_socket(visitor, server_side=True) if tls else visitor as line:
                server.asked.append(_whole_request(line))
                for piece in pieces:
                    if stopped.wait(pause):
                        return
                    line.sendall(piece)
        except OSError:
            return

    def serve() -> None:
        while not stopped.is_set():
            try:
                visitor, _ = listening.accept()
            except OSError:
                continue
            threading.Thread(target=serve_one, args=(visitor,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stopped.set()
        thread.join()
        listening.close()


def _whole_request(line: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        piece = line.recv(4096)
        if not piece:
            return head
        head += piece
    length = next((int(each[15:]) for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:")), 0)
    while len(head.partition(b"\r\n\r\n")[2]) < length:
        head += line.recv(4096)
    return head


def certificate(folder: Path, name: str, *, days: int = 1) -> tuple[Path, ssl.SSLContext]:
    """A certificate that names one host, and the context of a server that shows it."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=3))
        .not_valid_after(now() + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / f"{name}.pem", folder / f"{name}.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return path, context


def took(start: float) -> float:
    return time.monotonic() - start
