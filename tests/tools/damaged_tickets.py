"""Draws tickets as a bad camera sees them, and counts which of them a reader still reads.

`python -m tests.tools.damaged_tickets` prints the counts for each kind of damage; with
`--pictures FOLDER` it also keeps sheets of the pictures, to be looked at. The same seeds draw the
same pictures; nothing but Qt draws them.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from math import ceil, exp
from pathlib import Path
from statistics import NormalDist

import zxingcpp
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPolygonF, Qt, QTransform

from kiosk.domain.ids import ReservationId
from kiosk.domain.ticket import Ticket, TicketKey, write_ticket
from kiosk.domain.time import Window
from kiosk.ui.images import QUIET_ZONE_MODULES, qr_image

MODULES = 29 + 2 * QUIET_ZONE_MODULES
"""Along one side of a ticket's picture: version 3 and its margin."""
_KEY = TicketKey(1, bytes(range(32)))
_FIRST_START = datetime(2026, 6, 1, tzinfo=UTC)
_SHARP_MODULE_PX = 8
_OVERSAMPLED = 2
_NOISE_ENDS = 3
"""So many sigmas away from its middle the noise is cut off."""
_SCORES = [NormalDist().inv_cdf((step + 0.5) / 256) for step in range(256)]
_GROUND = QColor(110, 110, 110)
"""What lies around the picture: a phone's edge, a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What stands between a ticket and its reader."""

    turned_deg: float = 0.0
    module_px: float = 4.0
    """How many pixels of the camera one module covers."""
    tilted: float = 0.0
    """By which part of its side the far edge looks shorter."""
    blur_modules: float = 0.0
    """Sigma of the lens's blur."""
    smear_modules: float = 0.0
    """How far the hand moves while the shutter is open."""
    contrast: float = 0.8
    """Between dark and light modules, of the camera's whole range."""
    shade: float = 0.0
    """By which part the light falls off from one side to the other."""
    noise: float = 0.0
    """Sigma of each pixel's noise, of the contrast."""


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where a damage goes; anything between is as likely."""

    mild: float
    hard: float


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One kind of damage: how many pictures, and what goes from where to where."""

    name: str
    count: int
    ranges: dict[str, Range]


KINDS = (
    Kind("rotated", 80, {"tilted": Range(0, 0.5)}),
    Kind("blurred", 80, {"blur_modules": Range(0.2, 0.47)}),
    Kind("smeared", 40, {"smear_modules": Range(0.5, 1.6)}),
    Kind("dim", 80, {"contrast": Range(0.4, 0.12), "shade": Range(0, 0.5)}),
    Kind("noisy", 80, {"contrast": Range(0.35, 0.35), "noise": Range(0.05, 0.185)}),
    Kind("small", 40, {"module_px": Range(3, 1.7)}),
    Kind(
        "all at once",
        100,
        {
            "module_px": Range(4, 2.5),
            "tilted": Range(0, 0.1),
            "blur_modules": Range(0.1, 0.38),
            "contrast": Range(0.5, 0.2),
            "shade": Range(0, 0.3),
            "noise": Range(0.02, 0.1),
        },
    ),
)
"""At any angle, too, and every fifth at a right one: 500 pictures, up to where readers give up."""
BEYOND = (
    Kind("more blurred", 20, {"blur_modules": Range(0.5, 0.5)}),
    Kind("more smeared", 20, {"smear_modules": Range(1.75, 1.75)}),
    Kind("dimmer", 20, {"contrast": Range(0.1, 0.1), "shade": Range(0.3, 0.3)}),
    Kind("noisier", 20, {"contrast": Range(0.35, 0.35), "noise": Range(0.23, 0.23)}),
    Kind("smaller", 20, {"module_px": Range(1.4, 1.4)}),
)
"""A step further: most of these are not read."""


class Answer(Enum):
    """What a reader made of a picture."""

    READ = "read"
    NOT_READ = "not read"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Sample:
    """One ticket and what happened to its picture."""

    text: str
    damage: Damage
    seed: str

    def picture(self) -> QImage:
        """The picture in shades of grey; the same one each time."""
        return damaged(self.text, self.damage, random.Random(self.seed))


