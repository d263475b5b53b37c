"""One thread decides everything, in the order in which it was asked; a bug ends it loudly."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.services import limits
from kiosk.services.commands import Command, ShowAreas
from kiosk.services.work import WorkThread
from tests.fakes.stage import DRIVER


class Heard:
    """What a work thread did, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.bugs: list[str] = []
        self.work = WorkThread(
            handle=self._handle,
            on_tick=lambda: self.done.append("tick"),
            on_crash=lambda bug: self.bugs.append(repr(bug)),
            on_stop=lambda: self.done.append(f"stopped on {threading.current_thread().name}"),
        )

    def _handle(self, command: Command[object]) -> object:
        return f"answer to {type(command).__name__}"

    def note(self, text: str) -> Callable[[], None]:
        return lambda: self.done.append(text)


def test_tasks_are_done_in_order_and_the_rest_before_it_stops() -> None:
    heard = Heard()
    asked = [heard.work.post(heard.note(text)) for text in ("first", "second", "third")]

    heard.work.start()
    heard.work.stop()

    assert asked == [True] * 3
    assert [text for text in heard.done if text != "tick"] == [
        "first",
        "second",
        "third",
        "stopped on work",
    ]


def test_a_command_is_answered_on_the_work_thread() -> None:
    heard = Heard()
    heard.work.start()

    heard.work.submit(
        ShowAreas(actor=DRIVER),
        lambda answer: heard.done.append(f"{answer} on {threading.current_thread().name}"),
    )
    heard.work.stop()

    assert "answer to ShowAreas on work" in heard.done


def test_what_is_due_does_not_wait_until_nobody_asks_any_more() -> None:
    heard = Heard()
    heard.work.post(heard.note("first"))
    heard.work.post(heard.note("second"))

    heard.work.start()
    heard.work.stop()

    assert heard.done[:3] == ["first", "tick", "second"]


def test_a_bug_is_reported_and_nothing_is_done_after_it() -> None:
    heard = Heard()
    heard.work.post(lambda: heard.done.remove("never there"))
    heard.work.post(heard.note("after"))

    heard.work.start()
    heard.work.stop()

    assert heard.bugs == ["ValueError('list.remove(x): x not in list')"]
    assert heard.done == ["stopped on work"]


def test_a_full_queue_refuses_and_does_not_block(expect_log: Callable[..., None]) -> None:
    expect_log("work.queue_full", because="more is posted than the queue may hold")
    heard = Heard()
    asked = [heard.work.post(heard.note("task")) for _ in range(limits.WORK_QUEUE_LENGTH)]

    one_more = heard.work.post(heard.note("too much"))

    assert set(asked) == {True}
    assert one_more is False
