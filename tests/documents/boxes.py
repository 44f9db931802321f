"""Where every character of a file stands, for tests of pages."""

from __future__ import annotations

import pypdfium2  # type: ignore[import-untyped]


def boxes(pdf: bytes) -> list[tuple[int, str, float, float, float, float]]:
    """Page number, character and left, lower, right and upper edge of every character that leaves ink."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            character = chr(pypdfium2.raw.FPDFText_GetUnicode(text, at))
            if not character.isspace() and character.isprintable():
                found.append((number, character, *text.get_charbox(at)))
        text.close()
        page.close()
    document.close()
    return found
