"""Makes codes of what a scanner types like a keyboard into one window; people's keys go through.

Only where a site has no serial scanner: whoever has a keyboard can type a code as well. What a
code is worth is left to the services, framing and limits are those of every scanner.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from hardware.scanner import CodeGate, ScanFraming, ScannedCode, unwrapped

GAP_MS: Final = 50
"""A scanner's keys are closer together than this, a person's are not."""
FEWEST_KEYS: Final = 6
"""Fewer keys than this may well be two fingers that slipped; the shortest code has more."""
CLOCK_STEP_MS: Final = 60_000
"""What is taken to have gone by when the instants of the keys jump back."""
_END_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EVENTS_A_SIGN: Final = 4
"""A sign with Shift: two keys pressed, and two released."""
_NO_TYPING: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class KeyboardWedge(QObject):
    """Watches the keys of a window: those typed faster than people can become one code at Enter.

    A key is held back until it is known who typed it, gap_ms at most, and then delivered as if
    nothing had been; a scanner's keys never are. on_code runs on the main thread.
    """

    def __init__(
        self,
        window: QObject,
        *,
        on_code: Callable[[ScannedCode], None],
        framing: ScanFraming | None = None,
        gate: CodeGate | None = None,
        gap_ms: int = GAP_MS,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._on_code = on_code
        self._framing = framing or ScanFraming()
        self._gate = gate or CodeGate()
        self._gap_ms = gap_ms
        self._held: list[QKeyEvent] = []
        self._typed = ""
        self._is_discarding = False
        self._swallowed: set[int] = set()
        """Keys whose release nobody needs to hear of either."""
        self._is_replaying = False
        self._last_ms = 0
        self._now_ms = 0
        """Of the keys' own instants, made to run forward only."""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(gap_ms)
        self._quiet.timeout.connect(self.let_go)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the event is kept from the window, for now or for good."""
        if self._is_replaying or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(event)
        return False

    def let_go(self) -> None:
        """No further key came in time: what a person typed is delivered, the rest was noise."""
        self._quiet.stop()
        held = self._held
        is_scanner = self._is_discarding or len(self._typed) >= FEWEST_KEYS
        self._forget()
        if is_scanner:
            self._swallow(held)
            return
        self._is_replaying = True
        try:
            for event in held:
                QCoreApplication.sendEvent(self._window, event)
        finally:
            self._is_replaying = False

    def _pressed(self, event: QKeyEvent) -> bool:
        is_fast = self._count_time(event.timestamp()) < self._gap_ms
        if not is_fast:
            self.let_go()
        if event.key() in _END_KEYS and self._ends_code(event):
            return True
        if not _is_typing(event):
            self.let_go()
            return False
        self._hold(event)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        if any(each.key() == event.key() for each in self._held):
            self._held.append(_copied(event))
            return True
        return False

    def _hold(self, event: QKeyEvent) -> None:
        self._typed += event.text()
        self._held.append(_copied(event))
        if len(self._held) > _EVENTS_A_SIGN * self._framing.max_bytes:
            self._is_discarding = True
        if self._is_discarding:
            self._swallow(self._held)
            self._held, self._typed = [], ""
        self._quiet.start()

    def _ends_code(self, event: QKeyEvent) -> bool:
        """Take Enter as the end of a code, unless a person has pressed it."""
        if not self._is_discarding and len(self._typed) < FEWEST_KEYS:
            return False
        self._quiet.stop()
        self._swallow([*self._held, event])
        typed = "" if self._is_discarding else self._typed
        self._forget()
        code = typed.encode()
        text = unwrapped(code, self._framing) if len(code) <= self._framing.max_bytes else ""
        if text and self._gate.lets_through(text, self._now_ms / 1000):
            self._on_code(ScannedCode(text, time.monotonic()))
        return True

    def _forget(self) -> None:
        self._held, self._typed, self._is_discarding = [], "", False

    def _swallow(self, events: list[QKeyEvent]) -> None:
        pressed = {each.key() for each in events if each.type() == QEvent.Type.KeyPress}
        released = {each.key() for each in events if each.type() == QEvent.Type.KeyRelease}
        self._swallowed |= pressed - released

    def _count_time(self, at_ms: int) -> int:
        """Milliseconds since the key before this one."""
        step_ms = at_ms - self._last_ms
        if step_ms < 0:
            step_ms = CLOCK_STEP_MS
        self._last_ms = at_ms
        self._now_ms += step_ms
        return step_ms


def _is_typing(event: QKeyEvent) -> bool:
    """Whether a scanner would press this key within a code; a key that is held down is not it."""
    if event.isAutoRepeat() or event.modifiers() & _NO_TYPING:
        return False
    is_letter = event.text() != "" and event.text().isprintable()
    return is_letter or event.key() == Qt.Key.Key_Shift


def _copied(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
