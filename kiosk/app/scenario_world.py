"""What happens in a story of itself: time, clocks, the card provider, boards, and a restart."""

from __future__ import annotations

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import ClockJump, LaneOnly, Provider
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_times import read_step
from kiosk.app.scenario_words import Seen
from kiosk.domain.ids import LaneName

_WORLD = "the site"


def wait(_stage: Stage, _planned: PlannedEvent) -> list[Seen]:
    """Only time passes."""
    return [Seen(_WORLD, "time-passed", {})]


def clock_jump(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Somebody sets the clock of the machine."""
    table = planned.table
    assert isinstance(table, ClockJump)
    stage.site.clock.jump(read_step(table.by))
    return [Seen(_WORLD, "clock-set", {"now": stage.now})]


def provider(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The next questions to the card provider meet a fault."""
    table = planned.table
    assert isinstance(table, Provider)
    stage.site.simulator.fault_next(*[table.fault] * table.times, kind=table.of)
    return [Seen(_WORLD, "provider-set", {"fault": table.fault.value})]


def unplug_board(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A lane's relay board is taken away."""
    table = planned.table
    assert isinstance(table, LaneOnly)
    stage.site.lanes[LaneName(table.lane)].unplug_board()
    return [Seen(f"lane {table.lane}", "board-unplugged", {})]


def plug_in_board(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A lane's relay board is brought back."""
    table = planned.table
    assert isinstance(table, LaneOnly)
    stage.site.lanes[LaneName(table.lane)].replug_board()
    return [Seen(f"lane {table.lane}", "board-plugged-in", {})]


def restart(stage: Stage, _planned: PlannedEvent) -> list[Seen]:
    """The program ends in order and starts again; cars that stood in a lane drive off."""
    stage.restart()
    return [Seen(_WORLD, "restarted", {})]
