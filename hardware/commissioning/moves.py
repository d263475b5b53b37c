"""The steps in which the arm moves: every output of the operator, and how it closes by itself."""

from __future__ import annotations

from collections.abc import Callable

from hardware.commissioning.trial import StepFailed, Trial

SECOND_PULSE_S = 1.0
"""So long after the arm is up the second OPEN comes."""
STAYS_S = 3.0
CLOSE_BEGINS_S = 1.5
"""Later than that the operator closes by itself, not on the pulse."""
ONE_CAR_EDGES = 2
SPARE_S = 3.0
"""An operator that waits for one more car takes longer than this over the usual."""
PATIENCE = 3
"""So many times the time that the kiosk waits for an arm, so that a slow one is told from none."""
UNDER_ARM = ("under_arm", "safety")
LIMITS = ("open_limit", "closed_limit")
STOP_AFTER_S = 0.5
LEASE_SPARE_S = 4.0

NO_AUTO_CLOSE = "switch on its automatic closing: the kiosk itself never lowers an arm"


def open_arm(trial: Trial) -> None:
    """One OPEN pulse raises the arm, and the limit switches say so."""
    bench = trial.bench
    bench.mark()
    began_s = bench.pulse("open")
    first_s = PATIENCE * trial.timers.open_max_s
    _waits(trial, first_s, until=lambda: _are_limits_open(trial), is_slow=_has_limits(trial))
    bench.watch(trial.limits.settle_s)
    if not trial.is_yes("Did the arm go up, all the way?"):
        trial.fail(
            f"relay {bench.wiring.outputs['open']} did not raise the arm",
            "look at the wire to the operator's OPEN; it may be at CLOSE or STOP",
        )
        raise StepFailed
    if _are_limits_crossed(trial):
        trial.fail(
            "the open limit is made before the closed limit is left",
            "the limit switches are crossed: exchange open_limit and closed_limit",
        )
    else:
        _check_limit(trial, "open_limit", is_active=True)
        _check_limit(trial, "closed_limit", is_active=False)
    trial.check_others(LIMITS)
    if "open_limit" in trial.good:
        trial.open_s = bench.of("open_limit")[0].at_s - began_s
        trial.note(f"from pulse to open limit: {trial.open_s:.1f} s")
        trial.allow("open_max_s", trial.open_s, "let the operator raise it faster")
    elif not trial.has("open_limit"):
        trial.note(
            f"no open limit: the kiosk takes the arm for up {trial.timers.open_time_s:g} s after"
            " OPEN; a slower one needs open_time_s in [lane.timers]"
        )


def close_arm(trial: Trial) -> None:
    """One CLOSE pulse lowers the raised arm."""
    bench = trial.bench
    _raise(trial)
    bench.mark()
    began_s = bench.pulse("close")
    if "open_limit" in trial.good:
        is_obeyed = bench.watch(CLOSE_BEGINS_S, until=lambda: not trial.is_active("open_limit"))
    else:
        is_obeyed = trial.is_yes("Did the arm begin to go down at once?")
    if not is_obeyed or not _comes_down(trial, is_slow=True):
        trial.fail(
            f"relay {bench.wiring.outputs['close']} did not lower the arm",
            "look at the wire to the operator's CLOSE",
        )
        raise StepFailed
    if "closed_limit" in trial.good:
        down_s = bench.of("closed_limit")[-1].at_s - began_s
        trial.note(f"from pulse to closed limit: {down_s:.1f} s")
        trial.allow("close_max_s", down_s, "let the operator lower it faster")


def stop_arm(trial: Trial) -> None:
    """One STOP pulse halts the arm half way."""
    bench = trial.bench
    bench.pulse("open")
    bench.watch(STOP_AFTER_S)
    bench.mark()
    bench.pulse("stop")
    bench.watch(STAYS_S)
    has_gone_on = "open_limit" in trial.good and trial.is_active("open_limit")
    if has_gone_on or not trial.is_yes("Did the arm halt half way, and does it stand?"):
        trial.fail(
            f"relay {bench.wiring.outputs['stop']} did not stop the arm",
            "look at the wire to the operator's STOP; some want it normally closed",
        )


