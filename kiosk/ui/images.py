"""Pictures for QML: QR codes drawn by Qt and tinted signs; what a text means, others know."""

from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QImage, QPainter, Qt
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

QUIET_ZONE_MODULES = 4
_DEFAULT_PX = 512


def qr_modules(text: str) -> list[list[bool]]:
    """The dark modules of the code, row by row, without margin; level M, smallest version."""
    import qrcode  # noqa: PLC0415 - the first frame shows no code and must not wait for it

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(cell) for cell in row] for row in code.get_matrix()]


def qr_image(text: str, *, side_px: int) -> QImage:
    """Dark on light, whole modules, four modules of margin, never larger than side_px.

    A side too small for one pixel a module gives one pixel a module: a code is never cropped.
    """
    modules = qr_modules(text)
    with_margin = len(modules) + 2 * QUIET_ZONE_MODULES
    module_px = max(1, side_px // with_margin)
    image = QImage(with_margin * module_px, with_margin * module_px, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for row, cells in enumerate(modules):
        for column, dark in enumerate(cells):
            if dark:
                left = (column + QUIET_ZONE_MODULES) * module_px
                top = (row + QUIET_ZONE_MODULES) * module_px
                painter.fillRect(left, top, module_px, module_px, Qt.GlobalColor.black)
    painter.end()
    return image


class QrPictures(QQuickImageProvider):
    """`image://qr/<percent-encoded text>`; the source size in QML is the largest side."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002
        side_px = requestedSize.width() if requestedSize.width() > 0 else _DEFAULT_PX
        image = qr_image(unquote(id), side_px=side_px)
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image


class SignPictures(QQuickImageProvider):
    """`image://sign/<name>/<rrggbb>`: one sign of resources/icons in one colour, cached by Qt."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002
        name, _, colour = id.partition("/")
        drawing = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        tinted = drawing.replace("#000000", QColor(f"#{colour}").name())
        renderer = QSvgRenderer(QByteArray(tinted.encode()))
        target = renderer.defaultSize()
        if requestedSize.width() > 0 and requestedSize.height() > 0:
            target.scale(requestedSize, Qt.AspectRatioMode.KeepAspectRatio)
        image = QImage(target, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        size.setWidth(image.width())
        size.setHeight(image.height())
        return image
