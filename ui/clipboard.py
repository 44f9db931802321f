"""A secret on the clipboard: taken away again after half a minute, and at the latest when the vault locks."""

from __future__ import annotations

import secrets
from typing import Final

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

CLIPBOARD_SECONDS: Final = 30
_MARK: Final = "application/x-spr-desktop-secret"
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
"""How Qt is told to use a format of Windows by its own name."""
_KEEP_NO_HISTORY: Final = (
    ("x-kde-passwordManagerHint", b"secret"),
    (_WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"), b"\x01\0\0\0"),
    (_WINDOWS.format("CanIncludeInClipboardHistory"), b"\0\0\0\0"),
    (_WINDOWS.format("CanUploadToCloudClipboard"), b"\0\0\0\0"),
)
"""What desktops and programs that remember the clipboard look for before they remember a secret, or send it on."""


def copy_secret(secret: str) -> None:
    """Put a secret on the clipboard for half a minute."""
    mark = secrets.token_bytes(8)
    data = QMimeData()
    data.setText(secret)
    data.setData(_MARK, mark)
    for each in _KEEP_NO_HISTORY:
        data.setData(*each)
    clipboard = QApplication.clipboard()
    clipboard.setMimeData(data)
    QTimer.singleShot(CLIPBOARD_SECONDS * 1_000, clipboard, lambda: forget_secret(mark))


def forget_secret(mark: bytes | None = None) -> None:
    """Take a secret off the clipboard if one of ours is there, or a certain one; what else is there stays."""
    clipboard = QApplication.clipboard()
    held = clipboard.mimeData()
    if held and held.hasFormat(_MARK) and mark in (None, held.data(_MARK).data()):
        clipboard.clear()


def forget_selection() -> None:
    """Take back a text that was only selected, which some desktops hand to whoever asks."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
