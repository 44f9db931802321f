"""Register: what was made over all families or for one, what became of it, and recording that it went out and came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QButtonGroup, QPushButton

from spr_desktop.casework.making import PACK
from spr_desktop.casework.register import WORKING_DAYS, RegisterLine
from spr_desktop.casework.register_words import history, standing
from spr_desktop.casework.sending import record_acknowledged, record_line_sent
from spr_desktop.casework.words import day_text, short_day
from ui.desk import Desk, Place
from ui.fields import ChoiceField, DateField
from ui.form_texts import words_for
from ui.parts import button, card, column, empty, fill_with_table, label, lead_to, row
from ui.tables import Column, PagedTable, Table
from ui.telling import CHANNELS
from ui.where import Where
from ui.wrapping import wrapping

_SHOWN: Final[dict[str, tuple[str, frozenset[str]]]] = {
    "all": ("All", frozenset()),
    "not_sent": ("Not sent", frozenset({"not_sent"})),
    "sent": ("Sent", frozenset({"sent", "unanswered", "acknowledged"})),
    "unanswered": ("Nothing heard", frozenset({"unanswered"})),
    "withdrawn": ("Withdrawn", frozenset({"withdrawn"})),
}
"""What may be shown, with its words, and the states that fit; none for all."""
_ASK: Final = f"More than {WORKING_DAYS} working days went by. Ring them, and ask whether it came."
_ANSWERS: Final = (
    ("by telephone", "By telephone"),
    ("by email", "By email"),
    ("face to face", "Face to face"),
)


class Register(Place):
    """What was made, sent, acknowledged and withdrawn; nothing is made here."""

    title = "Register"
    guidance = "register"

    def __init__(self, desk: Desk, case_ref: str | None = None) -> None:
        """With a reference, what was made for that family alone."""
        super().__init__()
        self._desk = desk
        self._case_ref = case_ref
        self._today = date.today()
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
            Column("What", 24, _document, shrinks=True),
            Column("Family", 11, lambda each: each.case_ref),
            Column("For", 22, lambda each: each.made_for or "", hides_first=1, shrinks=True),
            Column("State", 32, lambda each: standing(each, self._today), shrinks=True),
        ]

    def _build(self) -> None:
        for number, words in enumerate(words for words, _ in _SHOWN.values()):
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
            label(self._about()),
            wrapping(
                *([button("All families", lambda: self._desk.go(Where("register")), "link")] if self._case_ref else []),
                self._handed_over,
                button("Check a document that you received", lambda: self._desk.go(Where("check_document")), "link"),
            ),
            self._tools,
            self._count,
            self._empty,
            self._table,
            self._details,
        )

    def _about(self) -> str:
        which = f"for {self._case_ref}" if self._case_ref else "for each family"
        return f"What was made {which}, whether it was sent and acknowledged, and what was withdrawn."

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

    @property
    def _is_paged(self) -> bool:
        return self._shown == "all" and self._case_ref is None

    def _read(self) -> None:
        caseload, states = self._desk.caseload, _SHOWN[self._shown][1]
        everything = len(caseload.register_of(self._case_ref)) if self._case_ref else caseload.register_count()
        if self._is_paged:
            count = everything
        else:
            lines = caseload.register_of(self._case_ref) if self._case_ref else caseload.register()
            self._chosen_lines = [each for each in lines if not states or each.state(self._today) in states]
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
        if self._is_paged:
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
            label(f"{line.document_id}: {_document(line)}", "heading"),
            label(f"Made on {day_text(line.made_on)}{_by(line.made_by)}, for {line.made_for or 'nobody named'}."),
            *(label(each) for each in history(line) or ["Not sent yet."]),
            *([label(_ASK)] if line.state(self._today) == "unanswered" else []),
            label("Fingerprint of the file (SHA-256)", "label"),
            _fingerprint(line.sha256),
            row(family, answer) if line.sent and line.document == PACK else row(family),
        ]
        for each in parts:
            inside.addWidget(each)
        more = {"not_sent": self._sending, "sent": self._acknowledging, "unanswered": self._acknowledging}
        for each in more.get(line.state(self._today), lambda _: [])(line):
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

    def _acknowledging(self, line: RegisterLine) -> list[Any]:
        day = DateField("came", "When did they say that it came?", start_with=date.today())
        how = ChoiceField("how", "How did they say so?", _ANSWERS, "Who received it confirms that they have it")
        save = button("Record that it was acknowledged", lambda: self._record_acknowledged(line, day, how))
        return [day, how, row(save)]

    def _record_acknowledged(self, line: RegisterLine, day: DateField, how: ChoiceField) -> None:
        day.show_error("")
        how.show_error("")
        chosen, told, sent_on = _day(day), how.value(), line.sent[-1].on
        if chosen is None:
            day.show_error("Enter the day on which they said so, like 3 11 2026.")
            lead_to(day.first_widget(), day)
        elif not sent_on <= chosen <= date.today():
            day.show_error(f"Enter a day from {day_text(sent_on)}, when it was sent, until today.")
            lead_to(day.first_widget(), day)
        elif told is None:
            how.show_error("Say how they told you.")
            lead_to(how.first_widget(), how)
        else:
            record_acknowledged(self._desk.caseload, line, chosen, told)
            self._read()
            self._desk.say("Saved: it was acknowledged.")
            self.focus_first()

    def _record_answer(self, line: RegisterLine) -> None:
        self._desk.show_form(line.case_ref, "referral_progress", {}, {"step": "spr_discussion"})


def _document(line: RegisterLine) -> str:
    what = words_for(line.document.replace("-", "_"))
    return f"{what}, version {line.version}" if line.versions > 1 else what


def _by(name: str | None) -> str:
    return f" by {name}" if name else ""


def _fingerprint(sha256: str) -> Any:
    grouped = label(" ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8)), "secret")
    grouped.setAccessibleName("Fingerprint of the file")
    return grouped


def _day(field: DateField) -> date | None:
    try:
        return date.fromisoformat(field.value() or "")
    except ValueError:
        return None
