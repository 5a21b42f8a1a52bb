"""The door of the whole server, closed at a stop so that who is let in is answered and who is not hears it at once.

The kernel lets in whoever comes to a listening socket, and cuts those off that no process took out when its last copy
closes. So it is first told to let nobody begin (`shut`); then each process takes out who is inside (`take_out`) and
closes its copy. The system of who began too late tries again, a second later, and is refused before a word was sent.

A socket of systemd, or one that a next server of gunicorn shares (`USR2`), is not shut: it outlives this server.
"""

import ctypes
import mmap
import signal
import socket
import struct
from contextlib import suppress
from types import FrameType

from gunicorn.arbiter import Arbiter
from waitress import wasyncore
from waitress.server import BaseWSGIServer

SO_ATTACH_FILTER = 26
"""Linux, `socket(7)`."""
NO_BEGINNINGS = (
    (0x30, 0, 0, 13),  # take the flags of the TCP head
    (0x45, 0, 1, 0x02),  # SYN: someone begins
    (0x06, 0, 0, 0),  # dropped
    (0x06, 0, 0, 0xFFFFFFFF),  # anything else goes on
)
"""A filter as in `bpf(4)`: code, steps when so, steps when not, value."""
_shut = mmap.mmap(-1, 1)
"""Memory that the processes share which are split off after this is read in."""


def shut_when_asked_to_stop(server: Arbiter) -> None:
    """Before gunicorn does anything else with that request."""

    def stop(number: int, frame: FrameType | None) -> None:
        if not (server.systemd or server.reexec_pid or server.master_pid):
            shut([each.sock for each in server.LISTENERS])
        server.signal(number, frame)

    signal.signal(signal.SIGTERM, stop)


def shut(listeners: list[socket.socket]) -> None:
    """Nobody begins from here on. A socket with a path needs no more than that gunicorn takes the path away."""
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in NO_BEGINNINGS))
    words = struct.pack("HP", len(NO_BEGINNINGS), ctypes.addressof(program))
    for each in listeners:
        if each.family != socket.AF_UNIX:
            with suppress(OSError):  # another system than Linux: a moment stays in which who comes is cut off
                each.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, words)
    _shut[0] = 1


def is_shut() -> bool:
    return bool(_shut[0])


def take_out(server: BaseWSGIServer) -> None:
    """Everyone who waits inside; more than the bound of connections too."""
    known = -1
    while known < len(server.active_channels):
        known = len(server.active_channels)
        server.handle_accept()


def leave(server: BaseWSGIServer) -> None:
    """Close this process's copy; the way in which threads wake it stays."""
    if is_shut():
        take_out(server)
    wasyncore.dispatcher.close(server)
