"""Restore a backup: which there are, what each holds, and a new vault made from one in a new folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout

from spr_desktop.casework.words import short_day
from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_folder
from ui.parts import button, card, column, label, lead_to, row, scrolling
from ui.places.unlock import free_folder
from ui.secret_boxes import caps_lock_hint, reveal, secret_box
from ui.tables import Column, PagedTable, Table
from ui.theme import AROUND, BETWEEN, GAP, measure
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from spr_desktop.casework.backing_up import Backup, FoundBackup
    from spr_desktop.casework.restoring import Counts, Restored

_NOT_LOOKED: Final = "Not looked into yet"
_TABLE_HEIGHT: Final = 150
_ASKED: Final = "Passphrase or recovery key, as on the day of the backup"


class Restore(Place):
    """In front of the lock and behind it: a backup is opened by its own passphrase, whatever is open now."""

    title = "Restore a backup"
    guidance = "vault"

    def __init__(self, desk: Desk, folders: Sequence[str] = ()) -> None:
        """``folders`` are those of the vault and of a second place; without any, those of the vault that is open."""
        super().__init__()
        self._desk = desk
        self._folders = [Path(each) for each in folders] or _of_open_vault(desk)
        self._to = free_folder(self._folders[0])
        self._backups: Sequence[FoundBackup] = ()
        self._held: dict[Path, Backup | None] = {}
        self._restored: Restored | None = None
        columns: list[Column[FoundBackup]] = [
            Column("Made", 21, _made),
            Column("Holds", 30, self._holds, shrinks=True),
            Column("Where", 34, lambda each: str(each.path.parent), hides_first=1, shrinks=True),
        ]
        self._model: PagedTable[FoundBackup] = PagedTable(columns, self._fetch)
        self._table = Table("Backups", self._model, lambda _: self._secret.setFocus())
        self._table.setFixedHeight(_TABLE_HEIGHT)
        self._nothing = label(
            "No backup was found there. Plug in the stick, or choose the folder that it is in.", "label"
        )
        self._secret = secret_box(_ASKED)
        self._secret.setMaximumWidth(measure())
        self._secret.returnPressed.connect(self._look)
        self._reveal = reveal(self._secret)
        self._error = label("", "error")
        self._error.hide()
        self._where = label("")
        self._look_button = button("See what each holds", self._look)
        self._restore_button = button("Restore the chosen backup", self._start, "main")
        self._progress = QProgressBar()
        self._progress.setAccessibleName("A backup is being read")
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._progress.hide()
        self._form = column(gap=BETWEEN)
        self._result = card()
        self._result.hide()
        self._build()
        self._find()

    def _build(self) -> None:
        prompt = label(_ASKED, "label")
        prompt.setBuddy(self._secret)
        form = self._form.layout()
        assert form is not None
        for each in (
            label(
                "A backup becomes a new vault in a new folder. The backup, and any vault that is there, stay as they "
                "are."
            ),
            self._nothing,
            self._table,
            row(button("Look in another folder", self._choose_source)),
            card(prompt, self._secret, caps_lock_hint(self._secret), self._reveal, row(self._look_button)),
            card(
                label("Where the new vault will be", "label"),
                self._where,
                row(button("Choose another place for it", self._choose_target)),
            ),
            self._error,
            self._progress,
            wrapping(self._restore_button, button("Back", self._go_back)),
        ):
            form.addWidget(each)
        content = column(label(self.title, "title"), self._form, self._result, gap=BETWEEN)
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def focus_first(self) -> None:
        if self._backups:
            self._table.setFocus()
        else:
            self._secret.setFocus()

    def cover(self) -> None:
        self._reveal.setChecked(False)
        self._secret.clear()

    def _go_back(self) -> None:
        self._desk.back_to(self._folders[0])

    # The list

    def _find(self) -> None:
        from spr_desktop.casework.restoring import found_in

        self._backups = found_in(self._folders)
        self._model.show(len(self._backups))
        self._table.choose(0)
        self._table.setVisible(bool(self._backups))
        self._nothing.setVisible(not self._backups)
        self._say_where()

    def _fetch(self, limit: int, offset: int) -> Sequence[FoundBackup]:
        return self._backups[offset : offset + limit]

    def _holds(self, backup: FoundBackup) -> str:
        if not self._held:
            return _NOT_LOOKED
        if backup.path not in self._held:
            return "Opens with another passphrase"
        held = self._held[backup.path]
        return _in_words(held.cases, held.records) if held else "Not whole: use another one"

    def _choose_source(self) -> None:
        chosen = choose_folder(self, "Choose the folder with the backup")
        if chosen:
            self._folders = [self._folders[0], chosen]
            self._held = {}
            self._find()

    def _choose_target(self) -> None:
        chosen = choose_folder(self, "Choose the folder in which the new vault is to be")
        if chosen:
            self._to = free_folder(chosen / "vault")
            self._say_where()

    def _say_where(self) -> None:
        self._where.setText(str(self._to))

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    # Looking

    def _look(self) -> None:
        if not self._is_ready():
            return
        paths, typed = [each.path for each in self._backups], self._secret.text()
        self._set_busy(True)

        def work() -> dict[Path, Backup | None]:
            from spr_desktop.casework.restoring import what_they_hold

            return what_they_hold(paths, typed)

        self._desk.jobs.start(self, work, self._looked, self._failed)

    def _looked(self, held: dict[Path, Backup | None]) -> None:
        self._set_busy(False)
        self._held = held
        self._model.read_again()
        good = next((number for number, each in enumerate(self._backups) if held.get(each.path)), None)
        if good is None:
            self._say("None of them is whole. Look in another folder.")
            self._table.setFocus()
            return
        self._table.choose(good)
        self._restore_button.setFocus()

    # Restoring

    def _is_ready(self) -> bool:
        if not self._backups:
            self._say("Choose the folder with the backup first.")
        elif not self._secret.text():
            self._say("Type the passphrase, or the key from the recovery sheet.")
            lead_to(self._secret)
        else:
            self._say("")
            return not self._progress.isVisibleTo(self)
        return False

    def _start(self) -> None:
        number = self._table.current_row
        if not self._is_ready() or not 0 <= number < len(self._backups):
            return
        backup, to, typed = self._backups[number].path, self._to, self._secret.text()
        self._set_busy(True)

        def work() -> Restored:
            from spr_desktop.casework.restoring import restore_with

            return restore_with(backup, to, typed)

        self._desk.jobs.start(self, work, self._is_restored, self._failed)

    def _set_busy(self, is_busy: bool) -> None:
        self._progress.setVisible(is_busy)
        self._look_button.setEnabled(not is_busy)
        self._restore_button.setEnabled(not is_busy)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._to = free_folder(self._to)
        self._say_where()
        self._say(sentence(error))
        lead_to(self._secret)

    def _is_restored(self, restored: Restored) -> None:
        self._restored = restored
        self._set_busy(False)
        self._secret.clear()
        self._form.hide()
        inside = self._result.layout()
        assert inside is not None
        stay = button("Open it now, and from now on", lambda: self._open(remember=True), "main")
        for each in (
            label("Restored", "heading"),
            label("Both were read, each by itself, and hold the same:"),
            wrapping(
                _counts("In the backup", restored.in_backup),
                _counts("In the new vault", restored.in_vault),
            ),
            label(f"The new vault is in {restored.folder}."),
            label("It opens with the passphrase and the recovery sheet of the day of the backup."),
            wrapping(stay, button("Open it this once", lambda: self._open(remember=False))),
            button("Leave it there, and go back", self._go_back, "link"),
        ):
            inside.addWidget(each)
        self._result.show()
        lead_to(stay, self._result)

    def _open(self, *, remember: bool) -> None:
        if self._restored:
            self._desk.open_vault(self._restored.folder, remember=remember)


def _of_open_vault(desk: Desk) -> list[Path]:
    from spr_desktop.casework.backing_up import second_place

    place = second_place(desk.caseload)
    return [desk.caseload.vault.folder, *([place] if place else [])]


def _made(backup: FoundBackup) -> str:
    here = backup.made_at.astimezone()
    return f"{short_day(here.date())}, {here:%H:%M}"


def _counts(title: str, counts: Counts) -> QFrame:
    entries = "1 entry" if counts.activity == 1 else f"{counts.activity:,} entries"
    return card(
        label(title, "label"),
        label(_in_words(counts.cases, counts.records)),
        label(f"{entries} of activity"),
    )


def _in_words(cases: int, records: int) -> str:
    families = "1 family" if cases == 1 else f"{cases:,} families"
    return f"{families}, {'1 record' if records == 1 else f'{records:,} records'}"
