"""Pages about the vault itself, without a cover or a seal: a heading, and on every page what it is and its number."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import texts_forgotten
from spr_desktop.documents.style import FOOT, HAIRLINE, MUTED, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TEXT_WIDTH, TOP

_SIZE: Final = 11
_HEADER_LINE: Final = PAGE_HEIGHT - 17 * mm
_FOOTER_LINE: Final = 15 * mm


def plain_pages(title: str, footer: str, story: Callable[[], list[Flowable]]) -> bytes:
    """Lay out a document of as many pages as it needs; title and footer name nobody. Raises MissingGlyph."""
    with texts_forgotten():
        document = _Document(title, footer)
        document.build(story(), canvasmaker=DocumentCanvas)
        return document.target.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    def __init__(self, title: str, footer: str) -> None:
        self.target = io.BytesIO()
        super().__init__(self.target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), title=title)
        self.name = title
        self.footer = footer
        frame = Frame(
            SIDE, FOOT, TEXT_WIDTH, PAGE_HEIGHT - TOP - FOOT, leftPadding=0, rightPadding=0, topPadding=0,
            bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates([PageTemplate("every", frame, onPage=_draw)])

    def beforeDocument(self) -> None:  # noqa: N802 - ReportLab's name
        self.canv.name(self.name)


def _draw(canvas: DocumentCanvas, document: _Document) -> None:
    page = canvas.getPageNumber()
    with canvas.for_looks():
        canvas.write(document.name, SIDE, _HEADER_LINE, _SIZE, MUTED)
        canvas.when_finished(
            lambda pages: canvas.write(
                f"Page {page} of {pages}", SIDE, _HEADER_LINE, _SIZE, MUTED, right_edge=PAGE_WIDTH - SIDE
            )
        )
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.5)
        for y in (_HEADER_LINE - 7, _FOOTER_LINE + 15):
            canvas.line(SIDE, y, PAGE_WIDTH - SIDE, y)
        canvas.write(document.footer, SIDE, _FOOTER_LINE, _SIZE, MUTED)
