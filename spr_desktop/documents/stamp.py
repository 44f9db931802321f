"""The visible part of a seal: a small page of its own that is shown in the place that the layout leaves for it."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final

from spr_desktop.documents.canvas import DocumentCanvas
from spr_desktop.documents.lines import broken, texts_forgotten
from spr_desktop.documents.style import ACCENT, INK, PAPER, TextStyle
from spr_desktop.documents.wording import day

_PAD: Final = 12
_WHO: Final = TextStyle(bold=True, colour=ACCENT, leading=15)
_WHAT: Final = TextStyle(colour=INK, leading=15)
_LINES_FOR_THE_SIGNER: Final = 3
_SHOWS: Final = "Shows whether the file was changed since, and by which key it was sealed."


def stamp(signer: str, at: datetime, width: float, height: float) -> bytes:
    """A PDF of one page of the given size, in points, that says who sealed and when. Raises MissingGlyph."""
    with texts_forgotten():
        return _drawn(signer, at, width, height)


def _drawn(signer: str, at: datetime, width: float, height: float) -> bytes:
    target = io.BytesIO()
    canvas = DocumentCanvas(target, pagesize=(width, height))
    canvas.setFillColor(PAPER)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(0.8)
    canvas.rect(0.4, 0.4, width - 0.8, height - 0.8, stroke=1, fill=1)
    column = width - 2 * _PAD
    who = broken(f"Sealed by {signer}", bold=True, size=_WHO.size, column=column)
    when = f"on {day(at)} at {at:%H:%M}"
    lines = [*((_WHO, line) for line in _shortened([each.text for each in who])), (_WHAT, when), (_WHAT, _SHOWS)]
    y = (height + len(lines) * _WHO.leading) / 2 - _WHO.size
    for style, line in lines:
        canvas.write(line, _PAD, y, style.size, style.colour, bold=style.bold)
        y -= style.leading
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _shortened(lines: list[str]) -> list[str]:
    """As many lines as there is room for; the certificate has the whole name."""
    if len(lines) <= _LINES_FOR_THE_SIGNER:
        return lines
    return [*lines[: _LINES_FOR_THE_SIGNER - 1], f"{lines[_LINES_FOR_THE_SIGNER - 1].rstrip()[:-1]}…"]
