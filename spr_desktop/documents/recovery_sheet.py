"""The recovery sheet: one page with the recovery key of a vault, to be printed and locked away. It names nobody."""

from __future__ import annotations

import io
from typing import Final

import segno
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Frame, Spacer

from spr_desktop.documents.blocks import Lines
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import texts_forgotten
from spr_desktop.documents.style import (
    BODY,
    BULLET,
    INK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PAPER_SECTION,
    PAPER_TITLE,
    SIDE,
    TEXT_WIDTH,
    TINT,
    TextStyle,
)

TITLE: Final = "Recovery key"

_KEY: Final = TextStyle(size=21, leading=33, bold=True, colour=INK, after=0, fill=TINT)
_KEY_EDGE: Final = TextStyle(leading=6, after=0, fill=TINT)
_GROUPS_A_LINE: Final = 3
_CODE_SIZE: Final = 46 * mm
_CODE_TOLD: Final = "The same key as a code for a camera"
_BULLET: Final = "•"

_WHAT: Final = (
    "This key opens a vault of SPR Desktop when its passphrase is forgotten. There is no other way back. Whoever has "
    "this sheet and the vault can read everything in it."
)
_KEEP: Final = (
    "Lock it away, not in the bag with the computer and not at the same address.",
    "Do not photograph it, scan it, email it or store it on a computer. Delete the file that it was printed from.",
    "If it is lost or somebody else saw it, make a new one: open the vault, then Settings, Recovery sheet.",
)
_USE: Final = (
    "Start SPR Desktop, open the vault, and choose the recovery key instead of the passphrase. On a terminal: "
    "spr-desktop recover, and the folder of the vault.",
    "Type the key, in capitals or not, with or without spaces and hyphens. 0 is always the figure nought, and 1 the "
    "figure one. The last two characters find typing mistakes.",
    "Choose a new passphrase. The old one no longer opens the vault; this sheet still does, so put it back.",
)


def recovery_sheet(key: str) -> bytes:
    """The sheet for a recovery key, which comes in groups with hyphens or spaces between them, as a PDF of one page."""
    target = io.BytesIO()
    canvas = DocumentCanvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT))
    canvas.name(TITLE)
    frame = Frame(
        SIDE, 20 * mm, TEXT_WIDTH, PAGE_HEIGHT - 44 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
    )
    left_over = _story(key)
    with texts_forgotten():
        frame.addFromList(left_over, canvas)
    assert not left_over, "the recovery sheet is longer than a page"
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _story(key: str) -> list[Flowable]:
    groups = key.replace("-", " ").split()
    rows = ["  ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    return [
        Lines(TITLE, PAPER_TITLE),
        Lines(_WHAT, BODY),
        Spacer(0, 8),
        Lines("", _KEY_EDGE),
        *(Lines(row, _KEY) for row in rows),
        Lines("", _KEY_EDGE),
        Spacer(0, 14),
        _Code(key),
        Lines("Keep it", PAPER_SECTION),
        *(Lines(text, BULLET, bullet=_BULLET) for text in _KEEP),
        Lines("Use it", PAPER_SECTION),
        *(Lines(text, BULLET, bullet=f"{number}.") for number, text in enumerate(_USE, 1)),
    ]


class _Code(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The key once more, for a camera."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._squares = [list(row) for row in segno.make_qr(key, error="m").matrix_iter(border=0)]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:  # noqa: ARG002 - ReportLab's
        return available_width, _CODE_SIZE

    def draw(self) -> None:
        side = _CODE_SIZE / len(self._squares)
        with self.canv.tagged(self.canv.picture(_CODE_TOLD, 0, 0, _CODE_SIZE, _CODE_SIZE)):
            self.canv.setFillColor(INK)
            for row, squares in enumerate(self._squares):
                for column, is_dark in enumerate(squares):
                    if is_dark:
                        self.canv.rect(column * side, _CODE_SIZE - (row + 1) * side, side, side, stroke=0, fill=1)
