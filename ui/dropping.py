"""A file that is dropped on the window: a PDF anywhere is offered to be checked; some places take other files too."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QDropEvent

from ui.desk import Desk, Place
from ui.where import Where

DROPS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


def take_drop(desk: Desk, place: Place, event: QDropEvent) -> bool:
    """Take a file that is dragged here or dropped; whether it is one to take. Otherwise texts take what is theirs."""
    urls = event.mimeData().urls()
    file = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    if file is None or not (place.takes_files or file.suffix.lower() == ".pdf"):
        return False
    event.acceptProposedAction()
    if event.type() == QEvent.Type.Drop:
        if place.takes_files:
            place.take_file(file)
        else:
            desk.go(Where("check_document", {"file": str(file)}))
    return True
