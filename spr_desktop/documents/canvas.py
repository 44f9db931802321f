"""The paper that documents are drawn on: ReportLab's canvas, with text that any reader can get out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import IO, Any, Final

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfgen.canvas import Canvas

from spr_desktop.documents.embedding import EmbeddedFont
from spr_desktop.documents.fonts import Face
from spr_desktop.documents.shaping import Run, runs
from spr_desktop.documents.tagging import Annotation, Element, Structure, page_name

LANGUAGE: Final = "en-GB"
_PRINTED: Final = 4
_PRINTED_AND_LOCKED: Final = 4 + 128

rl_config.useA85 = 0  # pages as binary streams, not as text a quarter longer


class DocumentCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas whose every font is embedded.

    Text comes as shaped runs, never as markup, so that nothing that was typed into a record is ever read as a
    command: not as a picture, a link or a colour (security.md, finding 13).
    """

    def __init__(self, target: IO[bytes], **options: Any) -> None:
        self._embedded: dict[Face, EmbeddedFont] = {}
        self._title = ""
        self._element: Element | None = None
        self._beginning = ""
        self._waiting: list[tuple[int, str, Callable[[int], None]]] = []
        self.structure = Structure()
        self.sections: list[tuple[str, int]] = []
        """The titles of the sections and the pages on which they begin, as far as they are drawn."""
        super().__init__(target, **options | {"lang": LANGUAGE, "pageCompression": 1})
        self.setViewerPreference("DisplayDocTitle", "true")

    def _make_preamble(self) -> None:
        # ReportLab begins each page with a font that it does not embed, whether or not it is used.
        self._preamble = "1 0 0 1 0 0 cm"

    def name(self, title: str) -> None:
        """Set the title; nothing else that says who or what goes into the document's information."""
        self._title = title
        self.setTitle(title)
        self.setAuthor("")
        self.setSubject("")
        self.setCreator("SPR Desktop")

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn meanwhile belongs to an element of the document's structure."""
        before = self._element
        self._open(element)
        yield
        self._close()
        if before is not None:
            self._open(before)

    def _open(self, element: Element) -> None:
        if self._element is not None:
            self._close()
        self._element = element
        number = self.structure.piece(element, self.getPageNumber())
        self._beginning = f"/{element.role} <</MCID {number}>> BDC"
        self.addLiteral(self._beginning)

    def _close(self) -> None:
        assert self._element is not None
        if self._code[-1] == self._beginning:  # nothing was drawn
            self._code.pop()
            self.structure.drop_piece(self._element, self.getPageNumber())
        else:
            self.addLiteral("EMC")
        self._element = None

    def picture(self, alternative: str, left: float, lower: float, width: float, height: float) -> Element:
        """The element of a picture that is drawn there; ``alternative`` says in words what it shows."""
        (x, y), (right, upper) = self.absolutePosition(left, lower), self.absolutePosition(left + width, lower + height)
        return self.structure.block("Figure", alternative, (x, y, right, upper))

    @contextmanager
    def for_looks(self) -> Iterator[None]:
        """What is drawn meanwhile says nothing: a line, a ground, what every page repeats."""
        self.addLiteral("/Artifact BMC")
        yield
        self.addLiteral("EMC")

    def begin_section(self, title: str, top: float) -> None:
        """Here begins what the outline and the list of contents lead to by a title that names nobody."""
        key = _section_key(len(self.sections))
        self.sections.append((title, self.getPageNumber()))
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key)

    def lead_to_section(self, number: int, element: Element, width: float, height: float) -> None:
        """Make what is drawn from here on, so wide and high, lead to a section, counted from 0."""
        (left, lower), (right, upper) = self.absolutePosition(0, 0), self.absolutePosition(width, height)
        entries = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([left, lower, right, upper]),
                "Border": PDFArray([0, 0, 0]),
                "F": _PRINTED,
                "Dest": self._bookmarkReference(_section_key(number)),
            }
        )
        self._addAnnotation(entries)
        self.structure.annotate(element, Annotation(self.getPageNumber(), self._annotationrefs[-1].name, entries))

        def say(_pages: int) -> None:
            title, page = self.sections[number]
            entries["Contents"] = PDFString(f"{title}, page {page}")

        self.when_finished(say)

    def save(self) -> None:
        """Finish the file, with its structure."""
        if self._code:
            self.showPage()
        self._draw_what_waits()
        if not self.structure.is_empty:
            self.structure.write(self._doc, self._title, LANGUAGE)
        super().save()

    def when_finished(self, draw: Callable[[int], None]) -> None:
        """Draw here, but not before every page is drawn: ``draw`` gets the number of pages.

        So a page can say how many there are, or on which one something stands, and is laid out only once. It belongs to
        whatever is being tagged now.
        """
        mark = f"% drawn last: {len(self._waiting)}."
        self._waiting.append((self.getPageNumber(), mark, draw))
        self.addLiteral(mark)

    def _draw_what_waits(self) -> None:
        pages = self.getPageNumber() - 1
        for number, mark, draw in self._waiting:
            draw(pages)
            page = self._doc.idToObject[page_name(number)]
            page.stream = page.stream.replace(mark, "\n".join(["q", *self._code, "Q"]), 1)
            self._code.clear()

    def place_for_signature(self, name: str, described: str, box: tuple[int, int, int, int]) -> None:
        """An empty field on this page that a signature goes into, with its place in the structure."""
        page = self.getPageNumber()
        left, lower, right, upper = box
        entries = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Widget"),
                "FT": PDFName("Sig"),
                "T": PDFString(name),
                "TU": PDFString(described),
                "F": _PRINTED_AND_LOCKED,
                "Rect": PDFArray([left, lower, right, upper]),
                "P": PDFObjectReference(page_name(page)),
            }
        )
        field = self._doc.Reference(entries, name)
        self._annotationrefs.append(field)
        self._doc.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([field])})
        self.structure.annotate(self.structure.block("Form"), Annotation(page, name, entries))

    def write(
        self,
        line: str,
        x: float,
        y: float,
        size: float,
        colour: Color,
        *,
        bold: bool = False,
        right_to_left: bool = False,
        right_edge: float | None = None,
    ) -> None:
        """Print a line from ``x`` on, or up to ``right_edge`` where one is given; ``y`` is the base line.

        Lengths are points. ``right_to_left`` is the direction of the line's paragraph. Raises MissingGlyph.
        """
        drawn = runs(line, bold=bold, right_to_left=right_to_left)
        if right_edge is not None:
            x = right_edge - sum(run.width for run in drawn) * size / 1000
        if self._element is not None and any(run.right_to_left for run in drawn):
            # Readers that turn such text around go by where it stands; those that speak go by the structure.
            span = self._element.within("Span")
            span.spoken = f"{line.rstrip()} "
            with self.tagged(span):
                self._print_all(drawn, x, y, size, colour)
        else:
            self._print_all(drawn, x, y, size, colour)

    def _print_all(self, drawn: Sequence[Run], x: float, y: float, size: float, colour: Color) -> None:
        self.addLiteral(_fill(colour))
        for run in drawn:
            self._print(run, x, y, size)
            x += run.width * size / 1000

    def _print(self, run: Run, x: float, y: float, size: float) -> None:
        font = self._font(run.face)
        printed = f"BT /{font.name} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {_strokes(font, run, size)} ET"
        if not run.is_plain:
            printed = f"/Span <</ActualText <FEFF{run.text.encode('utf-16-be').hex()}>>> BDC {printed} EMC"
        self.addLiteral(printed)

    def attach(self, file_name: str, content: bytes, mime_type: str, description: str) -> None:
        """Put a file into the document as data that belongs to it (ISO 32000-2, 14.13)."""
        document = self._doc
        embedded = PDFStream(
            PDFDictionary(
                {
                    "Type": PDFName("EmbeddedFile"),
                    "Subtype": f"/{mime_type.replace('/', '#2F')}",  # PDFName would escape the escape
                    "Params": PDFDictionary({"Size": len(content)}),
                }
            ),
            content,
            [PDFZCompress],
        )
        reference = document.Reference(embedded)
        specification = PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(file_name),
                "UF": PDFString(file_name),
                "Desc": PDFString(description),
                "AFRelationship": PDFName("Data"),
                "EF": PDFDictionary({"F": reference, "UF": reference}),
            }
        )
        known = document.Reference(specification)
        catalogue = document.Catalog
        catalogue.Names = PDFDictionary(
            {"EmbeddedFiles": PDFDictionary({"Names": PDFArray([PDFString(file_name), known])})}
        )
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "AF"]
        catalogue.AF = PDFArray([known])

    def _font(self, face: Face) -> EmbeddedFont:
        if face not in self._embedded:
            self._embedded[face] = EmbeddedFont(face, f"P{len(self._embedded) + 1}")
            self._doc.delayedFonts.append(self._embedded[face])
        return self._embedded[face]


@cache
def _fill(colour: Color) -> str:
    return f"{colour.red:.6g} {colour.green:.6g} {colour.blue:.6g} rg"


def _section_key(number: int) -> str:
    return f"section{number}"


def _strokes(font: EmbeddedFont, run: Run, size: float) -> str:
    """The operators that print a run's glyphs, each at its place."""
    parts: list[str] = []
    codes: list[str] = []
    at = raised = 0.0
    printed = font.printed
    for glyph in run.glyphs:
        code, advance = printed(glyph)
        if glyph.y != raised:
            parts += [_shown(codes), f"{glyph.y * size / 1000:.2f} Ts"]
            codes, raised = [], glyph.y
        if abs(glyph.x - at) >= 0.5:
            codes.append(f"> {at - glyph.x:.0f} <" if codes else f"{at - glyph.x:.0f} <")
            at -= round(at - glyph.x)
        elif not codes:
            codes.append("<")
        codes.append(code)
        at += advance
    parts.append(_shown(codes))
    if raised:
        parts.append("0 Ts")
    return " ".join(part for part in parts if part)


def _shown(codes: list[str]) -> str:
    return f"[{''.join(codes)}>] TJ" if codes else ""
