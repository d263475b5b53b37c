"""Busy days that are killed at a random instant, and what must be true in the life after each."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from kiosk.app.config import read_site_file
from kiosk.domain.outcomes import ExitCovered, ExitDue, Granted
from kiosk.services.audit_check import check_site
from kiosk.services.books_text import BooksFormat, books_lines, books_of
from kiosk.services.commands import TopUpWallet
from kiosk.services.till_commands import PayOutWallet
from tests.fakes.provider_books import disagreements, finish_all, space_or_refund, unfinished
from tests.fakes.stage import ENTRY, EXIT, Stage
from tests.fault_killed.afterlife import ROOT
from tests.fault_killed.busy_site import BOOKS, BROKEN, SAID
from tests.fault_killed.said import Said, heard
from tests.fault_killed.still_true import untrue
from tests.lives.truths import reservations

MOST_SENTENCES = 340
"""About so many are said on a day."""
SOON_S = 0.03
"""A kill comes so long after some sentence, at most: as long as a few of them take."""


@dataclass(frozen=True, slots=True)
class KilledDay:
    """What was said on a day, and the files that its processes left."""

    folder: Path
    seed: int
    sentences: tuple[Said, ...]


class Days:
    """A process that has all the program in its memory, and begins days in children of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.fault_killed.busy_day"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)

    def close(self) -> None:
        """No more days."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)

    def killed(self, founded: Path, folder: Path, seed: int) -> KilledDay:
        """A day of a founded site that ends by SIGKILL: soon after which sentence, the seed says.

        Now and then the provider dies before it, and is started again by the next request.
        """
        chance = random.Random(seed)
        last, provider_dies = chance.randrange(1, MOST_SENTENCES), chance.random() < 0.3
        shutil.copytree(founded, folder, dirs_exist_ok=True)
        os.mkfifo(folder / SAID)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder} {seed}\n".encode())
        self._process.stdin.flush()
        sentences: list[Said] = []
        with open(folder / SAID, "rb") as pipe:
            site, provider = map(int, pipe.readline().split())
            for line in pipe:
                said = heard(line)
                if said is None:
                    continue
                sentences.append(said)
                if provider_dies and len(sentences) == last // 2:
                    os.kill(provider, signal.SIGKILL)
                if len(sentences) == last:
                    Event().wait(chance.uniform(0, SOON_S))
                    with suppress(ProcessLookupError):  # The day was just over, and has done it.
                        os.kill(site, signal.SIGKILL)
        for locked in (BOOKS, "site.db.lock"):
            # A killed process lets go of its files one by one; the provider ends after its site.
            with open(folder / locked, "ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
        broken = folder / BROKEN
        assert not broken.exists(), broken.read_text("utf-8")
        return KilledDay(folder, seed, tuple(sentences))


@contextmanager
def afterwards(day: KilledDay) -> Iterator[Stage]:
    """The site started again on those files, some time later."""
    database = sqlite_time(day.folder / "site.db")
    latest = max(database, day.sentences[-1].at)
    outage = timedelta(minutes=random.Random(day.seed).choice([1, 20, 200]))
    stage = Stage(
        day.folder,
        starts_at=latest + outage,
        seed=10_000 + day.seed,
        file=read_site_file(day.folder / "busy.toml"),
        authorises=day.seed % 2 == 1,
    )
    try:
        yield stage
    finally:
        stage.close()


def sqlite_time(path: Path) -> datetime:
    """The latest instant that stands in the record of acts."""

    database = sqlite3.connect(path)
    (at,) = database.execute("SELECT max(at) FROM audit").fetchone()
    database.close()
    return datetime.fromtimestamp(at, UTC)


def judge(day: KilledDay, stage: Stage) -> list[str]:
    """Everything that is wrong after the kill; and after the day has gone on."""
    wrong = [f"{lane} went up by itself" for lane in (ENTRY, EXIT) if stage.is_arm_up(lane)]
    with stage.site.core.store.reading() as tx:
        wrong += [f"an open grant: {grant}" for grant in tx.lanes.open_grants()]
    finish_all(stage)
    wrong += untrue(stage, day.sentences)
    wrong += still_standing(stage)
    wrong += again(day, stage)
    wrong += go_on(stage)
    finish_all(stage)
    return wrong + still_standing(stage)


def still_standing(stage: Stage) -> list[str]:
    """What is wrong with books, provider, evidence, spaces and refunds."""
    with stage.site.core.store.reading() as tx:
        findings = check_site(tx).findings
    return [
        *stage.wrong(),
        *unfinished(stage),
        *disagreements(stage),
        *space_or_refund(stage),
        *(str(finding) for finding in findings),
    ]


def again(day: KilledDay, stage: Stage) -> list[str]:
    """The last cash of the desk once more, with the same intent: nothing moves."""
    paid = [
        each.command
        for each in day.sentences
        if isinstance(each.command, TopUpWallet | PayOutWallet)
        and not type(each.words).__name__.startswith("Shift")
    ]
    before = stage.journal_count()
    for command in paid[-2:]:
        stage.site.do(command)
    return ["paid twice"] if stage.journal_count() != before else []


def go_on(stage: Stage) -> Iterator[str]:
    """Every good ticket opens, and every car that is inside gets out."""
    stage.wait(minutes=2)
    for each in reservations(stage):
        window = each.window
        is_now = window.from_ <= stage.now < window.until - timedelta(minutes=1)
        if stage.state(each.id) == "confirmed" and is_now:
            outcome = stage.drive(ENTRY, stage.ticket_text(each.id))
            if not isinstance(outcome, Granted):
                yield f"the ticket of {each.id} does not open: {outcome}"
        if stage.state(each.id) not in {"arrived", "settled"}:
            continue
        car = stage.site.car_to(EXIT)
        outcome = stage.scan(EXIT, stage.ticket_text(each.id))
        if isinstance(outcome, ExitDue):
            stage.open_barrier(EXIT, reservation_id=each.id)
        elif not isinstance(outcome, ExitCovered):
            yield f"the ticket of {each.id} does not open the exit: {outcome}"
        stage.site.car_through(EXIT, car)
        if stage.state(each.id) != "left":
            yield f"{each.id} cannot leave: {outcome}, {stage.state(each.id)}"
        if car in stage.site.lanes[EXIT].plant.cars:
            stage.back_out(EXIT, car)


def hledger_text(stage: Stage, path: Path) -> Path:
    """The books as hledger reads them."""
    core = stage.site.core
    with core.store.reading() as tx:
        lines = books_lines(books_of(tx), zone=core.site.zone, format_=BooksFormat.HLEDGER)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
