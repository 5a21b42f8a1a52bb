"""Requests whose end is not in doubt: what could be read in two ways is refused, and what comes in too slowly is cut.

waitress follows `Transfer-Encoding` when a request also gives a length, and reads on. A proxy in front that followed
the length would take what comes after for a request of someone else (RFC 9112, 6.1).
"""

from time import monotonic

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask

from serving.refusals import DEFENCES

HEAD_SECONDS = 20.0
"""From the first byte of a request to the end of its head."""
LEAST_BYTES_A_SECOND = 1024
"""Of a body; the slowest telephone sends more."""


class ClearRequest(HTTPRequestParser):
    def parse_header(self, header_plus: bytes) -> None:
        """The head of a request; raises ParsingError, which is answered with 400 before the connection ends."""
        super().parse_header(header_plus)
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("Length in doubt")


class DefendedRefusal(ErrorTask):
    """What waitress refuses by itself, with the defences of every other answer."""

    def execute(self) -> None:
        self.response_headers.extend(DEFENCES)
        super().execute()


class Answer(WSGITask):
    """Says that it is the last on its connection when the process stops and no other request came with this one."""

    def build_response_header(self) -> bytes:
        if self.channel.ends and len(self.channel.requests) == 1 and self.channel.request is None:
            self.request.headers["CONNECTION"] = "close"
        head: bytes = super().build_response_header()
        return head


class ClearChannel(HTTPChannel):
    parser_class = ClearRequest
    task_class = Answer
    error_task_class = DefendedRefusal
    ends = False
    """Of the whole process: it stops."""
    begun = 0.0
    """When the first bytes of the request came that is coming in now."""
    taken = 0
    """Bytes of it so far."""

    def received(self, data: bytes) -> bool:
        """Take in what came. Who drips to keep a place is cut, however often something comes."""
        if self.request is None:
            self.begun, self.taken = monotonic(), 0
        self.taken += len(data)
        going_on: bool = super().received(data)
        if self.request is not None and monotonic() - self.begun > time_for(self.request, self.taken):
            self.will_close = True
        return going_on


def time_for(request: HTTPRequestParser, taken: int) -> float:
    """Seconds that a request may be on its way when so many bytes of it have come."""
    return HEAD_SECONDS + (taken / LEAST_BYTES_A_SECOND if request.headers_finished else 0)
