"""slot-calculator (npm, MIT) as a peer of the idle search: the same library, the same questions.

It is installed into out/peers by .ci/run, or by hand with

    npm ci --prefix out/peers    after copying both files of tests/tools/node_peers there
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.ids import AreaId
from kiosk.domain.time import Window, to_epoch
from tests.bench.big_library import BigLibrary

HERE = Path(__file__).parent
PEERS = Path(__file__).resolve().parents[3] / "out" / "peers"
NAME = "slot-calculator"
BUFFER_S, DAY_S = 900, 86_400
# The base of the library is the midnight of a Friday.
DAYS = ("Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday")
_WEEK = "SELECT w0, w1 FROM shared_week WHERE space_id = ? ORDER BY w0"
_CLOSED = "SELECT day FROM closed_day WHERE space_id = ?"
_TAKEN = """SELECT t0, t1 FROM reservation WHERE space_id = ?
AND state IN ('pending', 'confirmed', 'arrived')"""
_SPACES = "SELECT id FROM space WHERE area_id = ? ORDER BY rank, id"


def version() -> str:
    """Which slot-calculator answers, on which Node.js."""
    package = PEERS / "node_modules" / NAME / "package.json"
    node = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, text=True, check=True)
    return f"{NAME} {json.loads(package.read_text('utf-8'))['version']}, {node.stdout.strip()}"


@dataclass(slots=True)
class Peer:
    """A process that answers one question after another."""

    process: subprocess.Popen[str]

    def say(self, table: object) -> None:
        """Give it one line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps(table)}\n")
        self.process.stdin.flush()

    def available(self, window: Window) -> tuple[list[int], int]:
        """The spaces that it calls available, and the nanoseconds that it took."""
        self.say({"t0": to_epoch(window.from_), "t1": to_epoch(window.until)})
        assert self.process.stdout is not None
        answer = json.loads(self.process.stdout.readline())
        return answer["ids"], answer["took_ns"]


@contextmanager
def asked_about(library: BigLibrary, area: AreaId) -> Iterator[Peer]:
    """The peer with the rules and commitments of one area."""
    command = ["node", str(HERE / "answer.cjs"), str(PEERS)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        peer = Peer(process)
        peer.say(spaces_of(library, area))
        yield peer
        assert process.stdin is not None
        process.stdin.close()


def spaces_of(library: BigLibrary, area: AreaId) -> list[dict[str, object]]:
    """Weekly windows by weekday, and everything that is taken, in the order of our search."""
    ask: Any = library.store._database.execute_sql
    return [
        {
            "id": space_id,
            "week": [each for span in ask(_WEEK, (space_id,)) for each in _by_weekday(*span)],
            "taken": [
                [t0 - BUFFER_S, t1 + BUFFER_S] for t0, t1 in ask(_TAKEN, (space_id,)).fetchall()
            ]
            + [
                [library.base_s + day * DAY_S, library.base_s + (day + 1) * DAY_S]
                for (day,) in ask(_CLOSED, (space_id,)).fetchall()
            ],
        }
        for (space_id,) in ask(_SPACES, (area,)).fetchall()
    ]


def _by_weekday(first_s: int, last_s: int) -> Iterator[dict[str, str]]:
    """A span of the week cut at every midnight; only so does it know windows over night."""
    for number in range(first_s // DAY_S, -(-last_s // DAY_S)):
        start, end = max(first_s, number * DAY_S), min(last_s, (number + 1) * DAY_S)
        yield {
            "day": DAYS[number % 7],
            "from": _clock(start - number * DAY_S),
            "to": _clock(end - number * DAY_S),
            "timezone": "UTC",
        }


def _clock(second_of_day: int) -> str:
    return f"{second_of_day // 3600:02}:{second_of_day // 60 % 60:02}"
