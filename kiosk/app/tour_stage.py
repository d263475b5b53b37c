"""The stage of the tour: touches and keys on the windows, waits with a limit, pictures, the log.

It knows windows and items by name and nothing of parking; what is played on it is left to
tour_story.py. Nothing here calls a slot: a finger, a key and a picture are all it has.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.ui.format import Language

STEP_LIMIT_S = 30.0
"""How long any one thing may take to happen; quiet machines need a few tenths of a second."""
LOOK_EVERY_MS = 10
"""How often a wait looks again when no event of Qt has woken it."""
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SOURCE: Final[Language] = "en"
OTHER: Final[Language] = "zh_CN"


class StepFailed(Exception):
    """Something did not happen within its limit; says what, and what stood on the glass."""


@dataclass(frozen=True, slots=True)
class TourLine:
    """One thing that happened, on the clocks of the site."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class TourPicture:
    """One page of one window in both languages; files are named by language."""

    number: int
    name: str

    def file(self, language: Language) -> str:
        """The name of its file in the tour's folder."""
        return f"{self.number:02d}-{self.name}.{language}.png"


class TourStage:
    """The windows of a running site. Every wait ends: with what it waits for or StepFailed."""

    def __init__(
        self,
        windows: dict[str, QQuickWindow],
        *,
        folder: Path,
        now: Callable[[], datetime],
        zone: ZoneInfo,
        why_down: Callable[[], str | None],
    ) -> None:
        self._windows = windows
        self._folder = folder
        self._now = now
        self._zone = zone
        self._why_down = why_down
        self._heart = QTimer()
        self._heart.start(LOOK_EVERY_MS)
        self._frames = dict.fromkeys(windows, 0)
        for name, window in windows.items():
            window.frameSwapped.connect(partial(self._painted, name))
        self._step = "the windows open"
        self.lines: list[TourLine] = []
        self.pictures: list[TourPicture] = []

    def close(self) -> None:
        """Let go of the windows."""
        self._heart.stop()
        self._windows = {}

    def time(self) -> str:
        """What the clocks of the site show."""
        return f"{self._now().astimezone(self._zone):%H:%M}"

    def tomorrow(self) -> date:
        """The day after the one that the clocks of the site show."""
        return self._now().astimezone(self._zone).date() + timedelta(days=1)

    def tell(self, text: str) -> None:
        """Write down what happens now; a failure names it."""
        self._step = text
        self.lines.append(TourLine(self._now().astimezone(self._zone), text))

    # Looking -----------------------------------------------------------------------------

    def find(self, window: str, name: str) -> QQuickItem | None:
        """The one visible item of this name; None while there is none, or more than one."""
        items = (item for item in _visible(self._windows[window]) if item.objectName() == name)
        found = list(items)
        return found[0] if len(found) == 1 else None

    def shows(self, window: str, name: str) -> bool:
        """Whether an item of this name is on the glass."""
        return self.find(window, name) is not None

    def is_enabled(self, window: str, name: str) -> bool:
        """Whether an item of this name is shown and takes touches."""
        item = self.find(window, name)
        return item is not None and item.isEnabled()

    def names(self, window: str, prefix: str) -> list[str]:
        """The names of all visible items that begin so, in the order of their numbers."""
        found = {item.objectName() for item in _visible(self._windows[window])}
        return sorted(
            (name for name in found if name.startswith(prefix)), key=lambda name: (len(name), name)
        )

    def read(self, window: str, name: str, what: str = "text") -> str:
        """A property of an item as text: what people read on the glass."""
        return str(self.see(window, name).property(what))

    def see(self, window: str, name: str) -> QQuickItem:
        """Wait for an item, and give it."""
        self.wait(f"{name} on the {window} window", lambda: self.shows(window, name))
        item = self.find(window, name)
        assert item is not None, "seen a moment ago, on the same thread"
        return item

    def wait_until_gone(self, window: str, name: str) -> None:
        """Wait until no item of this name is on the glass."""
        self.wait(f"{name} leaves the {window} window", lambda: not self.shows(window, name))

    def wait_until_reads(self, window: str, name: str, wanted: str, *, what: str = "text") -> None:
        """Wait until an item's property is this text."""

        def reads() -> bool:
            item = self.find(window, name)
            return item is not None and str(item.property(what)) == wanted

        self.wait(f"{name} of the {window} window reads {wanted!r}", reads)

    def wait(self, what: str, until: Callable[[], bool]) -> None:
        """Let Qt work until it is so. StepFailed after STEP_LIMIT_S, or when the site ends."""
        latest_s = time.monotonic() + STEP_LIMIT_S
        while not until():
            why = self._why_down()
            if why is not None:
                raise StepFailed(f"{self._step}: the site has ended: {why}")
            if time.monotonic() > latest_s:
                raise StepFailed(
                    f"{self._step}: {what}: not within {STEP_LIMIT_S:.0f} s; {self._standing()}"
                )
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    # Acting ------------------------------------------------------------------------------

    def touch(self, window: str, name: str) -> None:
        """A press on the middle of an item, as soon as the item takes touches.

        It is the left button that Qt makes of a finger for whatever knows no touches: grabs of a
        touch point are kept for points that the platform has reported, and for no others.
        """
        self.wait(
            f"{name} on the {window} window can be touched", lambda: self._is_ready(window, name)
        )
        self._wait_for_frame(window)
        glass, item = self._windows[window], self.see(window, name)
        centre = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        for kind, held in (
            (QEvent.Type.MouseButtonPress, LEFT),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            on_screen = glass.mapToGlobal(centre)
            sent = QMouseEvent(kind, centre, on_screen, LEFT, held, NO_KEY)
            QGuiApplication.sendEvent(glass, sent)

    def touch_each(self, window: str, prefix: str, signs: str) -> None:
        """One key after another."""
        for sign in signs:
            self.touch(window, prefix + sign)

    def type(self, window: str, text: str) -> None:
        """Press and release the keys of this text on the keyboard."""
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, ord(sign.upper()), NO_KEY, sign)
                QGuiApplication.sendEvent(self._windows[window], key)

    def picture(self, window: str, name: str, *, ends_in: Language = SOURCE) -> None:
        """Take the glass in both languages, switched by touch, the last one at the end."""
        number, page = None, self._pages(window)
        for language in (OTHER, SOURCE) if ends_in == SOURCE else (SOURCE, OTHER):
            self.speak(window, language)
            number = self.picture_of(window, name, language, number=number)
        if self._pages(window) != page:
            raise StepFailed(f"{self._step}: {name} left the glass before it was pictured twice")

    def picture_of(
        self, window: str, name: str, language: Language, *, number: int | None = None
    ) -> int:
        """Take the glass as it is, in the language that it speaks; the picture's number."""
        if number is None:
            self.pictures.append(TourPicture(len(self.pictures) + 1, name))
            number = len(self.pictures)
        self._save(window, self.pictures[number - 1].file(language))
        return number

    def speak(self, window: str, language: Language) -> None:
        """Touch this window's language key until it speaks this language."""
        if self.shows(window, "language"):
            if not self._is_spoken(window, language):
                self.touch(window, "language")
        elif self.read(window, f"language_{language}", "isCurrent") != "True":
            self.touch(window, f"language_{language}")
        self.wait(
            f"the {window} window speaks {language}", lambda: self._is_spoken(window, language)
        )

    def keep_failure(self) -> None:
        """What stood on every window when a step failed, for whoever looks into it."""
        for name in self._windows:
            self._save(name, f"failed-{name}.png")

    # Inside ------------------------------------------------------------------------------

    def _painted(self, window: str) -> None:
        self._frames[window] += 1

    def _wait_for_frame(self, window: str) -> None:
        """Items get their places when the frame is made: nobody touches what is not painted."""
        painted = self._frames[window]
        self._windows[window].update()
        self.wait(f"the {window} window paints", lambda: self._frames[window] > painted)

    def _is_ready(self, window: str, name: str) -> bool:
        """Shown, enabled, and not within the pause after its last touch (ux 18)."""
        item = self.find(window, name)
        if item is None or not item.isEnabled():
            return False
        timers = (each for each in item.children() if each.metaObject().className() == "QQmlTimer")
        return not any(timer.property("running") for timer in timers)

    def _is_spoken(self, window: str, language: Language) -> bool:
        """A compact key offers the other language, a wide switch marks the present one."""
        key = self.find(window, "language")
        if key is not None:
            parent = key.parentItem()
            return parent is not None and str(parent.property("current")) == language
        choice = self.find(window, f"language_{language}")
        return choice is not None and bool(choice.property("isCurrent"))

    def _save(self, window: str, file: str) -> None:
        image: QImage = self._windows[window].grabWindow()
        assert image.save(str(self._folder / file)), f"{file} cannot be written"

    def _standing(self) -> str:
        """The pages on the glass, for the message of a failure."""
        return ", ".join(
            f"{name} shows {page}" for name in self._windows for page in self._pages(name)
        )

    def _pages(self, window: str) -> list[str]:
        """The pages that stand on a window: a driver's screen has one at a time."""
        shown = {item.objectName() for item in _visible(self._windows[window])}
        return sorted(name for name in shown if name.startswith("page_"))


def _visible(window: QQuickWindow) -> Iterator[QQuickItem]:
    waiting = [window.contentItem()]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            yield item
            waiting.extend(item.childItems())
