"""One record in full, with every version of it: what was written, when, by whom, and why it was corrected."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.chronology import Entry, versions
from spr_desktop.casework.corrections import reason_for
from spr_desktop.casework.words import day_text
from spr_desktop.records.bodies import plain_body
from spr_desktop.records.record import Body
from ui.desk import Desk, Place
from ui.form_texts import FORMS
from ui.parts import button, card, column, label, row, scrolling
from ui.sayings import people_of, said
from ui.theme import AROUND, BETWEEN, GAP

_NEVER_CORRECTED: Final = frozenset({"safety_conversation"})
"""A signed-off conversation is read but not changed; a correction is a new conversation."""


class History(Place):
    """A record and its versions, newest first."""

    title = "On record"

    def __init__(self, desk: Desk, case_ref: str, record_id: str, scope: str | None = None) -> None:
        """With a person's id as ``scope``, only what that parent's page may show."""
        super().__init__()
        self._desk = desk
        self._case_ref = case_ref
        self._case = desk.caseload.case(case_ref, date.today())
        self._scope = scope
        self._people = people_of(self._case)
        self._versions = versions(self._case, record_id, scope)
        self._shown = next((each for each in self._versions if each.record.id == record_id), None)
        self._back = button("Back", desk.back)
        self._correct = button("Correct this", self._open_form, "main")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(column(*self._parts(), gap=BETWEEN, around=AROUND)))

    def focus_first(self) -> None:
        self._back.setFocus()

    def _parts(self) -> list[QWidget]:
        if self._shown is None:
            return [label("This record is not shown here.", "title"), row(self._back)]
        buttons = [self._back, self._correct] if self._can_be_corrected() else [self._back]
        title = said(self._shown.record, self._people, self._scope).title
        parts: list[QWidget] = [label(title, "title"), self._full(self._shown), row(*buttons, gap=BETWEEN)]
        others = [each for each in self._versions if each is not self._shown]
        if others:
            parts.append(label("Other versions, newest first", "heading"))
            parts += [self._full(each) for each in others]
        return parts

    def _can_be_corrected(self) -> bool:
        """Only what stands: a version that was corrected already is history. A parent's page corrects nothing."""
        shown = self._shown
        return (
            shown is not None
            and self._scope is None
            and shown.kind in FORMS
            and shown.kind not in _NEVER_CORRECTED
            and not shown.is_superseded
        )

    def _full(self, entry: Entry) -> QFrame:
        told = said(entry.record, self._people, self._scope)
        at = f" at {entry.time:%H:%M}" if entry.time else ""
        parts: list[QWidget] = [label(f"{day_text(entry.day)}{at}", "label")]
        if entry.is_superseded:
            parts.append(label("Corrected later", "label"))
        reason = self._reason(entry)
        if reason:
            parts.append(label(f"Why it was corrected: {reason}"))
        parts += [column(label(name, "quiet"), label(value), gap=GAP // 4) for name, value in told.details]
        written = day_text(entry.record.recorded_at.date())
        by = f" by {entry.recorded_by}" if entry.recorded_by else ""
        parts.append(label(f"Written down on {written}{by}.", "quiet"))
        return card(*parts)

    def _reason(self, entry: Entry) -> str | None:
        """Why another version took the place of this one; no parent's page gives reasons."""
        if self._scope is not None or not entry.is_superseded:
            return None
        return reason_for(self._case, entry.record)

    def _open_form(self) -> None:
        if self._shown is None:
            return
        record = self._shown.record
        given, starting = _split(record.body)
        self._desk.show_form(self._case_ref, record.kind, given, starting, correcting=record.id)


def _split(body: Body) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a correction keeps as it is, and what its form shows filled in.

    Ids and whom the record is about stay: a correction is about the same thing, or it is another record.
    """
    form = FORMS[body.kind]
    given: dict[str, Any] = {}
    starting: dict[str, Any] = {}
    for name, value in plain_body(body).items():
        is_kept = name == form.about or name not in form.fields
        (given if is_kept else starting)[name] = value
    return given, starting