def samples(kind: Kind) -> Iterator[Sample]:
    """All pictures of one kind, each of another ticket."""
    for number in range(kind.count):
        seed = f"{kind.name} {number}"
        chance = random.Random(seed)
        drawn = {
            name: chance.uniform(between.mild, between.hard)
            for name, between in kind.ranges.items()
        }
        turned = (
            90.0 * (number // 5) if number % 5 == 0 else 45 * (number % 8) + chance.uniform(0, 45)
        )
        yield Sample(_ticket_text(chance), replace(Damage(turned_deg=turned), **drawn), seed)


def _ticket_text(chance: random.Random) -> str:
    start = _FIRST_START + timedelta(minutes=5 * chance.randrange(100_000))
    window = Window(start, start + timedelta(minutes=5 * chance.randrange(1, 500)))
    number = ReservationId(chance.randrange(1_000_000))
    return write_ticket(Ticket(chance.randrange(4096), number, window), _KEY)


def read_again(sample: Sample) -> Answer:
    """What zxing-cpp, which knows nothing of tickets, reads in the picture."""
    qr_alone = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(sample.picture(), formats=qr_alone)
    if not found:
        return Answer.NOT_READ
    return Answer.READ if [each.text for each in found] == [sample.text] else Answer.WRONG


@cache
def counted(kind: Kind) -> Counter[Answer]:
    """How the pictures of a kind were read."""
    return Counter(read_again(sample) for sample in samples(kind))


def damaged(text: str, damage: Damage, chance: random.Random) -> QImage:
    """The product's own picture of a ticket, as the camera has it."""
    image = _seen(qr_image(text, side_px=MODULES * _SHARP_MODULE_PX), damage, chance)
    if damage.blur_modules:
        image = _blurred(image, damage.blur_modules * damage.module_px)
    if damage.smear_modules:
        image = _smeared(image, damage.smear_modules * damage.module_px, chance)
    image = _lit(image, damage, chance)
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def _seen(sharp: QImage, damage: Damage, chance: random.Random) -> QImage:
    """Turned, tilted, and on the grid of the camera's pixels, which is not the code's."""
    half = MODULES * damage.module_px * _OVERSAMPLED / 2
    canvas_px = _OVERSAMPLED * ceil(MODULES * damage.module_px * 1.45)
    canvas = QImage(canvas_px, canvas_px, QImage.Format.Format_RGB32)
    canvas.fill(_GROUND)
    far = half * (1 - damage.tilted)
    corners = QPolygonF(
        [QPointF(-far, -half), QPointF(far, -half), QPointF(half, half), QPointF(-half, half)]
    )
    middle = QTransform()
    middle.translate(canvas_px / 2 + chance.uniform(-2, 2), canvas_px / 2 + chance.uniform(-2, 2))
    middle.rotate(damage.turned_deg)
    onto = QTransform.quadToQuad(QPolygonF(_corners(sharp)), middle.map(corners))
    assert isinstance(onto, QTransform), "a picture is a true quadrilateral"
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(onto)
    painter.drawImage(0, 0, sharp)
    painter.end()
    # Each pixel of the camera gathers the light of all that it covers.
    side_px = canvas_px // _OVERSAMPLED
    return canvas.scaled(side_px, side_px, mode=Qt.TransformationMode.SmoothTransformation)


def _corners(image: QImage) -> list[QPointF]:
    width, height = image.width(), image.height()
    return [QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)]


def _blurred(image: QImage, sigma_px: float) -> QImage:
    """Gauss's blur, first across, then down."""
    reach = ceil(3 * sigma_px)
    steps = range(-reach, reach + 1)
    weights = [exp(-(step**2) / (2 * sigma_px**2)) for step in steps]
    across = _gathered(image, [(QPointF(s, 0), w) for s, w in zip(steps, weights, strict=True)])
    return _gathered(across, [(QPointF(0, s), w) for s, w in zip(steps, weights, strict=True)])


