"""The structure of a document for assistive technology: what is a heading, a list, a table, and in which order.

ReportLab has no tags of its own. Blocks say what they are while they are drawn (``DocumentCanvas.tagged``); what is
drawn for looks only is marked as that. The tree is written into the file at the end (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)

_ROOT: Final = "StructureRoot"
_PARENTS: Final = "StructureParents"
_HEADING_OF_ROW: Final = "/O /Table /Scope /Row"
_HEADING_OF_COLUMN: Final = "/O /Table /Scope /Column"
_NUMBERED: Final = "/O /List /ListNumbering /Decimal"
_WITH_BULLETS: Final = "/O /List /ListNumbering /Disc"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A field or a link on a page, which belongs to an element like what is drawn."""

    page: int
    name: str
    """By which it is referred to in the file."""
    entries: PDFDictionary


@dataclass(slots=True, eq=False)
class Element:
    """A part of the document: a paragraph, a heading, a row."""

    role: str
    """As PDF names it: ``P``, ``H1``, ``L``, ``TD``."""
    parent: Element | None = None
    alternative: str = ""
    """What a picture shows, in words."""
    spoken: str = ""
    """What is read out for it, where its shapes stand in another order than they are read in."""
    attributes: str = ""
    """What else is to be known of it, as it stands in the file (ISO 32000-1, 14.8.5)."""
    parts: list[Element | Annotation | tuple[int, int]] = field(default_factory=list)
    """What it consists of, in order: other elements, annotations, and pieces of pages by page and number there."""
    number: int = 0

    def within(self, role: str) -> Element:
        """A new element at the end of this one."""
        made = Element(role, self)
        self.parts.append(made)
        return made

    @property
    def name(self) -> str:
        """By which it is referred to in the file."""
        return f"Structure{self.number}"


