"""The words of a receipt as ESC/POS bytes; port and printer are left to printer.py.

python-escpos is the encoder and nothing else: its own ports wait out every limit and take a dead
printer for one with plenty of paper. Text is code page 437; whatever that page has no letter for
comes as a picture that somebody else has painted.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from escpos.printer import Dummy  # type: ignore[import-untyped]

STATUS_QUERY: Final = b"\x10\x04\x01"
PAPER_QUERY: Final = b"\x10\x04\x04"
CUT: Final = b"\x1dV\x42\x00"
"""Feeds up to the knife by itself."""
CODE_PAGE: Final = "CP437"
QR_LEVEL_M: Final = 1
"""Paper gets wet and folded."""
QR_MODULE_DOTS: Final = 6
QR_MAX_BYTES: Final = 700
"""More does not fit on 80 mm paper at this size of dot."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text in code page 437; check_slip refuses other letters."""

    text: str
    is_large: bool = False
    is_centred: bool = False


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code that the printer itself draws, in the middle."""

    payload: str


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture: rows of width_bytes bytes, the highest bit leftmost, 1 is black."""

    width_bytes: int
    rows: bytes


Slip = tuple[TextLine | QrCode | Raster, ...]
"""One paper, from top to bottom; it is cut at the end."""


def is_printable(text: str) -> bool:
    """Whether the printer has letters for this text, or it must come as a Raster."""
    try:
        _check_text(text)
    except ValueError:
        return False
    return True


def check_slip(slip: Slip) -> None:
    """Refuse with ValueError what no printer can print; costs next to nothing."""
    for part in slip:
        match part:
            case TextLine():
                _check_text(part.text)
            case QrCode():
                if not 1 <= len(part.payload.encode("ascii")) <= QR_MAX_BYTES:
                    raise ValueError(f"a printed QR code holds 1 to {QR_MAX_BYTES} bytes")
            case Raster():
                if part.width_bytes < 1 or len(part.rows) % part.width_bytes:
                    raise ValueError("a raster has whole rows")


def encode_slip(slip: Slip) -> bytes:
    """All bytes for one paper, from the reset to the cut.

    The first one loads the encoder, about half a second and 20 MB: OSError when there is no
    folder for temporary files, which it needs for that. What check_slip refuses is ValueError.
    """
    check_slip(slip)
    encoder = _encoder()
    encoder.hw("INIT")
    encoder.charcode(
        CODE_PAGE
    )  # and no other: left to itself it would change pages, or to GB18030
    encoded = [_taken(encoder)]
    for part in slip:
        match part:
            case TextLine():
                size = 2 if part.is_large else 1
                align = "center" if part.is_centred else "left"
                encoder.set(align=align, custom_size=True, width=size, height=size)
                encoder.text(part.text)
            case QrCode():
                encoder.set(align="center")
                encoder.qr(part.payload, ec=QR_LEVEL_M, size=QR_MODULE_DOTS, native=True)
            case Raster():
                encoder.set(align="center")
                encoded += [_taken(encoder), _raster(part)]
                continue
        encoder.ln()
        encoded.append(_taken(encoder))
    return b"".join([*encoded, CUT])


def encode_rest(count: int) -> bytes:
    """What goes before a slip when up to `count` bytes of an earlier one never arrived.

    NULs fill up a picture or a code that was broken off, and are nothing to a printer that waits
    for none; then the broken half is cut off. Nothing for 0.
    """
    return b"\0" * count + CUT if count else b""


def _check_text(text: str) -> None:
    if any(ord(letter) < 0x20 for letter in text):
        raise ValueError("a line of text holds no control codes")  # they would be obeyed
    text.encode(CODE_PAGE)


def _encoder() -> Dummy:
    # Here, and not above: it brings Pillow, YAML and bar codes along, for sites with a printer.
    from escpos import capabilities  # type: ignore[import-untyped]  # noqa: PLC0415
    from escpos.printer import Dummy  # noqa: PLC0415

    # It leaves what it has read in a new folder at each start and never looks at it again.
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy()


def _taken(encoder: Dummy) -> bytes:
    encoded: bytes = encoder.output
    encoder.clear()
    return encoded


def _raster(raster: Raster) -> bytes:
    # Ours are the printer's dots already; python-escpos would make a picture of them, turn it
    # grey and black again, and write on the standard output that it knows no paper width.
    height = len(raster.rows) // raster.width_bytes
    size = raster.width_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"\x1dv0\x00" + size + raster.rows
