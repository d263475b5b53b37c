"""Papers of the desk at a lane's printer: a corrective receipt, and the report of a shift."""

from __future__ import annotations

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.payee import Supplier
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.desk_paper import (
    NoSuchPaper,
    PaperOrdered,
    PrintCorrection,
    PrintShift,
    correction_paper,
)
from kiosk.services.paper import COLUMNS
from kiosk.services.till_commands import CloseShift, OpenShift
from tests.fakes.stage import EXIT, KIM, Stage, euro
from tests.services.after import left, refund

DESK = "desk-9"


def print_correction(stage: Stage, reservation_id: ReservationId, number: int) -> object:
    return stage.site.do(
        PrintCorrection(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=reservation_id,
            note_number=number,
            lane=EXIT,
        )
    )


def print_shift(stage: Stage) -> object:
    return stage.site.do(
        PrintShift(actor=KIM, attendant_id=stage.attendant_id, desk=DESK, lane=EXIT)
    )


def printed(stage: Stage) -> list[str]:
    """The last paper, without its columns."""
    lines = stage.site.papers[-1].paper.lines
    assert [line for line in lines if len(line) > COLUMNS] == []
    return [" ".join(line.split()) for line in lines]


def test_a_corrective_receipt_names_the_receipt_the_tax_and_who_gives_what(stage: Stage) -> None:
    ticket = left(stage)
    given = refund(stage, ticket.reservation_id, 120)
    note, receipt = given.correction.note_number, given.correction.receipt_number
    assert note is not None

    outcome = print_correction(stage, ticket.reservation_id, note)

    assert outcome == PaperOrdered(EXIT)
    assert stage.site.papers[-1].lane == EXIT
    lines = printed(stage)
    assert lines[:3] == [f"CORRECTIVE RECEIPT {note}", f"Corrects receipt {receipt}", "Plate BAB1"]
    assert {"GIVEN BACK EUR 1.20", "of it tax EUR 0.19", "Reason: barrier was stuck"} <= {*lines}
    shares = given.correction.shares
    assert f"Owner EUR {shares.owner.minor // 100}.{shares.owner.minor % 100:02d}" in lines


def test_only_what_was_corrected_is_printed_and_only_for_who_is_signed_in(stage: Stage) -> None:
    ticket = left(stage)
    before = len(stage.site.papers)

    unknown = print_correction(stage, ticket.reservation_id, 99)
    stage.site.core.signed_in.discard(stage.attendant_id)
    out = [print_correction(stage, ticket.reservation_id, 1), print_shift(stage)]

    assert unknown == NoSuchPaper()
    assert out == [NotSignedIn(), NotSignedIn()]
    assert len(stage.site.papers) == before


def test_the_report_of_a_shift_says_how_the_count_agreed(stage: Stage) -> None:
    none = print_shift(stage)
    who = {"actor": KIM, "attendant_id": stage.attendant_id, "desk": DESK}
    stage.site.do(OpenShift(**who, counted=euro(10_000), intent="open"))  # type: ignore[arg-type]
    stage.site.do(
        CloseShift(**who, counted=euro(9_980), left=euro(5_000), intent="close")  # type: ignore[arg-type]
    )

    outcome = print_shift(stage)

    assert (none, outcome) == (ShiftClosed(), PaperOrdered(EXIT))
    lines = printed(stage)
    assert lines[0].endswith(f", {DESK}")
    assert {
        "Float EUR 100.00",
        "Expected EUR 100.00",
        "Counted EUR 99.80",
        "Difference EUR -0.20",
        "To the bank EUR 49.80",
        "Left in till EUR 50.00",
    } <= {*lines}


def test_a_small_business_shows_no_tax_on_its_corrective_receipt(stage: Stage) -> None:
    given = refund(stage, left(stage).reservation_id, 120)
    business = Supplier(
        payee_id=1, name="Wei", address=("Road 1",), tax_number="", shows_tax=False
    )

    paper = correction_paper(stage.site.core.site, given.correction, plate="B", supplier=business)

    assert [line for line in paper.lines if line.startswith("of it tax")] == []
    assert paper.lines[-1] == "Small business: no tax"
