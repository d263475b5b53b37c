"""One thread for each provider outside: what it is asked waits there and nowhere else."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from kiosk.payments.adapter import NoticeSource, PaymentAdapter, SignedNotice

_log = logging.getLogger(__name__)

HEALTH_EVERY_S = 10.0
"""How often a provider is asked whether it can be reached; one of our own is then restarted."""


class PayThreads:
    """Runs what is asked of each adapter on `pay:<adapter>`, one after the other."""

    def __init__(
        self,
        adapters: Mapping[str, PaymentAdapter],
        *,
        on_bug: Callable[[BaseException], None],
        on_notice: Callable[[str, SignedNotice], None] = lambda _adapter, _notice: None,
    ) -> None:
        self._adapters = adapters
        self._on_bug = on_bug
        self._on_notice = on_notice
        self._threads = {
            name: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"pay:{name}")
            for name in adapters
        }
        self._asked: dict[str, Future[None]] = {}
        self._ask_at_s = 0.0
        self.is_up: dict[str, bool] = {}
        """What each provider's last health was; missing before its first answer."""

    def run(self, adapter: str, task: Callable[[], None]) -> None:
        """Carry a task out on the adapter's thread; an exception of it is a bug of ours."""
        self._submit(adapter, task)

    def look(self) -> None:
        """Ask each provider for its health from time to time, unless it is still being asked.

        One that has notices is asked for them as well; nobody has checked them here.
        """
        if time.monotonic() < self._ask_at_s:
            return
        self._ask_at_s = time.monotonic() + HEALTH_EVERY_S
        for name in self._threads:
            asked = self._asked.get(name)
            if asked is None or asked.done():
                self._asked[name] = self._submit(name, partial(self._ask, name))

    def close(self) -> None:
        """Nothing new is asked; what is under way ends first."""
        for thread in self._threads.values():
            thread.shutdown(wait=True, cancel_futures=True)

    def _ask(self, name: str) -> None:
        adapter = self._adapters[name]
        is_up = adapter.health()
        if is_up != self.is_up.get(name):
            _log.info("provider.health adapter=%s up=%s", name, is_up)
        self.is_up[name] = is_up
        if is_up and isinstance(adapter, NoticeSource):
            for notice in adapter.poll_notices():
                self._on_notice(name, notice)

    def _submit(self, adapter: str, task: Callable[[], None]) -> Future[None]:
        def carry_out() -> None:
            try:
                task()
            except BaseException as bug:  # noqa: BLE001 - a future would swallow it
                self._on_bug(bug)

        return self._threads[adapter].submit(carry_out)
