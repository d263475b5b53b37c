"""One person at one screen, from the first touch to the idle reset; what is wiped, screens know.

A session has a language, a text size and an idle limit of its own, and all three end with it
(ux 24, 27). Nobody is sent away while a screen says that it must be kept (ux 25, 26).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.services import limits
from kiosk.ui.format import Language
from kiosk.ui.translate import OWN_NAMES

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0)
_SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class SessionState:
    """Who is there, as far as the screen knows."""

    language: Language
    text_scale: float = TEXT_SCALES[0]
    is_running: bool = False
    idle_s: int = 0
    """Seconds since the last touch or scan."""
    limit_s: int = 0
    """Idle seconds after which it is asked whether anybody is there."""
    seconds_left: int = 0
    """Above zero while "Still there?" counts down."""


@QmlElement
@QmlUncreatable("Belongs to its screen")
class Session(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Counts idle seconds while it runs; asks "Still there?", then ends and emits `ended`.

    `must_keep` is asked before the question and before the end: while it is true the session
    goes on and `kept` is emitted each time its limit is over, so that help can be offered.
    """

    changed = Signal()
    language_changed = Signal(str)
    """kiosk.app switches the translator to this language: "en" or "zh_CN"."""
    spoken = Signal()
    """The translator has been switched: view-models say their texts anew."""
    ended = Signal()
    """The person has left or is done: whoever shows entries wipes them now."""
    kept = Signal()
    """The limit was over, but the screen must not be wiped."""

    def __init__(
        self,
        parent: QObject,
        *,
        idle_s: int,
        language: Language,
        must_keep: Callable[[], bool] = lambda: False,
        second_ms: int = _SECOND_MS,
    ) -> None:
        super().__init__(parent)
        self._own_idle_s = idle_s
        self._own_language = language
        self._must_keep = must_keep
        self.state = SessionState(language=language, limit_s=idle_s)
        self._seconds = QTimer(self)
        self._seconds.setInterval(second_ms)
        self._seconds.timeout.connect(self.count_second)

    # What screens say ------------------------------------------------------------------------

    def begin(self) -> None:
        """Somebody is there: a touch or a scan; a running session starts to wait anew."""
        self._seconds.start()
        self.show(replace(self.state, is_running=True, idle_s=0, seconds_left=0))

    @Slot()
    def end(self) -> None:
        """The person is done: everything of this session is forgotten."""
        self._seconds.stop()
        spoke_another = self.state.language != self._own_language
        self.state = SessionState(language=self._own_language, limit_s=self._own_idle_s)
        if spoke_another:
            self.language_changed.emit(self._own_language)
            self.spoken.emit()
        self.changed.emit()
        self.ended.emit()

    def show(self, state: SessionState) -> None:
        """Make this the session, and say so once."""
        if state != self.state:
            self.state = state
            self.changed.emit()

    @Slot()
    def count_second(self) -> None:
        """One second has gone by without a touch."""
        if self.state.seconds_left > 0:
            self._count_down()
            return
        idle_s = self.state.idle_s + 1
        if idle_s < self.state.limit_s:
            self.state = replace(self.state, idle_s=idle_s)  # nothing that anybody sees
        elif self._must_keep():
            self._keep()
        else:
            self.show(replace(self.state, idle_s=idle_s, seconds_left=limits.STILL_THERE_S))

    # What people do --------------------------------------------------------------------------

    @Slot()
    def touched(self) -> None:
        """The glass was touched; while "Still there?" is asked its own two buttons answer."""
        if self.state.is_running and self.state.seconds_left == 0:
            self.begin()

    @Slot()
    def stay(self) -> None:
        """Still there: from now on this person has three times the time (WCAG 2.2.1)."""
        self.state = replace(self.state, limit_s=self._own_idle_s * limits.MORE_TIME_TIMES)
        self.begin()

    @Slot()
    def leave(self) -> None:
        """Not there any more, or done."""
        if self._must_keep():
            self._keep()
        else:
            self.end()

    @Slot(str)
    def speak(self, code: str) -> None:
        """The person wants another language; entries stay."""
        language = next(each for each in OWN_NAMES if each == code)
        self.state = replace(self.state, language=language)
        self.language_changed.emit(language)
        self.spoken.emit()
        self.begin()
        self.changed.emit()

    @Slot()
    def larger(self) -> None:
        """The person wants the next text size; after the largest comes the usual one."""
        following = (TEXT_SCALES.index(self.state.text_scale) + 1) % len(TEXT_SCALES)
        self.state = replace(self.state, text_scale=TEXT_SCALES[following])
        self.begin()
        self.changed.emit()

    # What QML sees ---------------------------------------------------------------------------

    @Property(str, notify=changed)
    def language(self) -> str:
        return self.state.language

    @Property(list, constant=True)
    def languages(self) -> list[dict[str, str]]:
        return [{"code": code, "name": name} for code, name in OWN_NAMES.items()]

    @Property(bool, notify=changed)
    def isAsking(self) -> bool:
        return self.state.seconds_left > 0

    @Property(str, notify=changed)
    def secondsLeft(self) -> str:
        return str(self.state.seconds_left)

    @Property(int, notify=changed)
    def leftPermille(self) -> int:
        return self.state.seconds_left * 1000 // limits.STILL_THERE_S

    @Property(float, notify=changed)
    def textScale(self) -> float:
        return self.state.text_scale

    def _count_down(self) -> None:
        left_s = self.state.seconds_left - 1
        if left_s > 0:
            self.show(replace(self.state, seconds_left=left_s))
        elif self._must_keep():
            self._keep()
        else:
            self.end()

    def _keep(self) -> None:
        self.show(replace(self.state, idle_s=0, seconds_left=0))
        self.kept.emit()
