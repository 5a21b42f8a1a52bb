"""A crowd in a process of its own: `python -m soak.crowd PORT SECONDS SLOW RATE ADDRESSES`.

Prints what its requests heard: status to number, 0 for none. A fourth each of the slow connections says nothing, sends
its head a byte a second, sends its body so, and asks for a page and reads a byte a second. Who is cut off comes again.
"""

import asyncio
import contextlib
import json
import sys
import time
from collections import Counter

HEAD = b"GET /aanbod HTTP/1.1\r\nHost: localhost\r\n"
BODY = b"POST /inloggen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n"


async def be_slow(port: int, number: int, end: float) -> None:
    """One slow connection after the other."""
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", port, limit=256, local_addr=(f"127.0.3.{number % 250 + 1}", 0)
            )
            if number % 4 == 2:
                writer.write(BODY)
            elif number % 4 == 3:
                writer.write(HEAD + b"\r\n")
            while time.monotonic() < end and not reader.at_eof() and not writer.is_closing():
                if number % 4 == 3:
                    await reader.read(1)
                elif number % 4:
                    writer.write(b"x" if number % 4 == 2 else b"X")
                    await writer.drain()
                await asyncio.sleep(1)
            writer.close()
        await asyncio.sleep(0.2)


async def ask(port: int, number: int, addresses: int, heard: Counter[int]) -> None:
    """One request on a connection of its own."""
    try:
        async with asyncio.timeout(20):
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", port, local_addr=(f"127.0.4.{number % addresses + 1}", 0)
            )
            writer.write(HEAD.replace(b"/aanbod", b"/aanbod?pagina=%d" % (number % 20 + 1)))
            writer.write(b"Connection: close\r\n\r\n")
            answer = await reader.read()
            writer.close()
        heard[int(answer[9:12] or 0)] += 1
    except (OSError, TimeoutError, ValueError):
        heard[0] += 1


async def crowd(port: int, seconds: float, slow: int, rate: int, addresses: int) -> Counter[int]:
    """All of it, for so long."""
    heard: Counter[int] = Counter()
    begun = time.monotonic()
    tasks = [asyncio.create_task(be_slow(port, number, begun + seconds)) for number in range(slow)]
    await asyncio.sleep(1)
    started = time.monotonic()
    number = 0
    while (moment := time.monotonic()) < begun + seconds:
        while number < (moment - started) * rate:
            tasks.append(asyncio.create_task(ask(port, number, addresses, heard)))
            number += 1
        await asyncio.sleep(0.01)
    await asyncio.gather(*tasks)
    return heard


if __name__ == "__main__":
    told = sys.argv[1:]
    print(json.dumps(asyncio.run(crowd(int(told[0]), float(told[1]), *map(int, told[2:])))))
