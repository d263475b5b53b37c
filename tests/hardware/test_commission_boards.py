"""The guided lane test over several boards: each is probed, watched, and off at the end."""

from __future__ import annotations

import pytest

from hardware.boards.base import Ack
from hardware.commissioning.sequence import ARMING, BOARD, OPEN, REST, STEPS
from hardware.commissioning.trial import Verdict
from hardware.commissioning.wiring import Wire, Wiring
from hardware.line import Line
from hardware.sim.relay_board import BoardFault
from tests.hardware.commission_bench import (
    ALL_INPUTS,
    ALL_OUTPUTS,
    CTRL_C,
    END,
    NORTH_INPUTS,
    ON_NORTH,
    Lane,
    World,
    commission,
    on_north,
)

SPREAD = Wiring(
    outputs={**ALL_OUTPUTS, "hold": Wire(1, "south"), "host_alive": Wire(1, "north")},
    inputs={**ALL_INPUTS, "under_arm": Wire(2, "north"), "closed_limit": Wire(4, "south")},
)


def spread() -> Lane:
    """A lane that is built as SPREAD says."""
    return Lane(
        outputs=SPREAD.outputs, inputs=SPREAD.inputs, others={"north": True, "south": False}
    )


def test_a_lane_over_three_boards_on_two_lines_passes_every_step() -> None:
    done = commission(spread(), wiring=SPREAD)

    assert [each.verdict for each in done.results] == [Verdict.PASSED] * len(STEPS)
    assert "south: this computer times each pulse" in done.findings(BOARD)
    assert 'host_alive = "north:1"' in done.text
    assert not any(done.relays)


def test_the_factory_link_is_found_on_every_board_and_undone_where_the_fitter_agrees() -> None:
    done = commission(on_north(is_linked=True), wiring=ON_NORTH)

    assert done.findings(BOARD) == (
        "inputs no longer switch relays: unlinked now\n"
        "north: inputs no longer switch relays: unlinked now"
    )
    assert done.failed == []


def test_no_board_is_used_while_one_is_linked() -> None:
    done = commission(on_north(is_linked=True), wiring=ON_NORTH, says={"Unlink them": "n"})

    assert done.failed == [BOARD]
    assert done.findings(BOARD).count("the board cannot be used as it is") == 2
    assert len(done.skipped) == len(STEPS) - 1


def test_a_link_that_no_probe_can_see_is_found_when_its_input_closes() -> None:
    def link(world: World) -> None:
        def follow(_now_s: float) -> None:
            if world.plant.read("arming"):
                world.boards["north"]._switch(4, is_on=True)

        world.on_pause = follow

    done = commission(on_north(others={"north": False}), wiring=ON_NORTH, meddle=link)

    assert ARMING in done.failed
    assert "relay north:5 closed with input north:1 (arming)" in done.findings(ARMING)
    assert OPEN not in done.failed


def test_a_board_that_refuses_is_told_and_the_others_are_asked_all_the_same() -> None:
    def refuse(world: World) -> None:
        world.board.fault = BoardFault.EXCEPTION

    done = commission(on_north(is_linked=True), wiring=ON_NORTH, meddle=refuse)

    assert done.failed == [BOARD]
    assert "exception 4" in done.findings(BOARD)
    assert "north: inputs no longer switch relays" in done.findings(BOARD)


def test_a_welded_relay_is_named_with_its_board() -> None:
    def weld(world: World) -> None:
        world.boards["north"]._switch(1, is_on=True)
        world.boards["north"].stick(2)

    done = commission(on_north(), wiring=ON_NORTH, meddle=weld)

    assert "relay north:2 stays closed" in done.findings(BOARD)


def test_wires_crossed_between_two_boards_are_found_and_named() -> None:
    wiring = Wiring(
        outputs=ALL_OUTPUTS, inputs={**NORTH_INPUTS, "arming": Wire(2), "safety": Wire(5)}
    )
    built = {**wiring.inputs, "arming": Wire(7, "north"), "safety": Wire(2)}

    done = commission(on_north(inputs=built), wiring=wiring)

    assert (
        "input north:7 (nothing) changed instead of input 2 (arming): the wires are crossed;"
        ' exchange them, or write arming = "north:7"' in done.findings(ARMING)
    )
    assert "input 2 (arming) changed instead of input 5 (safety)" in done.findings("photocell")