def drive_through(trial: Trial) -> None:
    """One car drives through, the loop under the arm sees it, and the arm closes by itself."""
    bench = trial.bench
    trial.ready("For this a car is needed, and the arm moves.")
    _car_comes(trial)
    _raise(trial)
    bench.mark()
    trial.tell("Drive through, and on until the car is well behind the arm.")
    if not bench.watch(trial.limits.edge_s, until=lambda: _has_passed(trial)):
        trial.fail(
            f"{bench.wiring.input_name(bench.wiring.inputs['under_arm'])} did not see the car",
            "look at its clamp and its detector; no passage can be counted without it",
        )
        raise StepFailed
    trial.check_others({"arming", "under_arm", "safety", *LIMITS})
    if (count := len(bench.of("under_arm"))) > ONE_CAR_EDGES:
        trial.fail(
            f"the loop under the arm changed {count} times for one car",
            "it loses the middle of the car: set its detector more sensitive",
        )
    else:
        trial.good.add("under_arm")
    clear_at_s = bench.of("under_arm")[-1].at_s
    if not _comes_down(trial, is_slow=True):
        trial.fail("the operator did not close by itself", NO_AUTO_CLOSE)
        raise StepFailed
    if "closed_limit" in trial.good:
        trial.close_s = bench.of("closed_limit")[-1].at_s - clear_at_s
        trial.note(f"from the clear loop to the closed limit: {trial.close_s:.1f} s")
        trial.allow("close_max_s", trial.close_s, "shorten the operator's pause time")


def back_out(trial: Trial) -> None:
    """A car that backs out at the raised arm leaves an arm that closes by itself."""
    bench = trial.bench
    trial.ready("For this a car is needed, and the arm moves.")
    _car_comes(trial)
    _raise(trial)
    if not trial.wait_for(
        "arming", is_active=False, instruction="Now back the car out of the lane.", also=LIMITS
    ):
        raise StepFailed
    timers = trial.timers
    limit_s = timers.grant_ttl_s + timers.close_max_s
    began_s = bench.clock.now_s()
    if not _comes_down(trial, limit_s=limit_s):
        trial.fail(
            f"nobody drove through, and the arm was still up after {limit_s:g} s",
            "set the operator's pause time, so that it closes without a car too: 10 to 30 s",
        )
        raise StepFailed
    trial.note(f"the arm was down {bench.clock.now_s() - began_s:.1f} s after the car had gone")


def second_pulse(trial: Trial) -> None:
    """A second OPEN at the raised arm must not lower it."""
    bench = trial.bench
    _raise(trial)
    bench.watch(SECOND_PULSE_S)
    bench.mark()
    bench.pulse("open")
    bench.watch(STAYS_S)
    if "open_limit" in trial.good:
        has_stayed = not bench.of("open_limit")
    else:
        has_stayed = trial.is_yes("Did the arm stay up at the second pulse?")
    if not has_stayed:
        trial.fail(
            "a second OPEN pulse lowered the arm",
            "switch the operator from step-by-step logic to an OPEN that only opens",
        )


def one_car_each(trial: Trial) -> None:
    """After two OPEN pulses and one car the arm closes: the operator counts no pulses."""
    bench = trial.bench
    trial.ready("For this a car is needed, and the arm moves.")
    _car_comes(trial)
    _raise(trial)
    bench.watch(SECOND_PULSE_S)
    bench.pulse("open")
    bench.mark()
    trial.tell("The pulse came twice. Drive through, and on until well behind the arm.")
    if not bench.watch(trial.limits.edge_s, until=lambda: _has_passed(trial)):
        trial.fail("the loop under the arm did not see the car", "repeat the test with one car")
        raise StepFailed
    close_max_s = trial.timers.close_max_s
    wait_s = close_max_s if trial.close_s is None else trial.close_s + SPARE_S
    if not _comes_down(trial, limit_s=min(wait_s, close_max_s)):
        trial.fail(
            "after two OPEN pulses the arm waited for a second car",
            "switch off the operator's vend count (memory, car counting)",
        )


def hold_arm(trial: Trial) -> None:
    """The hold relay keeps the arm up, and lets it come down when it drops."""
    bench, hold_s = trial.bench, trial.limits.hold_s
    bench.mark()
    wait_s = hold_s + trial.timers.open_max_s
    is_leased = bench.lease("hold", wait_s + LEASE_SPARE_S)
    if not is_leased:
        bench.switch("hold", is_on=True)
    is_up = _is_up_within(trial, trial.timers.open_max_s)
    bench.watch(hold_s)
    stays = is_up and ("open_limit" not in trial.good or trial.is_active("open_limit"))
    if not stays:
        trial.fail(
            f"relay {bench.wiring.outputs['hold']} does not hold the arm up",
            "wire it to the operator's maintained OPEN, not to its OPEN pulse",
        )
    if is_leased:
        trial.tell("Nobody renews the relay now: it drops by itself.")
        bench.watch(wait_s + LEASE_SPARE_S, until=lambda: not bench.is_closed("hold"))
    bench.switch("hold", is_on=False)
    if not _comes_down(trial):
        trial.fail("the arm stayed up after the hold had ended", NO_AUTO_CLOSE)


