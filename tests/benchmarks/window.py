"""What the window costs with many families: python -m tests.benchmarks.window [families]; takes some minutes.

Times are milliseconds until the screen is painted, the median and the 95th of a hundred; the bare counterpart of
unlocking is the key derivation alone, that of the others is in ``spr-desktop benchmark``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from spr_desktop.casework.caseload import Caseload
from spr_desktop.casework.invented_many import ManyFamilies
from spr_desktop.casework.refreshing import work_out
from spr_desktop.vault.keys import LEAST_COST
from spr_desktop.vault.vault import Vault
from tests.vaults import PASSPHRASE
from ui.places.families import Families
from ui.theme import apply_theme
from ui.window import Window

TIMES = 100


def _fill(folder: Path, families: ManyFamilies) -> None:
    vault, _ = Vault.create(folder, PASSPHRASE, cost=LEAST_COST)
    with Caseload(vault):
        for start in range(0, families.count, 500):
            made = [
                (families.case_ref(number), families.records(number))
                for number in range(start, min(start + 500, families.count))
            ]
            vault.append_many([(ref, records, work_out(ref, records, families.today)) for ref, records in made])


def _painted(window: Window) -> None:
    """Everything that waits is done, and the window is painted."""
    QApplication.sendPostedEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.grab()


def _measure(name: str, do: Callable[[int], None], window: Window, times: int = TIMES) -> None:
    taken = []
    for number in range(times):
        started = time.perf_counter()
        do(number)
        _painted(window)
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    _say(f"{name}: median {statistics.median(taken):.1f} ms, 95th {taken[int(len(taken) * 0.95)]:.1f} ms")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(count: int) -> None:
    """Measure, and say each figure."""
    app = QApplication([])
    apply_theme(app)
    families = ManyFamilies(count, date.today())
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        _say(f"{count} families")
        _fill(vault, families)
        window = Window(vault)
        window.resize(1366, 768)
        window.show()
        started = time.perf_counter()
        caseload = Caseload.open(vault, PASSPHRASE)
        opened = time.perf_counter()
        window.unlocked(caseload)
        _painted(window)
        _say(f"open: {(opened - started) * 1000:.0f} ms; from there to Today painted: {_ms(opened):.0f} ms")
        _measure("families shown", lambda _: window.show_families(), window, 20)
        place = window.place
        assert isinstance(place, Families)
        search = next(each for each in place.findChildren(QLineEdit) if "Search" in each.accessibleName())
        letters = "ke pa lima kelo "

        def type_a_letter(number: int) -> None:
            if number % 8 == 0:
                search.clear()
            QTest.keyClicks(search, letters[number % len(letters)])
            place._find()

        _measure("search as one types", type_a_letter, window)
        search.clear()
        _measure("open a family", lambda number: window.show_family(families.case_ref(number * 7 % count)), window)
        _measure("see every check", lambda number: window.show_check(families.case_ref(number * 7 % count)), window, 30)
        window.close()


def _ms(since: float) -> float:
    return (time.perf_counter() - since) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20_000)
