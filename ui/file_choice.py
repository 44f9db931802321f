"""Choosing a file or a folder: Hide and Lock work in it, and no trace is left in the settings of Qt's own dialog."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QDir, QSettings, Qt, QUrl
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from spr_desktop.casework.home import default_documents_folder
from ui.parts import button, label
from ui.theme import BETWEEN, GAP

_SPOKEN = {
    "lookInCombo": "Folder that is shown",
    "sidebar": "Places on this computer",
    "fileNameEdit": "Name",
    "fileTypeCombo": "Kind of file",
}
"""What Qt's dialog leaves without a name for a screen reader."""


def choose_where_to_save(parent: QWidget, name: str, kind: str = "PDF (*.pdf)", suffix: str = "pdf") -> Path | None:
    """Ask for a file to write; None if nobody wants one. The dialog itself asks before an existing file is replaced."""
    documents = default_documents_folder()
    start = documents if documents.is_dir() else Path.home()
    dialog = QFileDialog(parent.window(), "Save", str(start), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(str(start / name))
    return _ask(dialog)


def choose_file(parent: QWidget, title: str, kind: str) -> Path | None:
    """Ask for a file to read; None if nobody wants one."""
    dialog = QFileDialog(parent.window(), title, QDir.homePath(), f"{kind};;All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _ask(dialog)


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None if nobody wants one."""
    dialog = QFileDialog(parent.window(), title, QDir.homePath())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _ask(dialog)


def _ask(dialog: QFileDialog) -> Path | None:
    # It belongs to the window: the place below it goes when the vault locks, and must not take it along half-way.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # the system's own would swallow Hide and Lock
    dialog.setHistory([])
    dialog.setSidebarUrls([QUrl.fromLocalFile(QDir.homePath()), QUrl.fromLocalFile(dialog.directory().path())])
    for name, spoken in _SPOKEN.items():
        for each in dialog.findChildren(QWidget, name):
            each.setAccessibleName(spoken)
    _put_on_top(dialog)
    chosen: list[str] = []
    dialog.fileSelected.connect(chosen.append)
    # It writes its settings down when it is destroyed, and not when it is closed.
    dialog.destroyed.connect(forget_folders)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.exec()
    return Path(chosen[0]) if chosen else None


def _put_on_top(dialog: QFileDialog) -> None:
    """Hide and Lock, first in tab order as in the window, and what the window says meanwhile."""
    from ui.window import Window

    window = dialog.parent()
    assert isinstance(window, Window)
    hide = button(f"Hide  {window.preferences.hide_key}", window.hide_and_lock, name="Hide everything and lock")
    lock = button("Lock  Ctrl+L", window.lock_now, name="Lock the vault")
    for each in (hide, lock):
        each.setAutoDefault(False)
    said = label(window.messages.text)
    window.messages.said.connect(said.setText)
    top = QWidget(dialog)
    layout = QHBoxLayout(top)
    layout.setContentsMargins(BETWEEN, GAP, BETWEEN, 0)
    layout.setSpacing(GAP)
    layout.addWidget(hide)
    layout.addWidget(lock)
    layout.addWidget(said, 1)
    inside, first = dialog.layout(), dialog.findChild(QComboBox, "lookInCombo")
    assert inside
    assert isinstance(first, QComboBox)
    inside.setMenuBar(top)
    for before, after in pairwise([first, hide, lock, first]):
        QWidget.setTabOrder(before, after)


def forget_folders() -> None:
    """Remove the folders that Qt's own dialog writes down in clear."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.remove("FileDialog")
    settings.sync()
