"""The words of a receipt as ESC/POS bytes; port and printer are left to printer.py.

Source: Epson's ESC/POS command reference. Text is code page 437; whatever that page has no letter
for comes as a picture that somebody else has painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INIT: Final = b"\x1b@\x1bt\x00"
"""Back to defaults, then code page 437."""
STATUS_QUERY: Final = b"\x10\x04\x01"
PAPER_QUERY: Final = b"\x10\x04\x04"
FEED_AND_CUT: Final = b"\x1dV\x42\x00"
QR_MODULE_DOTS: Final = 6
QR_MAX_BYTES: Final = 700
"""More does not fit on 80 mm paper at this size of dot."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text in code page 437; encode_slip refuses other letters with ValueError."""

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
        _encode_text(text)
    except ValueError:
        return False
    return True


def encode_slip(slip: Slip) -> bytes:
    """All bytes for one paper, from the reset to the cut."""
    return INIT + b"".join(_encode_part(part) for part in slip) + FEED_AND_CUT


def _encode_part(part: TextLine | QrCode | Raster) -> bytes:
    match part:
        case TextLine():
            align = b"\x1ba\x01" if part.is_centred else b"\x1ba\x00"
            size = b"\x1d!\x11" if part.is_large else b"\x1d!\x00"
            return align + size + _encode_text(part.text) + b"\n"
        case QrCode():
            return b"\x1ba\x01" + _encode_qr(part.payload.encode("ascii")) + b"\n"
        case Raster():
            return b"\x1ba\x01" + _encode_raster(part)


def _encode_text(text: str) -> bytes:
    if any(ord(letter) < 0x20 for letter in text):
        raise ValueError("a line of text holds no control codes")  # they would be obeyed
    return text.encode("cp437")


def _encode_qr(payload: bytes) -> bytes:
    if not 1 <= len(payload) <= QR_MAX_BYTES:
        raise ValueError(f"a printed QR code holds 1 to {QR_MAX_BYTES} bytes")
    return b"".join(
        (
            _qr_function(b"A2\x00"),  # model 2
            _qr_function(b"C" + bytes((QR_MODULE_DOTS,))),
            _qr_function(b"E1"),  # error correction M: paper gets wet and folded
            _qr_function(b"P0" + payload),
            _qr_function(b"Q0"),
        )
    )


def _qr_function(content: bytes) -> bytes:
    body = b"1" + content
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body


def _encode_raster(raster: Raster) -> bytes:
    if raster.width_bytes < 1 or len(raster.rows) % raster.width_bytes:
        raise ValueError("a raster has whole rows")
    height = len(raster.rows) // raster.width_bytes
    size = raster.width_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"\x1dv0\x00" + size + raster.rows
