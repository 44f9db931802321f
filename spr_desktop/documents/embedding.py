"""Fonts inside a PDF: only the glyphs that the document uses, each with the characters that it stands for."""

from __future__ import annotations

import secrets
from string import ascii_uppercase
from typing import Final

import uharfbuzz
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from spr_desktop.documents.fonts import Face
from spr_desktop.documents.shaping import Glyph

_TABLES_NOT_NEEDED: Final = ("GSUB", "GPOS", "GDEF", "BASE", "cmap", "name", "post", "OS/2", "DSIG", "gasp", "STAT")
_SPACE: Final = 0x20
_SYMBOLIC: Final = 4
_CODES_A_BLOCK: Final = 100
"""How many characters one block of a character map may hold (Adobe technical note 5014)."""


class EmbeddedFont:
    """One font of one document, as a composite font whose codes we hand out ourselves.

    The same shape gets another code where it stands for other characters. ReportLab's own fonts know one character a
    shape, and cannot say what a ligature or a shape without a character of its own stands for.
    """

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        """What content streams call it."""
        self._codes: dict[tuple[int | None, str], int] = {}
        self._printed: dict[tuple[int | None, str], tuple[str, float]] = {}

    def printed(self, glyph: Glyph) -> tuple[str, float]:
        """Four hexadecimal figures that print the glyph, and how far the reader moves on after it.

        The latter is in thousandths of the type size.
        """
        key = (glyph.number, glyph.text)
        known = self._printed.get(key)
        if known is None:
            self._codes[key] = len(self._codes) + 1
            advance = 0.0 if glyph.number is None else self.face.advance(glyph.number)
            known = self._printed[key] = (f"{self._codes[key]:04X}", advance)
        return known

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - ReportLab calls it when the document is written
        """Put the font into the document."""
        data, places = self._subset()
        base_name = PDFName(_base_name())
        file = document.Reference(_stream(data, {"Length1": len(data)}))
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": base_name,
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": document.Reference(_descriptor(base_name, file)),
                "DW": 0,
                "W": PDFArray([1, PDFArray(self._widths())]),
                "CIDToGIDMap": document.Reference(_stream(places)),
            }
        )
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": base_name,
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(self._characters())),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)

    def _subset(self) -> tuple[bytes, bytes]:
        """The font with the used glyphs only, and the place in it of each code's glyph."""
        wanted = uharfbuzz.SubsetInput()
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        for table in _TABLES_NOT_NEEDED:
            wanted.drop_table_tag_set.add(int.from_bytes(table.encode("ascii").ljust(4), "big"))
        numbers = [self._blank if number is None else number for number, _ in self._codes]
        for number in numbers:
            wanted.glyph_set.add(number)
        plan = uharfbuzz.SubsetPlan(self.face.face, wanted)
        place_of = plan.old_to_new_glyph_mapping
        places = b"".join(int(place_of[number]).to_bytes(2, "big") for number in [0, *numbers])
        return bytes(plan.execute().blob.data), places

    @property
    def _blank(self) -> int:
        return int(self.face.font.get_nominal_glyph(_SPACE) or 0)

    def _widths(self) -> list[float]:
        return [0 if number is None else round(self.face.advance(number), 2) for number, _ in self._codes]

    def _characters(self) -> bytes:
        """The character map by which readers get text out of the document."""
        known = [f"<{code:04X}> <{text.encode('utf-16-be').hex()}>" for (_, text), code in self._codes.items()]
        blocks = [known[at : at + _CODES_A_BLOCK] for at in range(0, len(known), _CODES_A_BLOCK)]
        lines = [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
        return "\n".join(lines).encode("ascii")


def _descriptor(base_name: str, file: object) -> PDFDictionary:
    return PDFDictionary(
        {
            "Type": PDFName("FontDescriptor"),
            "FontName": base_name,
            "Flags": _SYMBOLIC,
            "FontBBox": PDFArray([-1000, -500, 2000, 1500]),
            "ItalicAngle": 0,
            "Ascent": 1069,
            "Descent": -293,
            "CapHeight": 714,
            "StemV": 80,
            "FontFile2": file,
        }
    )


def _base_name() -> str:
    """A name for a subset of a font, which begins with six capitals (ISO 32000-2, 9.9.2) and tells nothing of the font.

    Names are not encrypted in a sealed file: that of an Arabic or a Chinese font would tell of the family.
    """
    return f"{''.join(secrets.choice(ascii_uppercase) for _ in range(6))}+Text"


def _stream(content: bytes, entries: dict[str, int] | None = None) -> PDFStream:
    return PDFStream(PDFDictionary(entries or {}), content, [PDFZCompress])