class Structure:
    """The tree, as it grows while pages are drawn."""

    def __init__(self) -> None:
        self._document = Element("Document")
        self._on_pages: dict[int, list[Element]] = {}
        self._annotations: list[tuple[Annotation, Element]] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing was tagged: a picture of its own, as the seal is, has no structure."""
        return not self._on_pages

    def block(self, role: str, alternative: str = "", box: tuple[float, float, float, float] | None = None) -> Element:
        """The next block of the document; a picture says in words what it shows, and where on its page it stands.

        ``box`` has its left, lower, right and upper edge, in points.
        """
        made = self._document.within(role)
        made.alternative = alternative
        if box:
            made.attributes = f"/O /Layout /BBox [{' '.join(f'{each:.2f}' for each in box)}]"
        return made

    def item(self, sign: str) -> tuple[Element, Element]:
        """The next item of a list, its sign and its text; it joins the list that was drawn just before."""
        numbering = _NUMBERED if sign[0].isdecimal() else _WITH_BULLETS
        around = self._last("L", numbering)
        around.attributes = numbering
        entry = around.within("LI")
        return entry.within("Lbl"), entry.within("LBody")

    def row(self) -> tuple[Element, Element]:
        """The next row of a table with a heading of its own, and its cell; it joins the table drawn just before."""
        entry = self._last("Table").within("TR")
        heading = entry.within("TH")
        heading.attributes = _HEADING_OF_ROW
        return heading, entry.within("TD")

    def cells(self, table: Element, number: int, *, are_headings: bool = False) -> list[Element]:
        """The cells of the next row of a table with headings over its columns."""
        entry = table.within("TR")
        made = [entry.within("TH" if are_headings else "TD") for _ in range(number)]
        for each in made if are_headings else ():
            each.attributes = _HEADING_OF_COLUMN
        return made

    def entry(self) -> Element:
        """The link of the next entry of a list of contents; it joins the list drawn just before."""
        return self._last("TOC").within("TOCI").within("Reference").within("Link")

    def _last(self, role: str, attributes: str = "") -> Element:
        last = self._document.parts[-1] if self._document.parts else None
        is_of_it = isinstance(last, Element) and (last.role, last.attributes) == (role, attributes)
        return last if isinstance(last, Element) and is_of_it else self.block(role)

    def piece(self, element: Element, page: int) -> int:
        """Note that a piece of a page belongs to an element; returns the number of the piece on its page."""
        on_page = self._on_pages.setdefault(page, [])
        on_page.append(element)
        element.parts.append((page, len(on_page) - 1))
        return len(on_page) - 1

    def drop_piece(self, element: Element, page: int) -> None:
        """Forget the last piece of a page, on which nothing was drawn."""
        self._on_pages[page].pop()
        element.parts.remove((page, len(self._on_pages[page])))

    def annotate(self, element: Element, annotation: Annotation) -> None:
        """Note that an annotation belongs to an element."""
        element.parts.append(annotation)
        self._annotations.append((annotation, element))

    def write(self, document: Any, title: str, language: str) -> None:
        """Write the tree into a document whose pages are all drawn."""
        elements = list(_all_of(self._document))
        for number, each in enumerate(elements):
            each.number = number
        for each in elements:
            document.Reference(_Written(each), each.name)
        pages = sorted(self._on_pages)
        for at, page in enumerate(pages):
            kept = document.idToObject[page_name(page)]
            kept.__NoDefault__ = [*kept.__NoDefault__, "StructParents", "Tabs"]
            kept.StructParents, kept.Tabs = at, PDFName("S")
        numbers: list[Any] = []
        for at, page in enumerate(pages):
            numbers += [at, PDFArray([PDFObjectReference(each.name) for each in self._on_pages[page]])]
        for at, (annotation, element) in enumerate(self._annotations, len(pages)):
            annotation.entries.dict["StructParent"] = at
            numbers += [at, PDFObjectReference(element.name)]
        parents = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}), _PARENTS)
        catalogue = document.Catalog
        root = PDFDictionary(
            {
                "Type": PDFName("StructTreeRoot"),
                "K": PDFArray([PDFObjectReference(self._document.name)]),
                "ParentTree": parents,
                "ParentTreeNextKey": len(numbers) // 2,
            }
        )
        catalogue.StructTreeRoot = document.Reference(root, _ROOT)
        catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
        catalogue.Metadata = _metadata(title, language)


def _all_of(element: Element) -> list[Element]:
    found, waiting = [], [element]
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += [part for part in reversed(each.parts) if isinstance(part, Element)]
    return found


class _Written(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An element as it stands in the file. A pack has hundreds, and dictionaries of ReportLab's would take as long to
    write as all its pages.
    """

    def __init__(self, element: Element) -> None:
        self._element = element

    def format(self, document: Any) -> bytes:
        """Called by ReportLab when it writes the file, with everything referred to known by its number."""
        element = self._element
        parent = element.parent.name if element.parent else _ROOT
        parts = " ".join(_part(each, document) for each in element.parts)
        more = f" /Alt {_text(element.alternative, document)}" if element.alternative else ""
        more += f" /ActualText {_text(element.spoken, document)}" if element.spoken else ""
        more += f" /A <<{element.attributes}>>" if element.attributes else ""
        return f"<< /Type /StructElem /S /{element.role} /P {_to(parent, document)} /K [ {parts} ]{more} >>".encode(
            "latin-1"
        )


def _to(name: str, document: Any) -> str:
    number, version = document.idToObjectNumberAndVersion[name]
    return f"{number} {version} R"


def _text(text: str, document: Any) -> str:
    return str(PDFString(text).format(document).decode("latin-1"))


def _part(part: Element | Annotation | tuple[int, int], document: Any) -> str:
    if isinstance(part, Element):
        return _to(part.name, document)
    if isinstance(part, Annotation):
        return f"<< /Type /OBJR /Pg {_to(page_name(part.page), document)} /Obj {_to(part.name, document)} >>"
    page, number = part
    return f"<< /Type /MCR /Pg {_to(page_name(page), document)} /MCID {number} >>"


def page_name(page: int) -> str:
    """By which a page is referred to in the file."""
    return f"Page{page}"


def _metadata(title: str, language: str) -> PDFStream:
    """Title and language once more, in the form that readers of metadata want (XMP). It names nobody.

    It says besides that the file is made by PDF/UA-1 (ISO 14289-1, 5), which every kind of document is tested for.
    """
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    return PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), packet.encode(), [PDFZCompress]
    )
