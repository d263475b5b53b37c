"""The thread for slow work that somebody will want later, and for which no lane may wait.

What is to be done there is decided in kiosk.services; the result comes back by Core.post.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class AsideThread:
    """Runs one task after the other on `aside`, a thread that begins with the first of them."""

    def __init__(self, *, on_bug: Callable[[BaseException], None]) -> None:
        self._on_bug = on_bug
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")

    def run(self, task: Callable[[], None]) -> None:
        """Carry a task out there; an exception of it is a bug of ours."""

        def carry_out() -> None:
            try:
                task()
            except BaseException as bug:  # noqa: BLE001 - a future would swallow it
                self._on_bug(bug)

        self._thread.submit(carry_out)

    def close(self) -> None:
        """Nothing new is begun; what is under way ends first."""
        self._thread.shutdown(wait=True, cancel_futures=True)
