"""What a lane's alarm leaves on the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hardware.blackbox import FILES_KEPT, BlackBox
from hardware.recorder import Frame

ExpectLog = Callable[..., None]
NOW = datetime(2026, 5, 4, 7, 30, 1, 250000, tzinfo=UTC)
FRAMES = (
    Frame(99.9, "sent", bytes.fromhex("01 05 02 00 00 05 0C 71")),
    Frame(99.95, "received", b"\x01\x85"),
)


def test_an_alarm_leaves_the_last_frames_of_every_port(tmp_path: Path) -> None:
    box = BlackBox(tmp_path / "boxes", now=lambda: NOW, monotonic=lambda: 100.0)
    box.keep("Entry 1", "io_lost", {"bus0": FRAMES, "bus1": ()})
    box.close()
    (path,) = (tmp_path / "boxes").iterdir()
    assert path.name == "20260504T073001.250000Z-entry-1-io_lost.txt"
    assert path.read_text() == (
        "lane Entry 1, alarm io_lost at 2026-05-04T07:30:01.250000+00:00;"
        " seconds before the alarm\n"
        "\n"
        "port bus0\n"
        "   -0.100  sent      01 05 02 00 00 05 0c 71\n"
        "   -0.050  received  01 85\n"
        "\n"
        "port bus1\n"
    )


def test_a_board_that_was_never_there_leaves_no_file(tmp_path: Path) -> None:
    box = BlackBox(tmp_path, now=lambda: NOW)
    box.keep("entry", "io_lost", {"bus0": ()})
    box.close()
    assert list(tmp_path.iterdir()) == []


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    instants = iter([NOW + timedelta(seconds=number) for number in range(FILES_KEPT + 5)])
    box = BlackBox(tmp_path, now=lambda: next(instants))
    for _ in range(FILES_KEPT + 5):
        box.keep("entry", "fire", {"bus0": FRAMES})
    box.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == FILES_KEPT
    assert names[0].startswith("20260504T073006")


def test_a_disk_that_takes_nothing_is_logged_and_stops_no_lane(
    tmp_path: Path, expect_log: ExpectLog
) -> None:
    why = f"[Errno 17] File exists: '{tmp_path / 'boxes'}'"
    said = f"blackbox.not_written lane=entry alarm=fire why={why}"
    expect_log(said, because="the folder is a file")
    (tmp_path / "boxes").write_text("a file where the folder should be")
    box = BlackBox(tmp_path / "boxes", now=lambda: NOW)
    box.keep("entry", "fire", {"bus0": FRAMES})
    box.close()
