"""What is left of a family after locking: in widgets, the accessible tree, and in the memory of the program."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from spr_desktop.records.case_document import read_case_document
from spr_desktop.records.record import AnyRecord
from tests.documents.marks import marked_family
from tests.ui.reading import everything_said

MARK = re.compile(r"Yk\d{4}xw")
"""What stands in every text of the family of ``marked_anew``, and in no other test's."""


def marked_anew() -> tuple[AnyRecord, ...]:
    """The family of ``tests.documents.marks`` with marks of its own: other tests may still remember theirs."""
    document = marked_family().family.document().replace(b"Zq", b"Yk")
    return read_case_document(document, written_at=datetime.now(UTC)).records


def everything_shown() -> str:
    """Every text of every widget there is (and so of every model that is looked at) and of the accessible tree."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    widgets = [each for each in QApplication.allWidgets() if each.parentWidget() is None]
    said = [everything_said(each) for each in widgets]
    said += [text for each in widgets if each.isVisible() for text in spoken(each)]
    return "\n".join(said)


def spoken(window: QWidget) -> Iterator[str]:
    """What a screen reader finds in a window."""
    tree = QAccessible.queryAccessibleInterface(window)
    if tree:
        yield from _spoken(tree)


def _spoken(node: QAccessibleInterface) -> Iterator[str]:
    for kind in QAccessible.Text:
        if kind != QAccessible.Text.UserText:
            yield node.text(kind)
    for number in range(node.childCount()):
        child = node.child(number)
        if child:
            yield from _spoken(child)


def remembered() -> dict[str, str]:
    """Marks that anything in the memory of Python still holds, with what holds them."""
    found: dict[str, str] = {}
    for each in gc.get_objects():
        for held in gc.get_referents(each):
            if type(held) is str and (mark := MARK.search(held)):
                found[mark.group()] = f"{type(each).__name__} {str(list(each))[:100] if isinstance(each, dict) else ''}"
    return found
