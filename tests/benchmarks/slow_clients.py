"""The load of `serving.py`: connections that post answers, beside clients whose network is slow.

    python -m tests.benchmarks.slow_clients PORT SECONDS KIND

Four kinds of slow client, because they block a worker for different reasons: `player` asks for `bytes=0-`
like a browser, `plain` asks for no range (curl, a proxy), `silent` opens a connection and sends nothing (what
browsers do ahead of need; 150 of them), `stalled` loses its network between the head and the body of an
answer (150 too: nothing ends such a connection, so they add up over days).
"""

import asyncio
import json
import socket
import statistics
import sys
import time
import uuid

SLOW_CLIENTS, SLOW_RATE, CONNECTIONS = 50, 64 * 1024, 16
KINDS = {"player": SLOW_CLIENTS, "plain": SLOW_CLIENTS, "silent": 150, "stalled": 150}
DOWNLOADS = ("player", "plain")

ANSWER = json.dumps({"answer_id": str(uuid.uuid4()), "item": "spot-the-sender", "choices": ["b"]}).encode()
POST = (
    b"POST /answers HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    % len(ANSWER)
) + ANSWER


async def _post_until(port: int, end: float, times: list[float]) -> None:
    """One connection, one answer after the other; reconnects when the server closes, as browsers do."""
    reader = writer = None
    while time.perf_counter() < end:
        start = time.perf_counter()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(POST)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), max(0.1, end + 2 - start))
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            if not head.startswith(b"HTTP/1.1 200"):
                sys.exit(f"not an answer: {head[:40]!r}")
        except (OSError, EOFError, TimeoutError):
            writer = None
            times.append(time.perf_counter() - start)
            continue
        if b"connection: close" in head.lower():
            writer.close()
            writer = None
        times.append(time.perf_counter() - start)


async def _read_slowly(port: int, kind: str, end: float) -> int:
    """A slow client: small receive buffer, 64 KB/s; the bytes it got."""
    loop, got = asyncio.get_running_loop(), 0
    while time.perf_counter() < end:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SLOW_RATE)
            client.setblocking(False)
            await loop.sock_connect(client, ("127.0.0.1", port))
            if kind == "stalled":
                await loop.sock_sendall(client, POST[: -len(ANSWER)])
            if kind in DOWNLOADS:
                got += await _download(loop, client, kind, got, end)
            else:
                await asyncio.sleep(max(0, end - time.perf_counter()))
    return got


async def _download(
    loop: asyncio.AbstractEventLoop, client: socket.socket, kind: str, got_before: int, end: float
) -> int:
    """Read at the slow rate until the answer or the time ends; a `player` goes on where it stopped."""
    ranged = b"Range: bytes=%d-\r\n" % got_before if kind == "player" else b""
    head = b"GET /film.mp4 HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n"
    await loop.sock_sendall(client, head + ranged + b"\r\n")
    got, start = 0, time.perf_counter()
    while (present := time.perf_counter()) < end:
        ahead = got / SLOW_RATE - (present - start)
        if ahead > 0:
            await asyncio.sleep(ahead)
        try:
            data = await asyncio.wait_for(loop.sock_recv(client, 16384), max(0.05, end - present))
        except (OSError, TimeoutError):
            return got
        if not data:
            return got
        got += len(data)
    return got


async def load(port: int, seconds: float, kind: str) -> dict[str, float]:
    """Rate and 99th percentile of the answers, and what the slow clients got."""
    warm = 1.5 if kind != "none" else 0.3
    end = time.perf_counter() + warm + seconds
    count = KINDS.get(kind, 0)
    slow = [asyncio.create_task(_read_slowly(port, kind, end)) for _ in range(count)]
    await asyncio.sleep(warm)
    times: list[float] = []
    await asyncio.gather(*(_post_until(port, end, times) for _ in range(CONNECTIONS)))
    got = sum(await asyncio.gather(*slow))
    ordered = sorted(times)
    return {
        "rate": len(times) / seconds,
        "p50": statistics.median(ordered) * 1000,
        "p99": ordered[int(len(ordered) * 0.99)] * 1000,
        "film": got / max(1, count) / (seconds + warm) / SLOW_RATE,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(load(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))))
