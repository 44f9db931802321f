"""Pages and what stands on each of them: reference, version, page number and handling line."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from spr_desktop.documents.blocks import Heading, height_of
from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.contents_page import contents_pages
from spr_desktop.documents.lines import prepared, texts_forgotten
from spr_desktop.documents.style import (
    ACCENT,
    FOOT,
    HAIRLINE,
    INNER_HEIGHT,
    MUTED,
    ON_ACCENT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    TEXT_WIDTH,
    TOP,
)

LONG: Final = 6
"""A document of about more pages than these has a list of contents."""
_FILLED: Final = 0.92
"""How much of a page is filled, as a rule."""
BAND_HEIGHT: Final = 74 * mm
SEAL_BOX: Final = (int(SIDE), 86, int(PAGE_WIDTH - SIDE), 176)
"""Left, lower, right and upper edge of the place on the first page where the visible seal goes, in whole points."""

SEAL: Final = "Seal"
"""What the field for it is called."""
_SEAL_DESCRIBED: Final = "Seal: who sealed this file and when"

_FURNITURE_SIZE: Final = 11
_HEADER_LINE: Final = PAGE_HEIGHT - 17 * mm
_FOOTER_LINE: Final = 15 * mm
_SEAL_LABEL_ROOM: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What every page of a document says around its content."""

    title: str
    """The document's title; names nobody."""
    header: str
    footer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverBand:
    """The heading of the first page."""

    kind: str
    reference: str
    subject: str


def build(
    story: Callable[[], list[Flowable]],
    furniture: Furniture,
    band: CoverBand,
    finish: Callable[[DocumentCanvas], None],
    front: Callable[[], Sequence[Flowable]] = tuple,
) -> bytes:
    """Lay out a document; ``finish`` may attach files to it. Raises MissingGlyph.

    ``story`` begins with what stands on the first page, up to a page break. ``front`` is what stands next, on a page of
    its own above the contents where there are any.
    """
    with texts_forgotten():
        opening, blocks = [*front()], story()
        has_contents = bool(opening) + _about(blocks) > LONG
        if has_contents:
            titles = [each.text.strip() for each in (*opening, *blocks) if isinstance(each, Heading)]
            room = INNER_HEIGHT - height_of(opening)
            opening += contents_pages(titles, room)
        document = _Document(furniture, band, finish, has_contents=has_contents)
        document.build([NextPageTemplate("inner"), *_with(opening, blocks)], canvasmaker=DocumentCanvas)
        return document.target.getvalue()


def _about(story: list[Flowable]) -> int:
    """About how many pages a story takes, where some room stays free at their ends for what is kept together."""
    found = 1
    page: list[Flowable] = []
    for each in [*story, PageBreak()]:
        if isinstance(each, PageBreak):
            found += int(height_of(page) // (_FILLED * INNER_HEIGHT)) + 1
            page = []
        else:
            page.append(each)
    return found - 1


def _with(opening: list[Flowable], story: list[Flowable]) -> list[Flowable]:
    """The story with more at the beginning of its second page."""
    second = next((at for at, each in enumerate(story, 1) if isinstance(each, PageBreak)), len(story))
    return [*story[:second], *opening, *story[second:]]


class _Document(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """A document with a first page of its own and any number of inner pages."""

    def __init__(
        self, furniture: Furniture, band: CoverBand, finish: Callable[[DocumentCanvas], None], *, has_contents: bool
    ) -> None:
        self.target = io.BytesIO()
        super().__init__(self.target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), title=furniture.title)
        self.furniture = furniture
        self.band = band
        self.finish = finish
        self.has_contents = has_contents
        first_top = PAGE_HEIGHT - BAND_HEIGHT - 6 * mm
        first_foot = SEAL_BOX[3] + _SEAL_LABEL_ROOM
        self.addPageTemplates(
            [
                PageTemplate("first", _frame(first_foot, first_top), onPage=_draw_first_page),
                PageTemplate("inner", _frame(FOOT, PAGE_HEIGHT - TOP), onPage=_draw_inner_page),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802 - ReportLab's name
        self.canv.name(self.furniture.title)
        if self.has_contents:
            self.canv.showOutline()

    def afterPage(self) -> None:  # noqa: N802 - ReportLab's name
        if self.page == 1:
            self.canv.place_for_signature(SEAL, _SEAL_DESCRIBED, SEAL_BOX)
            self.finish(self.canv)


def _frame(foot: float, top: float) -> Frame:
    return Frame(SIDE, foot, TEXT_WIDTH, top - foot, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _draw_inner_page(canvas: DocumentCanvas, document: _Document) -> None:
    with canvas.for_looks():
        _draw_header(canvas, document, MUTED)
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, _HEADER_LINE - 7, PAGE_WIDTH - SIDE, _HEADER_LINE - 7)
        _draw_footer(canvas, document)


def _draw_first_page(canvas: DocumentCanvas, document: _Document) -> None:
    with canvas.for_looks():
        canvas.setFillColor(ACCENT)
        canvas.rect(0, PAGE_HEIGHT - BAND_HEIGHT, PAGE_WIDTH, BAND_HEIGHT, stroke=0, fill=1)
        _draw_header(canvas, document, ON_ACCENT)
        _draw_footer(canvas, document)
        _draw_place_of_seal(canvas)
    band = document.band
    with canvas.tagged(canvas.structure.block("H1")):
        canvas.write(f"{band.kind} ", SIDE, PAGE_HEIGHT - 41 * mm, 17, ON_ACCENT)
        canvas.write(band.reference, SIDE, PAGE_HEIGHT - 55 * mm, 36, ON_ACCENT, bold=True)
    with canvas.tagged(canvas.structure.block("P")):
        canvas.write(prepared(band.subject), SIDE, PAGE_HEIGHT - 65 * mm, 13, ON_ACCENT)


def _draw_header(canvas: DocumentCanvas, document: _Document, colour: Color) -> None:
    page = canvas.getPageNumber()
    canvas.write(document.furniture.header, SIDE, _HEADER_LINE, _FURNITURE_SIZE, colour)
    canvas.when_finished(
        lambda pages: canvas.write(
            f"Page {page} of {pages}", SIDE, _HEADER_LINE, _FURNITURE_SIZE, colour, right_edge=PAGE_WIDTH - SIDE
        )
    )


def _draw_footer(canvas: DocumentCanvas, document: _Document) -> None:
    canvas.setStrokeColor(HAIRLINE)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, _FOOTER_LINE + 15, PAGE_WIDTH - SIDE, _FOOTER_LINE + 15)
    canvas.write(document.furniture.footer, SIDE, _FOOTER_LINE, _FURNITURE_SIZE, MUTED)


def _draw_place_of_seal(canvas: DocumentCanvas) -> None:
    """An empty frame; the seal itself is drawn over it when the document is sealed."""
    left, lower, right, upper = SEAL_BOX
    canvas.write("Seal", left, upper + 7, _FURNITURE_SIZE, ACCENT, bold=True)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(0.8)
    canvas.rect(left, lower, right - left, upper - lower, stroke=1, fill=0)
