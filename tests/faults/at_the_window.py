"""Somebody at the real window of a process of its own, who works on a marked family and then locks or is cut off.

``python -m tests.faults.at_the_window VAULT CASE_REF``. On standard input comes the passphrase, then a line for each
next thing to do; each is answered with a line.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from spr_desktop.casework.process import keep_to_oneself
from tests.ui.left import remembered
from ui.places.document import DocumentPage
from ui.places.unlock import Unlock
from ui.theme import apply_theme
from ui.window import Window

_LONGEST: Final = 120_000
"""Milliseconds."""


def main() -> None:
    """Unlock, work, and do what is said."""
    folder, case_ref = Path(sys.argv[1]), sys.argv[2]
    if "SPR_FAULT_AS_STARTED" in os.environ:  # as the program does first of all; then nobody can look into its memory
        keep_to_oneself()
    app = QApplication([])
    apply_theme(app)
    window = Window(folder)
    window.show()
    _until(window.isActiveWindow)
    _type_passphrase(window)
    _until(lambda: not isinstance(window.place, Unlock))
    keys = window.caseload.vault
    _work(window, case_ref)
    _answer("working")
    if _asked() == "die":
        os.kill(os.getpid(), signal.SIGABRT)
    window.lock_now()
    _until(lambda: isinstance(window.place, Unlock))
    _until(lambda: remembered() == {})
    _answer("kept" if any(keys._data_key.material) or any(keys._chain_key) else "wiped")
    _asked()


def _type_passphrase(window: Window) -> None:
    place = window.place
    assert isinstance(place, Unlock)
    for byte in os.read(0, 1000).rstrip(b"\n"):  # letter by letter, so that no whole copy is made here
        QTest.keyClicks(place._passphrase, chr(byte))
    place._open.click()


def _work(window: Window, case_ref: str) -> None:
    """See the family in every way, and leave something half typed."""
    window.show_family(case_ref)
    window.show_check(case_ref)
    window.show_pack(case_ref)
    place = window.place
    assert isinstance(place, DocumentPage)
    _until(lambda: place.is_laid_out)
    for each in window.caseload.records(case_ref):
        window.show_history(case_ref, each.id)
    window.show_families()
    window.show_form(case_ref, "note", {})
    for box in window.place.findChildren(QPlainTextEdit):
        box.setPlainText("half typed " + os.environ["SPR_FAULT_TYPED"])


def _until(is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if is_so() else None)
    timer.start(20)
    QTimer.singleShot(_LONGEST, loop.quit)
    loop.exec()
    timer.stop()
    assert is_so(), "it never came"


def _answer(word: str) -> None:
    os.write(1, word.encode() + b"\n")


def _asked() -> str:
    return os.read(0, 1000).decode().strip()


if __name__ == "__main__":
    main()
