"""`kiosk attendant`: the operator says who is a person of their own."""

from __future__ import annotations

import pytest

from kiosk.app.exit_codes import DONE, IN_USE, REFUSED
from kiosk.app.main import main
from tests.fakes.stage import SITE_FILE, Stage
from tests.services.test_second_persons import invent, let_in

Capture = pytest.CaptureFixture[str]


def run(stage: Stage, capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    database = f"sqlite:///{stage.folder / 'site.db'}"
    code = main(["attendant", *arguments, "--site", str(SITE_FILE), "--db", database])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_everybody_is_listed_and_confirmed_while_the_site_rests(
    stage: Stage, capsys: Capture
) -> None:
    invent(stage)
    let_in(stage, "Lee")
    before = run(stage, capsys, "list")
    stage.site.close()

    confirmed = run(stage, capsys, "confirm", "Nobody")

    assert before == (
        DONE,
        "Kim: confirmed\nLee: not confirmed, has no own PIN yet\nNobody: not confirmed\n",
        "",
    )
    assert confirmed == (DONE, "Nobody: counts as a second person from now on.\n", "")
    assert "Nobody: confirmed\n" in run(stage, capsys, "list")[1]
    stage.restart()


def test_nobody_is_confirmed_without_an_own_pin_or_while_the_site_is_at_work(
    stage: Stage, capsys: Capture
) -> None:
    let_in(stage)
    at_work = run(stage, capsys, "confirm", "Nobody")
    stage.site.close()

    code, _, said = run(stage, capsys, "confirm", "Nobody")

    assert at_work[0] == IN_USE
    assert code == REFUSED
    assert "nobody of this name works at the desk with an own PIN" in said
    stage.restart()
