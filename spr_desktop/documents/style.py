"""The look of documents: every text is 11 points or larger, every pair of colours has a contrast of 4.5 : 1 or more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE: Final = 21 * mm
TOP: Final = 27 * mm
FOOT: Final = 25 * mm
INNER_HEIGHT: Final = PAGE_HEIGHT - TOP - FOOT
"""What a page has for its content, but the first one."""
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * SIDE

INK: Final = HexColor("#1b2326")
MUTED: Final = HexColor("#4a585d")
ACCENT: Final = HexColor("#1a5263")
PAPER: Final = HexColor("#ffffff")
ON_ACCENT: Final = HexColor("#ffffff")
TINT: Final = HexColor("#eaf2f4")
HAIRLINE: Final = HexColor("#c3cfd3")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a block of text looks; lengths are points."""

    size: float = 11
    leading: float = 15.5
    bold: bool = False
    role: str = "P"
    """What it is for assistive technology."""
    colour: Color = INK
    before: float = 0
    after: float = 4
    indent: float = 0
    fill: Color | None = None
    """Colour behind the block; blocks with a fill that follow each other form one panel with a bar at its left."""
    pad_top: float = 0
    pad_bottom: float = 0


BODY: Final = TextStyle(after=6)
LABEL: Final = TextStyle(colour=MUTED)
VALUE: Final = TextStyle()
TABLE_HEADING: Final = TextStyle(bold=True, colour=ACCENT)
ITEM: Final = TextStyle(role="H3", size=12, leading=16.5, bold=True, before=12, after=0)
ITEM_ORIGIN: Final = TextStyle(colour=MUTED, after=1)
"""Under the title of an item: its day, and who wrote it down."""
ASKED: Final = TextStyle(colour=MUTED, before=5, after=0)
ANSWERED: Final = TextStyle(after=3)
OVERLINE: Final = TextStyle(role="H2", bold=True, colour=ACCENT, after=1)
HEADING: Final = TextStyle(role="H2", size=20, leading=26, bold=True, colour=ACCENT, after=9)
SECTION: Final = TextStyle(role="H2", size=15, leading=20, bold=True, colour=ACCENT, before=16, after=6)
PAPER_TITLE: Final = replace(HEADING, role="H1")
"""The title of a paper that has no cover."""
SUBSECTION: Final = TextStyle(role="H3", size=12, leading=16.5, bold=True, before=11, after=4)
CONTENTS: Final = TextStyle(size=12)
PAPER_SECTION: Final = replace(SUBSECTION, role="H2")
"""Right under such a title: no level of headings is left out."""
BULLET: Final = TextStyle(after=3)

PANEL_PAD: Final = 12
PANEL_HEADING: Final = TextStyle(
    role="H3", size=12, leading=16.5, bold=True, colour=ACCENT, after=0, fill=TINT, pad_top=9, pad_bottom=3
)
COVER_PANEL_HEADING: Final = replace(PANEL_HEADING, role="H2")
"""On the first page, right under its title: no level of headings is left out."""
PANEL_TEXT: Final = TextStyle(after=0, fill=TINT, pad_bottom=3)
PANEL_STRONG: Final = TextStyle(bold=True, after=0, fill=TINT, pad_top=3, pad_bottom=3)
PANEL_END: Final = TextStyle(leading=6, after=0, fill=TINT)
