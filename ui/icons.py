"""Icons: one line-drawn set (Heroicons, outline), in the colours of the program."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZE = 24
_SHARPNESS = 2
"""Drawn so many times larger, for screens with a fine raster."""


@cache
def _drawing(name: str) -> str:
    with (files("heroicons") / "heroicons.zip").open("rb") as packed, ZipFile(packed) as drawings:
        return drawings.read(f"outline/{name}.svg").decode()


def icon(name: str, colour: str) -> QIcon:
    """A drawing of the set in one colour."""
    drawn = QSvgRenderer(QByteArray(_drawing(name).replace("#0F172A", colour).replace("currentColor", colour).encode()))
    picture = QPixmap(_SIZE * _SHARPNESS, _SIZE * _SHARPNESS)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawn.render(painter, QRectF(0, 0, _SIZE * _SHARPNESS, _SIZE * _SHARPNESS))
    painter.end()
    picture.setDevicePixelRatio(_SHARPNESS)
    return QIcon(picture)
