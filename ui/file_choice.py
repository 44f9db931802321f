"""Choosing where to save, without leaving a trace of it in the settings of Qt's own dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from spr_desktop.casework.home import default_documents_folder


def choose_where_to_save(parent: QWidget, name: str) -> Path | None:
    """Ask for a file to write; None if nobody wants one. The dialog itself asks before an existing file is replaced."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save", str(default_documents_folder() / name), "PDF (*.pdf)")
    forget_folders()
    return Path(chosen) if chosen else None


def forget_folders() -> None:
    """Remove the folders that Qt's own dialog writes down in clear."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.remove("FileDialog")
    settings.sync()
