"""How payout runs are printed: as lines for people, and as tables for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kiosk.app.local_times import time_text
from kiosk.domain.payout import Hold, Verdict
from kiosk.domain.time import to_epoch
from kiosk.services.bank_accounts import masked
from kiosk.services.paper import plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.domain.payout_outcomes import OwnersLine
    from kiosk.domain.payout_run import Payout, PayoutRun

_VERDICTS = {
    Verdict.PAID: "paid",
    Verdict.NOTHING: "nothing released",
    Verdict.NEGATIVE: "carried: more was taken back than released",
    Verdict.BELOW_MINIMUM: "carried: less than the minimum",
    Verdict.NO_ACCOUNT: "left out",
    Verdict.WRONG_ACCOUNT: "left out",
}
_HOLDS = {
    Hold.NOT_LEFT: "the car has not left",
    Hold.TOO_YOUNG: "not 24 h old at the cut-off",
    Hold.CAME_BACK_LATER: "came back after the cut-off",
    Hold.DISPUTED: "disputed",
}


def total_words(run: PayoutRun, zone: ZoneInfo) -> str:
    """A run in one line."""
    count = "1 owner" if len(run.payouts) == 1 else f"{len(run.payouts)} owners"
    at = time_text(run.cutoff, zone)
    return f"run {run.id}  cut-off {at}  {run.stands:<9}  {count}, {plain(run.total)}"


def run_lines(run: PayoutRun, zone: ZoneInfo) -> list[str]:
    """A run, its payouts and who has approved it; account numbers are masked."""
    approved = [
        f"  approved   {time_text(each.at, zone)} by {each.name}" for each in run.approvals
    ]
    return [total_words(run, zone), *map(_payout_words, run.payouts), *approved]


def _payout_words(payout: Payout) -> str:
    result = payout.result
    said = "" if result is None else f"  {result.how.value} {result.reason}".rstrip()
    amount = plain(payout.amount)
    return f"  {payout.end_to_end:<10} {amount:>14}  {masked(payout.iban)}  {payout.name}{said}"


def lines_of(lines: Sequence[OwnersLine]) -> list[str]:
    """What a proposal says of each owner: released, carried, held back with why."""
    said = []
    for line in lines:
        problem = f": {line.problem}" if line.problem else ""
        said.append(f"{line.owner}: {plain(line.due)} {_VERDICTS[line.verdict]}{problem}")
        said += [
            f"    held back {plain(amount)}: {_HOLDS[hold]}"
            for hold, amount in line.held_back.items()
        ]
    return said


def held_words(lines: Sequence[OwnersLine]) -> list[dict[str, Any]]:
    """The same for JSON, in minor units."""
    return [
        {
            "owner": line.owner,
            "due_minor": line.due.minor,
            "verdict": line.verdict.value,
            "problem": line.problem,
            "held_back_minor": {
                hold.value: amount.minor for hold, amount in line.held_back.items()
            },
        }
        for line in lines
    ]


def run_table(run: PayoutRun) -> dict[str, Any]:
    """A run for JSON: minor units, seconds since 1970."""
    return {
        "id": run.id,
        "cutoff": to_epoch(run.cutoff),
        "state": run.state.value,
        "total_minor": run.total.minor,
        "currency": run.total.currency,
        "approved_by": [each.name for each in run.approvals],
        "payouts": [
            {
                "end_to_end": payout.end_to_end,
                "name": payout.name,
                "iban": payout.iban,
                "bic": payout.bic,
                "amount_minor": payout.amount.minor,
                "result": None if payout.result is None else payout.result.how.value,
                "reason": "" if payout.result is None else payout.result.reason,
            }
            for payout in run.payouts
        ],
    }
