"""One thread decides everything, in the order in which it was asked; a bug ends it loudly."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.domain.errors import StoreFull
from kiosk.services import limits
from kiosk.services.commands import Command, ShowAreas
from kiosk.services.work import WorkThread
from tests.fakes.stage import DRIVER


class Heard:
    """What a work thread did, in order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.bugs: list[str] = []
        self.faults: list[str] = []
        self.work = WorkThread(
            handle=self._handle,
            on_tick=lambda: self.done.append("tick"),
            on_fault=lambda fault: self.faults.append(fault.code),
            on_crash=lambda bug: self.bugs.append(repr(bug)),
            on_stop=lambda: self.done.append(f"stopped on {threading.current_thread().name}"),
        )

    def _handle(self, command: Command[object]) -> object:
        return f"answer to {type(command).__name__}"

    def fail(self) -> None:
        raise StoreFull("no room left")

    def note(self, text: str) -> Callable[[], None]:
        return lambda: self.done.append(text)


def test_tasks_are_done_in_order_and_the_rest_before_it_stops() -> None:
    heard = Heard()
    heard.work.post(heard.note("first"))
    heard.work.post(heard.note("second"))
    heard.work.post(heard.note("third"))

    heard.work.start()
    heard.work.stop()

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


def test_a_full_queue_refuses_commands_and_does_not_block(
    expect_log: Callable[..., None],
) -> None:
    expect_log("work.queue_full", because="more is asked than the queue may hold")
    heard = Heard()
    asked = [
        heard.work.submit(ShowAreas(actor=DRIVER), lambda _: None)
        for _ in range(limits.WORK_QUEUE_LENGTH)
    ]

    one_more = heard.work.submit(ShowAreas(actor=DRIVER), lambda _: None)

    assert set(asked) == {True}
    assert one_more is False


def test_what_a_lane_reports_is_taken_even_when_the_queue_is_full() -> None:
    heard = Heard()
    for _ in range(limits.WORK_QUEUE_LENGTH):
        heard.work.post(heard.note("task"))

    heard.work.post(heard.note("the end of a grant"))
    heard.work.start()
    heard.work.stop()

    assert "the end of a grant" in heard.done


def test_a_fault_is_told_and_the_thread_goes_on() -> None:
    heard = Heard()
    heard.work.post(heard.fail)
    heard.work.post(heard.note("after"))

    heard.work.start()
    heard.work.stop()

    assert heard.faults == ["store-full"]
    assert heard.bugs == []
    assert "after" in heard.done