def fire(trial: Trial) -> None:
    """The fire contact is seen, and the operator raises the arm by its own wire."""
    trial.ready("For this the fire contact is opened, at its test key or clamp. THE ARM MAY RISE.")
    if not trial.wait_for(
        "fire", is_active=True, instruction="Open the fire contact now.", also=LIMITS
    ):
        return
    if not trial.is_yes("Did the operator raise the arm by itself?"):
        trial.fail(
            "the operator does not hear the fire alarm",
            "wire the alarm to the operator as well: the kiosk is no safety function",
        )
    trial.wait_for(
        "fire", is_active=False, instruction="Close the fire contact again.", also=LIMITS
    )


def bring_down(trial: Trial) -> None:
    """Have the arm down, and its motor at rest, before the next step, by whatever lowers it."""
    bench = trial.bench
    bench.mark()
    is_down = "closed_limit" in trial.good and trial.is_active("closed_limit")
    if not is_down and "close" in bench.wiring.outputs and _is_clear(trial):
        bench.pulse("close")
    if not is_down and not _comes_down(trial, is_asked=False):
        while not trial.is_yes("Lower the arm by the operator's own key. Is it down now?"):
            continue
    bench.watch(trial.timers.settle_s)


# -- what these steps have in common


def _raise(trial: Trial) -> None:
    """Send OPEN and wait until the arm is up."""
    trial.bench.mark()
    trial.bench.pulse("open")
    if not _is_up_within(trial, PATIENCE * trial.timers.open_max_s):
        trial.fail("the arm did not go up this time", "look at the operator")
        raise StepFailed


def _is_clear(trial: Trial) -> bool:
    """Whether nothing is under the arm; until its loop has proved itself, the fitter says so."""
    if any(trial.has(name) and trial.is_active(name) for name in UNDER_ARM):
        return False
    return "under_arm" in trial.good or trial.is_yes(
        "The arm is lowered now. Is nothing under it?"
    )


def _is_up_within(trial: Trial, limit_s: float) -> bool:
    """By the open limit where it works, else taken for granted after the whole time."""
    bench = trial.bench
    if "open_limit" not in trial.good:
        bench.watch(limit_s)
        return True
    return bench.watch(
        limit_s, until=lambda: trial.is_active("open_limit"), settle_s=trial.limits.settle_s
    )


def _comes_down(
    trial: Trial,
    *,
    limit_s: float | None = None,
    is_slow: bool = False,
    is_asked: bool = True,
) -> bool:
    """By the closed limit where it works, else as the fitter sees it once the time is over.

    A slow one may take more than its time, while the fitter says so.
    """
    limit_s = trial.timers.close_max_s if limit_s is None else limit_s
    if "closed_limit" in trial.good:
        return _waits(
            trial, limit_s, until=lambda: trial.is_active("closed_limit"), is_slow=is_slow
        )
    if not is_asked:
        return False
    trial.bench.watch(limit_s)
    return trial.is_yes(f"Is the arm down, {limit_s:g} s later?")


def _waits(trial: Trial, first_s: float, *, until: Callable[[], bool], is_slow: bool) -> bool:
    """Wait for the arm; a slow one for as long as the fitter sees it coming."""
    waited_s = first_s
    while not trial.bench.watch(first_s, until=until):
        if not is_slow or not trial.is_yes(
            f"The limit switches say nothing after {waited_s:g} s. Will the arm still come?"
        ):
            return False
        waited_s += first_s
    return True


def _car_comes(trial: Trial) -> None:
    if not trial.wait_for(
        "arming", is_active=True, instruction="Drive the car onto the arming loop and wait there."
    ):
        raise StepFailed


def _has_passed(trial: Trial) -> bool:
    has_come = trial.became("under_arm", is_active=True)
    return has_come and not trial.is_active("under_arm") and not trial.is_active("arming")


def _has_limits(trial: Trial) -> bool:
    return any(trial.has(name) for name in LIMITS)


def _are_limits_open(trial: Trial) -> bool:
    """Whether each limit that is wired says so; never where none is."""
    wired = [name for name in LIMITS if trial.has(name)]
    return bool(wired) and all(trial.is_active(name) is (name == "open_limit") for name in wired)


def _are_limits_crossed(trial: Trial) -> bool:
    if not (trial.has("open_limit") and trial.has("closed_limit")):
        return False
    opened, left = trial.bench.of("open_limit"), trial.bench.of("closed_limit")
    return bool(opened and left) and opened[0].at_s < left[0].at_s


def _check_limit(trial: Trial, name: str, *, is_active: bool) -> None:
    if not trial.has(name):
        return
    if trial.became(name, is_active=is_active):
        trial.good.add(name)
        return
    trial.fail(
        f"{trial.bench.wiring.input_name(trial.bench.wiring.inputs[name])} did not change"
        " although the arm went up",
        "look at this limit switch and its wire; the kiosk cannot see the arm without it",
    )
