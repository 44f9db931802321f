"""Register: what was made over all families, what became of it, and recording that it went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QButtonGroup, QPushButton

from spr_desktop.casework.making import PACK
from spr_desktop.casework.register import RegisterLine
from spr_desktop.casework.sending import record_line_sent
from spr_desktop.casework.words import day_text, short_day
from ui.desk import Desk, Place
from ui.fields import ChoiceField, DateField
from ui.form_texts import words_for
from ui.parts import button, card, column, empty, fill_with_table, label, lead_to, row
from ui.tables import Column, PagedTable, Table
from ui.telling import CHANNELS
from ui.where import Where
from ui.wrapping import wrapping

_SHOWN: Final = {"all": "All", "not_sent": "Not sent", "sent": "Sent", "withdrawn": "Withdrawn"}


def state(line: RegisterLine) -> str:
    """What became of a document: a key of what may be shown."""
    if line.revoked:
        return "withdrawn"
    return "sent" if line.sent else "not_sent"


def state_in_words(line: RegisterLine) -> str:
    """The same, with its day."""
    if line.revoked:
        return f"Withdrawn {short_day(line.revoked.on)}"
    return f"Sent {short_day(line.sent[-1].on)}" if line.sent else "Not sent"


class Register(Place):
    """What was made, sent and withdrawn; nothing is made here."""

    title = "Register"
    guidance = "register"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen_lines: list[RegisterLine] = []
        self._model: PagedTable[RegisterLine] = PagedTable(self._columns(), self._fetch)
        self._table = Table("What was made", self._model, self._show_details)
        self._filters = QButtonGroup(self)
        self._count = label("", "quiet")
        self._nothing = label("", "heading")
        self._nothing_hint = label("")
        self._families = button("Families", desk.show_families, name="To the families")
        go = Where("hand_overs")
        self._handed_over = button("Handed over and received", lambda: desk.go(go), "link")
        self._empty = column(self._nothing, self._nothing_hint, row(self._families))
        self._details = card()
        self._details.hide()
        self._build()
        self._read()
        self._filters.idToggled.connect(lambda _, is_on: self._read() if is_on else None)

    def _columns(self) -> list[Column[RegisterLine]]:
        return [
            Column("Made", 11, lambda each: short_day(each.made_on)),
            Column("What", 13, _document),
            Column("Family", 11, lambda each: each.case_ref),
            Column("For", 30, lambda each: each.made_for or "", hides_first=1, shrinks=True),
            Column("State", 22, state_in_words),
        ]

    def _build(self) -> None:
        for number, words in enumerate(_SHOWN.values()):
            each = QPushButton(words)
            each.setCheckable(True)
            each.setAccessibleName(f"Show: {words}")
            each.setProperty("role", "filter")
            self._filters.addButton(each, number)
        self._filters.button(0).setChecked(True)
        self._tools = wrapping(*self._filters.buttons())
        fill_with_table(
            self,
            self._table,
            label("Register", "title"),
            label("What was made for each family, whether it was sent, and what was withdrawn."),
            row(
                self._handed_over,
                button("Check a document that you received", lambda: self._desk.go(Where("check_document")), "link"),
            ),
            self._tools,
            self._count,
            self._empty,
            self._table,
            self._details,
        )

    def focus_first(self) -> None:
        (self._table if self._model.rowCount() else self._families).setFocus()

    def standing(self) -> dict[str, Any]:
        return {"show": self._shown, "row": self._table.current_row, "has_details": not self._details.isHidden()}

    def stand(self, standing: Mapping[str, Any]) -> None:
        if standing["show"] in _SHOWN:
            self._filters.button(list(_SHOWN).index(standing["show"])).setChecked(True)
        self._table.choose(min(standing["row"], self._model.rowCount() - 1))
        if standing["has_details"] and self._model.rowCount():
            self._show_details(self._table.current_row)

    # The table

    @property
    def _shown(self) -> str:
        return list(_SHOWN)[max(self._filters.checkedId(), 0)]

    def _read(self) -> None:
        caseload, shown = self._desk.caseload, self._shown
        everything = caseload.register_count()
        if shown == "all":
            count = everything
        else:
            self._chosen_lines = [each for each in caseload.register() if state(each) == shown]
            count = len(self._chosen_lines)
        self._model.show(count)
        self._table.choose(0)
        self._details.hide()
        self._table.setVisible(count > 0)
        self._tools.setVisible(everything > 0)
        self._empty.setVisible(not count)
        self._count.setVisible(count > 0)
        self._count.setText("1 document" if count == 1 else f"{count:,} documents")
        self._nothing.setText("None of these" if everything else "Nothing was made yet")
        self._nothing_hint.setText(
            "Choose something else above."
            if everything
            else "A pack is made on a family's page, once nothing stands in its way. Then it stands here."
        )

    def _fetch(self, limit: int, offset: int) -> Sequence[RegisterLine]:
        if self._shown == "all":
            return self._desk.caseload.register(limit, offset)
        return self._chosen_lines[offset : offset + limit]

    # One line

    def _show_details(self, number: int) -> None:
        line = self._model.row(number)
        inside = self._details.layout()
        if line is None or inside is None:
            return
        empty(inside)
        family = button("Open the family", lambda: self._desk.show_family(line.case_ref))
        answer = button("Record what the SPR team said", partial(self._record_answer, line))
        parts = [
            label(f"{_document(line)} {line.document_id}", "heading"),
            label(f"Made on {day_text(line.made_on)}{_by(line.made_by)}, for {line.made_for or 'nobody named'}."),
            *(label(each) for each in _history(line)),
            label("Fingerprint of the file (SHA-256)", "label"),
            _fingerprint(line.sha256),
            row(family, answer) if line.sent and line.document == PACK else row(family),
        ]
        for each in parts:
            inside.addWidget(each)
        if state(line) == "not_sent":
            for each in self._sending(line):
                inside.addWidget(each)
        self._details.show()
        lead_to(family, self._details)

    def _sending(self, line: RegisterLine) -> list[Any]:
        day = DateField("on", "When was it sent?", start_with=date.today())
        channel = ChoiceField("channel", "How was the passphrase told?", CHANNELS, "Never with the document itself")
        send = button("Record that it was sent", lambda: self._record_sent(line, day, channel), "main")
        return [day, channel, row(send)]

    def _record_sent(self, line: RegisterLine, day: DateField, channel: ChoiceField) -> None:
        day.show_error("")
        channel.show_error("")
        chosen, told = _day(day), channel.value()
        if chosen is None:
            day.show_error("Enter the day on which it was sent, like 3 11 2026.")
            lead_to(day.first_widget(), day)
        elif not line.made_on <= chosen <= date.today():
            day.show_error(f"Enter a day from {day_text(line.made_on)}, when it was made, until today.")
            lead_to(day.first_widget(), day)
        elif told is None:
            channel.show_error("Say how the passphrase was told.")
            lead_to(channel.first_widget(), channel)
        else:
            record_line_sent(self._desk.caseload, line, chosen, told)
            self._read()
            self._desk.say("Saved: it was sent.")
            self.focus_first()

    def _record_answer(self, line: RegisterLine) -> None:
        self._desk.show_form(line.case_ref, "referral_progress", {}, {"step": "spr_discussion"})


def _document(line: RegisterLine) -> str:
    return words_for(line.document.replace("-", "_"))


def _by(name: str | None) -> str:
    return f" by {name}" if name else ""


def _history(line: RegisterLine) -> list[str]:
    said = [
        f"Sent on {day_text(each.on)}{_by(each.by)} to {each.to or 'nobody named'}. "
        f"The passphrase was told {each.password_channel or 'in a way that nobody recorded'}."
        for each in line.sent
    ]
    if line.revoked:
        reason = f": {line.revoked.reason}" if line.revoked.reason else "."
        said.append(f"Withdrawn on {day_text(line.revoked.on)}{reason}")
    return said or ["Not sent yet."]


def _fingerprint(sha256: str) -> Any:
    grouped = label(" ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8)), "secret")
    grouped.setAccessibleName("Fingerprint of the file")
    return grouped


def _day(field: DateField) -> date | None:
    try:
        return date.fromisoformat(field.value() or "")
    except ValueError:
        return None
