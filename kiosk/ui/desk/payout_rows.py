"""What the page of payouts shows: runs, payouts and owners as rows, and the state of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.payout_outcomes import OwnersLine
from kiosk.domain.payout_run import Payout, PayoutRun, RunState
from kiosk.services.bank_accounts import masked
from kiosk.ui.desk.texts import DeskTexts


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the list."""

    key: str
    cutoff: str
    state: str
    kind: str
    total: str


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """A payout of the run that is shown."""

    key: str
    name: str
    account: str
    amount: str
    result: str
    """paid, rejected, returned, or empty"""
    kind: str


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """What a proposal says of an owner who is not paid, or not all of it."""

    key: str
    owner: str
    amount: str
    why: str
    """A verdict or a hold by its value; worded in QML."""


@dataclass(frozen=True, slots=True)
class PayoutState:
    """The runs, the one that is shown, and what was just asked."""

    runs: tuple[PayoutRun, ...] = ()
    is_shown: bool = False
    cutoff: datetime | None = None
    missing: int = 0
    chosen: int | None = None
    """The number of the run that is shown; None: the newest."""
    owners: tuple[OwnersLine, ...] = ()
    """What the last proposal said, or the core of the run that is open."""
    owners_of: int | None = None
    """The run that `owners` speaks of; None: a proposal that became none."""
    rejecting: str = ""
    reason: str = ""
    is_waiting: bool = False
    problem: str = ""
    """What was refused, by name; worded in QML."""
    of: str = ""
    """The owners or the time that the problem speaks of."""

    @property
    def run(self) -> PayoutRun | None:
        """The run that is shown."""
        found = (run for run in self.runs if run.id == self.chosen)
        return next(found, self.runs[0] if self.runs else None)

    @property
    def out(self) -> dict[str, Payout]:
        """What the bank can still send back of the run that is shown."""
        return {} if self.run is None else self.run.out

    @property
    def owners_shown(self) -> tuple[OwnersLine, ...]:
        """What is said of owners beside the run that is shown."""
        shown = None if self.run is None else self.run.id
        return self.owners if self.owners_of in {None, shown} else ()


_KINDS = {
    RunState.PROPOSED: "attention",
    RunState.APPROVED: "attention",
    RunState.RELEASED: "good",
    RunState.WITHDRAWN: "neutral",
}


def run_line(run: PayoutRun, texts: DeskTexts) -> RunLine:
    """A run as the list shows it."""
    return RunLine(
        key=str(run.id),
        cutoff=texts.moment(run.cutoff),
        state=run.stands,
        kind=_KINDS[run.state],
        total=texts.money(run.total),
    )


def payout_lines(run: PayoutRun, texts: DeskTexts) -> list[PayoutLine]:
    """The payouts of a run; account numbers are masked."""
    lines = []
    for each in run.payouts:
        result = "" if each.result is None else each.result.how.value
        lines.append(
            PayoutLine(
                key=each.end_to_end,
                name=each.name,
                account=masked(each.iban),
                amount=texts.money(each.amount),
                result=result,
                kind={"paid": "good", "rejected": "bad", "returned": "bad"}.get(result, "neutral"),
            )
        )
    return lines


def owner_lines(owners: Sequence[OwnersLine], texts: DeskTexts) -> list[OwnerLine]:
    """Who is not paid, or not all of it, and why."""
    lines = []
    for each in owners:
        key = str(each.owner_id)
        if each.verdict.value not in {"paid", "nothing"}:
            amount = texts.money(each.due)
            lines.append(OwnerLine(key, each.owner, amount, each.verdict.value))
        lines += [
            OwnerLine(f"{key}-{hold.value}", each.owner, texts.money(amount), hold.value)
            for hold, amount in each.held_back.items()
        ]
    return lines
