"""Scanners read what we sign: the code drawn by one library is read by another."""

from __future__ import annotations

import qrcode
import qrcode.constants
import zxingcpp
from qrcode.image.pure import PyPNGImage

from kiosk.domain.ids import ReservationId
from kiosk.domain.ticket import Ticket, TicketKey, write_ticket
from tests.domain.examples import minutes

TEXT = write_ticket(
    Ticket(17, ReservationId(4711), minutes(0, 120)), TicketKey(1, bytes(range(32)))
)
MODULE_PIXELS = 4


def drawn(text: str) -> qrcode.QRCode[PyPNGImage]:
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, image_factory=PyPNGImage
    )
    code.add_data(text)
    code.make(fit=True)
    return code


def pixels(code: qrcode.QRCode[PyPNGImage]) -> memoryview:
    """A grey image, black modules on white with the quiet zone."""
    rows = [
        bytes(0 if is_dark else 255 for is_dark in row for _ in range(MODULE_PIXELS))
        for row in code.get_matrix()
    ]
    image = b"".join(row * MODULE_PIXELS for row in rows)
    side = len(rows) * MODULE_PIXELS
    return memoryview(image).cast("B", shape=[side, side])


def test_a_ticket_is_a_code_of_version_3_at_level_m() -> None:
    assert drawn(TEXT).version == 3


def test_a_scanner_reads_the_ticket_from_its_picture() -> None:
    (found,) = zxingcpp.read_barcodes(pixels(drawn(TEXT)))

    assert (found.text, found.ec_level) == (TEXT, "M")
