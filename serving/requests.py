"""Requests whose end is not in doubt: what could be read in two ways is refused, and its connection ends.

waitress follows `Transfer-Encoding` when a request also gives a length, and reads on. A proxy in front that followed
the length would take what comes after for a request of someone else (RFC 9112, 6.1).
"""

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask

from serving.refusals import DEFENCES


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


class ClearChannel(HTTPChannel):
    parser_class = ClearRequest
    error_task_class = DefendedRefusal
