"""Save what can be read of a damaged vault into a new one; what was lost is listed, and never what it said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout

from ui.desk import Desk, Place
from ui.failures import sentence
from ui.file_choice import choose_folder
from ui.parts import button, card, column, in_lines, label, lead_to, row, scrolling
from ui.places.unlock import free_folder
from ui.secret_boxes import caps_lock_hint, reveal, secret_box
from ui.theme import AROUND, BETWEEN, GAP, measure
from ui.wrapping import wrapping

if TYPE_CHECKING:
    from spr_desktop.casework.salvaging import Lost, Salvaged
    from ui.jobs import LongJob

JOB: Final = "salvage"
_MOST_LISTED: Final = 40


class Salvage(Place):
    """In front of the lock, where a vault does not open because it is damaged."""

    title = "Save what can be read"
    guidance = "vault"

    def __init__(self, desk: Desk, folder: str) -> None:
        super().__init__()
        from spr_desktop.casework.salvaging import newest_backup

        self._desk = desk
        self._folder = Path(folder)
        self._to = free_folder(self._folder)
        self._backup = newest_backup(self._folder)
        self._job: LongJob | None = None
        self._made: list[Salvaged] = []
        self._passphrase = secret_box("Passphrase")
        self._passphrase.returnPressed.connect(self._start)
        self._passphrase.setMaximumWidth(measure())
        self._reveal = reveal(self._passphrase)
        self._with_backup = QCheckBox(in_lines("Take what the vault has lost from its newest backup"))
        self._with_backup.setAccessibleName("Take what the vault has lost from its newest backup")
        self._with_backup.setChecked(self._backup is not None)
        if self._backup is None:
            self._with_backup.hide()
        self._with_backup.setMinimumHeight(36)
        self._error = label("", "error")
        self._error.hide()
        self._where = label(str(self._to))
        self._begin = button("Save what can be read", self._start, "main")
        self._cancel = button("Cancel", self._call_off, name="Cancel saving")
        self._cancel.hide()
        self._progress = QProgressBar()
        self._progress.setAccessibleName("What can be read is being saved")
        self._progress.setTextVisible(False)
        self._progress.setRange(0, 0)
        self._progress.hide()
        self._form = column(gap=BETWEEN)
        self._result = card()
        self._result.hide()
        self._build()

    def _build(self) -> None:
        prompt = label("Passphrase", "label")
        prompt.setBuddy(self._passphrase)
        form = self._form.layout()
        assert form is not None
        for each in (
            label(
                "Every record that is still as it was written goes into a new vault; what is not is left out and "
                "listed. The damaged folder stays as it is. Where there is a whole backup of today, restore that "
                "instead: it holds everything."
            ),
            card(prompt, self._passphrase, caps_lock_hint(self._passphrase), self._reveal, self._with_backup),
            card(
                label("Where the new vault will be", "label"),
                self._where,
                label("It opens with the same passphrase, and gets a recovery sheet of its own.", "quiet"),
                row(button("Choose another place for it", self._choose_target)),
            ),
            self._error,
            self._progress,
            wrapping(
                self._begin,
                self._cancel,
                button("Restore a backup", lambda: self._desk.show_restore([self._folder])),
                button("Back", self._go_back),
            ),
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
        self._passphrase.setFocus()

    def cover(self) -> None:
        self._reveal.setChecked(False)
        self._passphrase.clear()

    def _go_back(self) -> None:
        self._call_off()
        self._desk.back_to(self._folder)

    def _choose_target(self) -> None:
        chosen = choose_folder(self, "Choose the folder in which the new vault is to be")
        if chosen:
            self._to = free_folder(chosen / "vault")
            self._where.setText(str(self._to))

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))

    # Saving

    def _start(self) -> None:
        if self._job and not self._job.has_ended:
            return
        if not self._passphrase.text():
            self._say("Type the passphrase that opened this vault.")
            lead_to(self._passphrase)
            return
        self._say("")
        folder, to, passphrase = self._folder, self._to, self._passphrase.text()
        backup = self._backup if self._with_backup.isChecked() else None
        made = self._made = []

        def work(_tell: Callable[[int, int], None], is_cancelled: Callable[[], bool]) -> None:
            from spr_desktop.casework.salvaging import salvage

            made.append(salvage(folder, to, passphrase, backup=backup, is_key_shown=False, is_cancelled=is_cancelled))

        self._job = self._desk.jobs.start_long(JOB, work)
        self._job.ended.connect(self._end)
        self._set_busy(True)

    def _call_off(self) -> None:
        if self._job and not self._job.has_ended:
            self._job.cancel()
            self._cancel.setEnabled(False)

    def _set_busy(self, is_busy: bool) -> None:
        self._progress.setVisible(is_busy)
        self._cancel.setVisible(is_busy)
        self._cancel.setEnabled(is_busy)
        self._begin.setEnabled(not is_busy)

    def _end(self) -> None:
        self._set_busy(False)
        if self._job is None:
            return
        if self._made:
            self._show(self._made[0])
        elif isinstance(self._job.error, InterruptedError):
            self._say("Called off. Nothing is left of the new vault, and nothing was changed.")
            self._begin.setFocus()
        elif self._job.error:
            self._say(sentence(self._job.error))
            lead_to(self._passphrase)

    def _show(self, made: Salvaged) -> None:
        self._passphrase.clear()
        self._form.hide()
        inside = self._result.layout()
        assert inside is not None
        stay = button("Open it now, and from now on", lambda: self._desk.open_vault(made.folder, remember=True), "main")
        parts = [
            label("Saved", "heading"),
            label(f"{made.records:,} records of {made.cases:,} families, each as it was written."),
        ]
        if made.from_backup:
            parts.append(label(f"{made.from_backup:,} of the records came from the backup."))
        parts += [label(each) for each in _losses(made)]
        parts += [label(f"The new vault is in {made.folder}.", "quiet")]
        for each in parts:
            inside.addWidget(each)
        inside.addWidget(wrapping(stay, button("Leave it there, and go back", self._go_back)))
        self._result.show()
        lead_to(stay, self._result)


def _losses(made: Salvaged) -> list[str]:
    said = []
    if made.lost:
        said.append(
            f"Lost: {_records(made.lost_count)}. With a record gone, a family can look better than it is: look at each "
            "of these again before you rely on what its page says. The pages say so too."
        )
        said += [_of_family(each) for each in made.lost[:_MOST_LISTED]]
        if len(made.lost) > _MOST_LISTED:
            said.append(f"and {len(made.lost) - _MOST_LISTED:,} more families. All of them stand in the activity.")
    else:
        said.append("Nothing that the damaged vault told of is lost.")
    if not made.is_end_known:
        said.append("The damaged vault no longer says how many records it held, so more may be lost than is listed.")
    return said


def _of_family(lost: Lost) -> str:
    whose = f"Family {lost.case_ref}" if lost.case_ref else "Of families that are not known any more"
    return f"{whose}: {_records(lost.count)}"


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
