"""The last resort: whatever nobody handled is logged, and the process ends so that it restarts.

A bug is never survived in silence: the barrier goes to its safe state with the process, the
supervisor starts it again, and recovery finds every open intent (architecture.md, Errors).
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

_log = logging.getLogger(__name__)


def guard_against_bugs(end: Callable[[], None]) -> None:
    """Log whatever nobody handled, on any thread, and call `end`; native crashes leave a trace."""
    faulthandler.enable()

    def unhandled(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            end()
            return
        _log.critical("program.failed", exc_info=(kind, error, traceback))
        end()

    def unhandled_on_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            unhandled(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = unhandled
    threading.excepthook = unhandled_on_thread


def forward_qt_messages() -> None:
    """Send what Qt has to say into the log, with its own severity."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }

    def forward(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        _log.log(levels[kind], "qt.said %s", message)

    qInstallMessageHandler(forward)