def test_an_input_of_another_board_that_changes_too_is_found() -> None:
    def touch(world: World) -> None:
        world.on_pause = lambda _now_s: world.board.set_input(
            8, world.plant.read("arming") is True
        )

    done = commission(on_north(), wiring=ON_NORTH, meddle=touch)

    assert "input 8 (nothing) changed too" in done.findings(ARMING)


def test_an_input_of_another_board_that_is_not_still_at_rest_is_found() -> None:
    def flicker(world: World) -> None:
        world.on_pause = lambda now_s: world.board.set_input(3, int(now_s) % 2 == 1)

    done = commission(on_north(), wiring=ON_NORTH, meddle=flicker)

    assert "input 3 (nothing) changes by itself" in done.findings(REST)


@pytest.mark.parametrize("lost", ["lane", "north"])
def test_when_one_board_is_lost_the_others_are_switched_off_all_the_same(lost: str) -> None:
    worlds: list[World] = []

    def pull(world: World) -> None:
        worlds.append(world)

        def pulled(_now_s: float) -> None:
            if world.is_closed("hold"):
                world.on_pause = None
                world.ports[lost].unplug()

        world.on_pause = pulled

    # Without a timer nothing but an order lets a held relay drop.
    outputs = {**ALL_OUTPUTS, "hold": Wire(1, "north" if lost == "lane" else "lane")}
    outputs["open"] = Wire(4)
    there = on_north(outputs=outputs, has_timer=False, others={"north": False})
    wiring = Wiring(
        outputs={name: outputs[name] for name in ("open", "hold")},
        inputs={**NORTH_INPUTS, "arming": Wire(1)},
    )
    done = commission(replace_arming(there), wiring=wiring, meddle=pull)

    assert "hold keeps the arm up" in done.failed
    assert worlds[0].switched[-1] == ("hold", False)
    held = outputs["hold"]
    assert not worlds[0].boards[held.board].outputs[held.channel - 1]
    whose = "north: " if lost == "north" else ""
    assert any(
        each.startswith(f"{whose}the relays could not be told to drop") for each in done.heard
    )


def replace_arming(lane: Lane) -> Lane:
    """The same with a loop on the lane's own board, so that both boards are read."""
    return on_north(
        outputs=lane.outputs,
        has_timer=lane.has_timer,
        others=lane.others,
        inputs={**NORTH_INPUTS, "arming": Wire(1)},
    )


@pytest.mark.parametrize("answer", [CTRL_C, END])
def test_ctrl_c_and_the_end_of_the_answers_let_the_relays_of_every_board_drop(
    answer: str,
) -> None:
    worlds: list[World] = []
    outputs = {**ALL_OUTPUTS, "green": Wire(5, "north")}
    wiring = Wiring(outputs=outputs, inputs=NORTH_INPUTS)

    def meddle(world: World) -> None:
        worlds.append(world)

        def close_all(_now_s: float) -> None:
            if world.switched:
                return
            for board in world.boards.values():
                board._switch(6, is_on=True)

        world.on_pause = close_all

    ended = KeyboardInterrupt if answer == CTRL_C else EOFError
    with pytest.raises(ended):
        commission(
            on_north(outputs=outputs),
            wiring=wiring,
            says={"Is the green lamp lit": answer},
            meddle=meddle,
        )

    assert ("green", True) in worlds[0].switched
    assert not any(worlds[0].relays)


def test_ctrl_c_while_one_board_is_switched_off_spares_no_other() -> None:
    worlds: list[World] = []
    calls: list[Line] = []

    def meddle(world: World) -> None:
        worlds.append(world)
        drop = world.drivers["lane"].all_off

        def press(line: Line) -> Ack:
            calls.append(line)
            if len(calls) > 1:  # the first is that of the step about the boards
                world.boards["north"]._switch(6, is_on=True)
                raise KeyboardInterrupt
            return drop(line)

        world.drivers["lane"].all_off = press  # type: ignore[method-assign]

    with pytest.raises(KeyboardInterrupt):
        commission(on_north(), wiring=ON_NORTH, says={"green lamp": CTRL_C}, meddle=meddle)

    assert not any(worlds[0].relays)
