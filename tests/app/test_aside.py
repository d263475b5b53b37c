"""Slow work that somebody will want later runs on a thread of its own."""

from __future__ import annotations

import threading

from kiosk.app.aside import AsideThread


def test_a_task_runs_beside_and_ends_before_the_thread_does() -> None:
    aside = AsideThread(on_bug=_never)
    names: list[str] = []

    aside.run(lambda: names.append(threading.current_thread().name))
    aside.close()

    assert names == ["aside_0"]
    assert not any(each.name.startswith("aside") for each in threading.enumerate())


def test_a_bug_there_is_told_and_the_next_task_is_done() -> None:
    bugs: list[BaseException] = []
    aside, done = AsideThread(on_bug=bugs.append), threading.Event()

    aside.run(_break)
    aside.run(done.set)
    assert done.wait(5)
    aside.close()

    assert [type(each) for each in bugs] == [ZeroDivisionError]


def _never(bug: BaseException) -> None:
    raise AssertionError from bug


def _break() -> None:
    raise ZeroDivisionError
