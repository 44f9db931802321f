"""Saving a certificate of disposal where somebody wants it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from spr_desktop.casework.disposing import save_certificate
from ui.desk import Desk
from ui.failures import sentence
from ui.file_choice import choose_where_to_save


def save_as(parent: QWidget, desk: Desk, number: str, now: datetime) -> None:
    """Ask where to, and save it there; it is said what became of it."""
    to = choose_where_to_save(parent, f"{number}.pdf")
    if to is None:
        return
    try:
        save_certificate(desk.caseload, number, to, now, replace=True)
    except Exception as error:  # noqa: BLE001 - what stood in the way is told, and it can be saved again
        desk.say(sentence(error))
    else:
        desk.say("The certificate is saved. Keep it where your organisation keeps such records.")
