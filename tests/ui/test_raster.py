"""Lines that a printer has no letters for come as black dots on white."""

from hardware.escpos import encode_slip
from kiosk.ui.raster import HEIGHT_DOTS, WIDTH_DOTS, paint_line


def black_dots(rows: bytes) -> int:
    return sum(row.bit_count() for row in rows)


def test_chinese_is_painted_in_black_on_white(qapp: object) -> None:
    raster = paint_line("停车票 车位 A03")

    assert raster.width_bytes * 8 == WIDTH_DOTS
    assert len(raster.rows) == raster.width_bytes * HEIGHT_DOTS
    assert 300 < black_dots(raster.rows) < WIDTH_DOTS * HEIGHT_DOTS // 4


def test_an_empty_line_is_white(qapp: object) -> None:
    assert black_dots(paint_line("").rows) == 0


def test_the_printer_takes_the_painted_line(qapp: object) -> None:
    assert b"\x1dv0" in encode_slip((paint_line("预约"),))
