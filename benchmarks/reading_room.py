"""How the reading room bears up: `python benchmarks/reading_room.py LEDGER --users 50 --seconds 300`.

Starts a server of its own; the ledger is only read. So many people browse at once, each as people do:
the list, a filter, an incident, its evidence and reports, back to the list. They follow the links that pages have, so that
what pages there are need not be said here. Between two pages each thinks for 1 to 3 seconds (--think): 50 people ask for about
25 pages a second when pages are quick.

Prints p50, p95 and p99 by kind of page, errors, the pages a second that came about, and the memory of the server over time
(resident, with its children). Server and browsers share the machine; `--cores` holds the server and what it starts to so
many. Ends with 1 if anything failed. A ledger of a million claims:
`python benchmarks/ledger.py --claims 1000000 --folder FOLDER`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import httpx

LINK = re.compile(r'(?:href|hx-get)="(/(?:incidents|reports)/[^"#]+|/incidents\?[^"#]+)')
NUMBERS = re.compile(r"(incident|report|claim|question)-[0-9a-f]{16}")
FILTERS = (
    "since=2029-06-01&until=2029-06-30",
    "since=2030-02-01&until=2030-02-28",
    "q=killed",
    "place=Place7",
    "status=contested",
)
PAGES = 6
"""Pages that somebody looks at in an incident before going back to the list."""
WARM = 3
TIMEOUT = 30.0
EVERY = 5.0


@dataclass
class Figures:
    """What came about."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, int] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)


def kind_of(path: str) -> str:
    """The kind of a page: its address without what differs from incident to incident."""
    place, _, query = path.partition("?")
    keys = "&".join(sorted({part.partition("=")[0] for part in query.split("&") if part}))
    return NUMBERS.sub(r"{\1}", place) + (f"?{keys}" if keys else "")


async def page(client: httpx.AsyncClient, path: str, figures: Figures, counts: bool = True) -> list[str]:
    """One page: how long it took, and where it leads."""
    begun = time.perf_counter()
    try:
        answer = await client.get(path)
    except httpx.HTTPError as error:
        figures.errors[f"{kind_of(path)}: {type(error).__name__}"] += 1
        return []
    seconds = time.perf_counter() - begun
    kind = kind_of(path)
    if answer.status_code != 200:
        figures.errors[f"{kind}: {answer.status_code}"] += 1
        return []
    if counts:
        figures.taken[kind].append(seconds)
        figures.sizes[kind] = max(figures.sizes.get(kind, 0), len(answer.content))
    return [unescape(link) for link in LINK.findall(answer.text)]


async def somebody(
    client: httpx.AsyncClient,
    number: int,
    think: tuple[float, float],
    until: float,
    figures: Figures,
    shut: set[str],
) -> None:
    """One person, until the time is over."""
    dice = random.Random(number)
    await asyncio.sleep(dice.uniform(0, think[1]))
    while time.monotonic() < until:
        path = "/incidents" + (f"?{dice.choice(FILTERS)}" if dice.random() < 0.5 else "")
        links = await page(client, path, figures)
        for _ in range(PAGES):
            await asyncio.sleep(dice.uniform(*think))
            usable = [link for link in links if kind_of(link) not in shut]
            if time.monotonic() >= until or not usable:
                break
            # Whoever is in the list opens an incident; whoever is in an incident stays in it as long as it leads on.
            deeper = [link for link in usable if not link.startswith("/incidents?")]
            links = await page(client, dice.choice(deeper or usable), figures) or links


async def shut_pages(client: httpx.AsyncClient) -> set[str]:
    """Kinds of pages that lists and incidents link to and that are not served: they are told once and left out."""
    found = Figures()
    links = await page(client, "/incidents", found, counts=False)
    seen: dict[str, str] = {kind_of(link): link for link in links}
    for path in [link for link in links if "?" not in link][:WARM]:
        seen |= {kind_of(link): link for link in await page(client, path, found, counts=False)}
    return {kind for kind, path in seen.items() if (await client.get(path)).status_code == 404}


def memory_of(process: int) -> float:
    """Megabytes that a process and its children hold."""
    total = 0.0
    for one in [process, *children_of(process)]:
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) / 1024 if found else 0
    return total


def children_of(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in told.split()]