def _smeared(image: QImage, length_px: float, chance: random.Random) -> QImage:
    turn = QTransform().rotate(chance.uniform(0, 180))
    count = 2 * ceil(length_px) + 1
    shifts = [turn.map(QPointF(length_px * (n / (count - 1) - 0.5), 0)) for n in range(count)]
    return _gathered(image, [(shift, 1.0) for shift in shifts])


def _gathered(image: QImage, parts: list[tuple[QPointF, float]]) -> QImage:
    """The mean of shifted copies, each with its weight."""
    result = image.convertToFormat(QImage.Format.Format_RGBX64)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    weighed = 0.0
    for shift, weight in parts:
        weighed += weight
        painter.setOpacity(weight / weighed)
        painter.drawImage(shift, image)
    painter.end()
    return result


def _lit(image: QImage, damage: Damage, chance: random.Random) -> QImage:
    """Less light, unevenly, and the noise of each pixel."""
    contrast, noise = damage.contrast, damage.noise * damage.contrast
    room = 1 - contrast - 2 * _NOISE_ENDS * noise
    assert room >= 0, "the camera's range holds the noise on both sides"
    dark = chance.uniform(0, room)
    lit = QImage(image.size(), QImage.Format.Format_RGB32)
    lit.fill(QColor.fromRgbF(*[dark / (1 - contrast)] * 3))
    painter = QPainter(lit)
    painter.setOpacity(contrast)
    painter.drawImage(0, 0, image)
    painter.setOpacity(1)
    if damage.shade:
        across = QTransform().rotate(chance.uniform(0, 360)).map(QPointF(image.width() / 2, 0))
        middle = QPointF(image.width() / 2, image.height() / 2)
        light = QLinearGradient(middle - across, middle + across)
        light.setColorAt(0, QColor("white"))
        light.setColorAt(1, QColor.fromRgbF(*[1 - damage.shade] * 3))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(lit.rect(), light)
    if noise:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        painter.drawImage(0, 0, _noise(image, noise, chance))
    painter.end()
    return lit


def _noise(image: QImage, sigma: float, chance: random.Random) -> QImage:
    """Grey around _NOISE_ENDS sigmas, each pixel for itself, as Gauss has it."""
    levels = bytes(
        round(255 * sigma * (_NOISE_ENDS + max(-_NOISE_ENDS, min(_NOISE_ENDS, score))))
        for score in _SCORES
    )
    line = -(-image.width() // 4) * 4
    grains = chance.randbytes(line * image.height()).translate(levels)
    return QImage(
        grains, image.width(), image.height(), line, QImage.Format.Format_Grayscale8
    ).copy()


def sheet(kind: Kind, *, columns: int = 10) -> QImage:
    """All pictures of a kind, the mildest first, framed red where they were not read."""
    side_px = 150
    shown = list(samples(kind))
    rows = ceil(len(shown) / columns)
    page = QImage(columns * side_px, rows * side_px, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    for place, sample in enumerate(shown):
        spot = QRectF(
            place % columns * side_px + 3, place // columns * side_px + 3, side_px - 6, side_px - 6
        )
        if read_again(sample) is not Answer.READ:
            painter.fillRect(spot.adjusted(-3, -3, 3, 3), QColor("red"))
        painter.drawImage(spot, sample.picture())
    painter.end()
    return page


def main() -> None:
    """Print the counts; with --pictures keep the sheets."""
    parser = argparse.ArgumentParser(description="Count which damaged tickets are read.")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="keep sheets of them here")
    folder: Path | None = parser.parse_args().pictures
    print(f"{'damage':14}{'pictures':>9}" + "".join(f"{each.value:>9}" for each in Answer))
    for kind in KINDS:
        _print_row(kind.name, counted(kind))
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            sheet(kind).save(str(folder / f"{kind.name.replace(' ', '-')}.png"))
    _print_row("all", sum(map(counted, KINDS), Counter()))
    print("a step further")
    for kind in BEYOND:
        _print_row(kind.name, counted(kind))


def _print_row(name: str, counts: Counter[Answer]) -> None:
    print(f"{name:14}{counts.total():9}" + "".join(f"{counts[each]:9}" for each in Answer))


if __name__ == "__main__":
    main()
