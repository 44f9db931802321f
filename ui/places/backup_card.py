"""The card of the settings about backups: the last one, a second place for them, and one made now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout

from spr_desktop.casework.backing_up import backups_of, second_place, set_second_place, still_held
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.failures import sentence
from ui.file_choice import choose_folder
from ui.parts import button, label
from ui.theme import BETWEEN, GAP
from ui.where import Where
from ui.wrapping import wrapping


class BackupCard(QFrame):
    """A copy on the same laptop is lost with it; the card says so until a second place is named."""

    def __init__(self, desk: Desk, backing_up: BackingUp) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._backing_up = backing_up
        self._state = label("")
        self._where = label("", "quiet")
        self._held = label("")
        self._now = button("Make a backup now", backing_up.begin)
        self._choose = button("Choose a second place", self._choose_place)
        self._forget = button("No second place", self._forget_place, "link")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        inside.setSpacing(GAP)
        inside.addWidget(label("Backups", "heading"))
        inside.addWidget(
            label(
                "A backup is made once a day and when the program is closed, and counts only once it was read again. "
                "It is encrypted, and opens with the passphrase or the recovery sheet of the day on which it was made."
            )
        )
        inside.addWidget(self._state)
        inside.addWidget(self._where)
        restore = button("Restore a backup", self._restore)
        inside.addWidget(self._held)
        inside.addWidget(wrapping(self._now, restore, self._choose, self._forget))
        backing_up.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        found = backups_of(self._desk.caseload)
        many = "1 backup is kept" if len(found) == 1 else f"{len(found)} backups are kept"
        self._state.setText(f"{self._backing_up.in_words()}. {many}.")
        place = second_place(self._desk.caseload)
        self._where.setText(
            f"A second copy goes to {place}."
            if place
            else "All of them are on this laptop: name a second place, such as a stick or your organisation's drive."
        )
        held = still_held(self._desk.caseload.vault)
        self._held.setText(" ".join(each.words for each in held))
        self._held.setVisible(bool(held))
        self._forget.setVisible(place is not None)
        self._now.setEnabled(not self._backing_up.is_running)

    def _restore(self) -> None:
        self._desk.go(Where("restore"))

    def _choose_place(self) -> None:
        chosen = choose_folder(self, "Choose a folder for a second backup")
        if chosen is not None:
            self._name(chosen)

    def _forget_place(self) -> None:
        self._name(None)
        self._choose.setFocus()

    def _name(self, place: Path | None) -> None:
        try:
            set_second_place(self._desk.caseload, place)
        except Exception as error:  # noqa: BLE001 - what stood in the way is told, and the place before stays
            self._desk.say(sentence(error))
        else:
            self._desk.say("Saved. The next backup goes there too." if place else "Saved.")
            self._show()