async def watched(process: int, until: float, figures: Figures) -> None:
    begun = time.monotonic()
    while time.monotonic() < until:
        figures.memory.append((time.monotonic() - begun, memory_of(process)))
        await asyncio.sleep(min(EVERY, max(0.1, until - time.monotonic())))


async def browse(address: str, process: int, options: argparse.Namespace, figures: Figures) -> float:
    """All of them at once; how long it took."""
    limits = httpx.Limits(max_connections=options.users, max_keepalive_connections=options.users)
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT, limits=limits, trust_env=False) as client:
        shut = await shut_pages(client)
        if shut:
            print(f"not served, left out: {', '.join(sorted(shut))}", file=sys.stderr)
        begun = time.monotonic()
        until = begun + options.seconds
        people = (
            somebody(client, n, tuple(options.think), until, figures, shut) for n in range(options.users)
        )
        await asyncio.gather(watched(process, until, figures), *people)
        return time.monotonic() - begun


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def start(ledger: Path, port: int, cores: int | None, folder: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "variorum", "serve", str(ledger), "--port", str(port), "--no-log"]
    environment = {**os.environ, "XDG_STATE_HOME": folder, "XDG_CACHE_HOME": folder}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    if cores:
        os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:cores])
    for _ in range(600):
        try:
            httpx.get(f"http://127.0.0.1:{port}/health", timeout=5, trust_env=False)
            return process
        except httpx.HTTPError:
            if process.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.1)
    sys.exit("the server did not start in time")


def told(figures: Figures, seconds: float) -> dict[str, object]:
    """The figures as they are printed."""

    def of(times: list[float]) -> dict[str, float]:
        ordered = sorted(1000 * one for one in times)
        at = {
            name: ordered[min(len(ordered) - 1, int(part * len(ordered)))]
            for name, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
        }
        return {"pages": len(ordered), **at, "most": ordered[-1]}

    everything = [one for times in figures.taken.values() for one in times]
    early = [size for at, size in figures.memory if at >= seconds * 0.2][:3]
    late = [size for _, size in figures.memory][-3:]
    return {
        "pages a second": len(everything) / seconds,
        "errors": dict(figures.errors),
        "all": of(everything) if everything else {},
        "by kind": {
            kind: of(times) | {"kB": figures.sizes[kind] / 1000}
            for kind, times in sorted(figures.taken.items())
        },
        "memory, MB": {
            "after a fifth": statistics.mean(early) if early else 0.0,
            "at the end": statistics.mean(late) if late else 0.0,
            "over time": [round(size) for _, size in figures.memory][:: max(1, len(figures.memory) // 20)],
        },
    }


def show(found: dict[str, object], users: int, think: list[float]) -> None:
    print(
        f"{users} people, {think[0]:g} to {think[1]:g} s between pages; {found['pages a second']:.1f} pages a second"
    )
    print(f"{'ms':44} {'pages':>7} {'p50':>8} {'p95':>8} {'p99':>8} {'most':>8} {'kB':>7}")
    kinds: dict[str, dict[str, float]] = {"all": found["all"], **found["by kind"]}  # type: ignore[dict-item]
    for kind, one in kinds.items():
        if one:
            size = f"{one['kB']:7.1f}" if "kB" in one else ""
            times = " ".join(f"{one[name]:8.1f}" for name in ("p50", "p95", "p99", "most"))
            print(f"{kind[:44]:44} {one['pages']:7,} {times} {size}")
    memory: dict[str, object] = found["memory, MB"]  # type: ignore[assignment]
    grown = f"{memory['after a fifth']:.0f} after a fifth, {memory['at the end']:.0f} at the end"
    print(f"memory of the server, MB: {grown}; {memory['over time']}")
    print(f"errors: {found['errors'] or 'none'}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("ledger", type=Path)
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=300)
    asked.add_argument("--think", type=float, nargs=2, default=[1.0, 3.0], metavar=("LEAST", "MOST"))
    asked.add_argument("--cores", type=int)
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    figures = Figures()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        process = start(options.ledger, port, options.cores, folder)
        try:
            seconds = asyncio.run(browse(f"http://127.0.0.1:{port}", process.pid, options, figures))
        finally:
            process.terminate()
            process.wait(30)
    found = told(figures, seconds)
    show(found, options.users, options.think)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    sys.exit(1 if figures.errors or not figures.taken else 0)


if __name__ == "__main__":
    main()
