"""Builds the core of a site: store, keys, payments; no Qt and no lanes (wiring.py adds them)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from db.store import Store
from kiosk.domain.ids import LaneName
from kiosk.domain.site import Site
from kiosk.domain.ticket import SHORT_CODE_ALPHABET, TicketKey
from kiosk.payments.adapter import PaymentAdapter
from kiosk.services.core import Core, Lane, Pins
from kiosk.services.events import Published
from kiosk.services.lane_control import unwired
from kiosk.services.paper import Paper
from kiosk.services.views import Direction


class SystemClock:
    """The machine's own clock, in whole seconds of UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC).replace(microsecond=0)


def random_code(length: int) -> str:
    """So many unguessable signs of the short codes' alphabet."""
    return "".join(secrets.choice(SHORT_CODE_ALPHABET) for _ in range(length))


def ticket_key(path: Path) -> TicketKey:
    """The site's ticket key from its file, made at the first start (0600)."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
    return TicketKey(1, path.read_bytes())


def build_core(
    *,
    site: Site,
    store: Store,
    ticket_keys: tuple[TicketKey, ...],
    pins: Pins,
    lanes: Mapping[str, Direction],
    publish: Callable[[Published], None],
    post: Callable[[Callable[[], None]], bool],
    print_paper: Callable[[LaneName, Paper], None],
    run_payment: Callable[[str, Callable[[], None]], None],
    adapters: Mapping[str, PaymentAdapter],
    clock: SystemClock | None = None,
    code_maker: Callable[[int], str] = random_code,
) -> Core:
    """A core whose lanes are named but not wired yet."""
    return Core(
        site=site,
        store=store,
        clock=clock if clock is not None else SystemClock(),
        ticket_keys=ticket_keys,
        pins=pins,
        random_code=code_maker,
        publish=publish,
        print_paper=print_paper,
        run_payment=run_payment,
        post=post,
        adapters=adapters,
        lanes={
            LaneName(name): Lane(LaneName(name), direction, unwired(LaneName(name), direction))
            for name, direction in lanes.items()
        },
    )
