"""What a site may ask of each family, and what is refused in the installer's words."""

from __future__ import annotations

import pytest

from hardware.boards.families import BoardSetup, caps_of, make_board, make_boards
from hardware.boards.modbus import encode_frame
from tests.hardware.virtual_line import virtual_line


def test_the_caps_are_known_before_there_is_a_board() -> None:
    caps = caps_of(BoardSetup(family="lcus", outputs=4, reply="text"))

    assert (caps.outputs, caps.inputs, caps.is_acked, caps.has_readback) == (4, 0, False, True)
    assert (caps.pulse_max_ms, caps.min_gap_ms, caps.default_baud) == (0, 60, 9600)


@pytest.mark.parametrize(
    ("family", "outputs", "gap_ms"),
    [
        ("waveshare-modbus", 8, 5),
        ("modbus-coils", 8, 30),
        ("lcus", 8, 60),
        ("kmtronic", 8, 30),
        ("numato", 8, 0),
    ],
)
def test_a_family_has_its_own_gap_when_the_site_says_nothing(
    family: str, outputs: int, gap_ms: int
) -> None:
    assert caps_of(BoardSetup(family=family, outputs=outputs)).min_gap_ms == gap_ms


REFUSED = {
    "there is no board family 'relais'; there are waveshare-modbus, modbus-coils, lcus, kmtronic"
    " and numato": BoardSetup(family="relais"),
    "an lcus board has 1, 2, 4 or 8 relays, not 3": BoardSetup(family="lcus", outputs=3),
    "a kmtronic board has 1, 2, 4 or 8 relays, not 16": BoardSetup(family="kmtronic", outputs=16),
    "a numato board has 1, 2, 4, 8 or 16 relays, not 32": BoardSetup(family="numato", outputs=32),
    "a waveshare-modbus board has 8 relays, not 16": BoardSetup(
        family="waveshare-modbus", outputs=16
    ),
    "a modbus-coils board has 1 to 64 relays, not 0": BoardSetup(family="modbus-coils", outputs=0),
    "say how many relays it has: an lcus board has 1, 2, 4 or 8": BoardSetup(family="lcus"),
    "say how many relays it has: a modbus-coils board has 1 to 64": BoardSetup(
        family="modbus-coils"
    ),
    "an lcus board has no inputs, not 2": BoardSetup(family="lcus", outputs=2, inputs=2),
    "a numato board has 0 to 10 inputs, not 11": BoardSetup(family="numato", outputs=2, inputs=11),
    "a waveshare-modbus board has 8 inputs, not 4": BoardSetup(
        family="waveshare-modbus", inputs=4
    ),
    "an lcus board has no unit address; leave unit out": BoardSetup(
        family="lcus", outputs=2, unit=2
    ),
    "a unit is 1 to 247, not 248": BoardSetup(family="modbus-coils", outputs=2, unit=248),
    "a unit is 1 to 247, not 0": BoardSetup(family="waveshare-modbus", unit=0),
    "a kmtronic board answers in one way only; leave reply out": BoardSetup(
        family="kmtronic", outputs=2, reply="text"
    ),
    "the reply of an lcus board is none, text or bytes, not 'raw'": BoardSetup(
        family="lcus", outputs=2, reply="raw"
    ),
    "a gap between frames is 0 to 1000 ms, not -1": BoardSetup(
        family="lcus", outputs=2, gap_ms=-1
    ),
    "a gap between frames is 0 to 1000 ms, not 1001": BoardSetup(
        family="lcus", outputs=2, gap_ms=1001
    ),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_a_family_cannot_have_is_refused_in_the_installers_words(words: str) -> None:
    with pytest.raises(ValueError) as caught:
        make_board(REFUSED[words])

    assert str(caught.value) == words


def test_boards_of_one_bus_are_made_together() -> None:
    boards = make_boards(
        {
            "barrier": BoardSetup(family="waveshare-modbus", unit=1),
            "lamps": BoardSetup(family="modbus-coils", unit=2, outputs=4),
        }
    )

    assert {name: board.caps.outputs for name, board in boards.items()} == {
        "barrier": 8,
        "lamps": 4,
    }


def test_two_boards_of_one_bus_keep_silence_after_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(
        monkeypatch,
        *[[(0.01, encode_frame(unit, 1, b"\x01\x00"))] for unit in (1, 2)],
        baud=9600,
    )
    boards = make_boards(
        {
            "a": BoardSetup(family="waveshare-modbus", unit=1),
            "b": BoardSetup(family="modbus-coils", unit=2, outputs=4),
        }
    )
    boards["a"].read_outputs(line)
    heard_at_s = line.now_s

    boards["b"].read_outputs(line)

    assert line.sent_at_s[1] - heard_at_s == pytest.approx(3.5 * 11 / 9600 + 0.030)


def test_two_boards_with_one_unit_cannot_share_a_bus() -> None:
    with pytest.raises(ValueError, match="barrier and lamps both have unit 1 on one bus"):
        make_boards(
            {
                "barrier": BoardSetup(family="waveshare-modbus"),
                "lamps": BoardSetup(family="modbus-coils", outputs=4),
            }
        )


def test_a_board_without_a_unit_address_cannot_share_a_bus() -> None:
    with pytest.raises(ValueError, match=r"an lcus board needs a port of its own \(lamps\)"):
        make_boards(
            {
                "barrier": BoardSetup(family="waveshare-modbus"),
                "lamps": BoardSetup(family="lcus", outputs=4),
            }
        )


def test_a_board_without_a_unit_address_is_alone_on_its_line() -> None:
    boards = make_boards({"lamps": BoardSetup(family="lcus", outputs=4)})

    assert boards["lamps"].caps.outputs == 4
