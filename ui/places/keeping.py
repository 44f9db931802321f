"""Keeping and disposal: the rule, the families past their time, those that are held, and certificates of disposal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.disposing import certificates
from spr_desktop.casework.retention import HOLD_REASONS, DueList, Kept, chosen_rule, due_list, release_case
from spr_desktop.casework.words import day_text, short_day
from spr_desktop.records.record import now
from spr_desktop.records.references import read_case_ref
from ui.desk import Desk, Place
from ui.fields import LineField, ListField
from ui.parts import button, card, column, label, lead_to, row, scrolling
from ui.places.certificate import save_as
from ui.places.keeping_cards import HoldCard, RuleCard
from ui.tables import Column, PagedTable, Table
from ui.theme import AROUND, BETWEEN, GAP
from ui.where import Where

_EMPTY: Final = DueList((), (), ())


class Keeping(Place):
    """Nothing is disposed of here: families are put on a list, and looked at once more on a page of their own."""

    title = "Keeping and disposal"
    guidance = "keeping"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._today = date.today()
        self._rows: list[Kept] = []
        self._list: list[str] = []
        self._model: PagedTable[Kept] = PagedTable(self._columns(), lambda limit, at: self._rows[at : at + limit])
        self._table = Table("Families past their time", self._model, self._act, lines=2)
        self._count = label("")
        self._listed = label("", "label")
        self._all = button("Put all that are past their time on the list", self._put_all)
        self._go_on = button("Look at what would go", self._look, "main")
        self._other = LineField("other", "Another family, by its reference", "Where somebody asked for erasure")
        self._put_other = button("Put it on the list", self._put)
        self._certificates = ListField("certificate", "Certificate", self._numbers())
        self._rule = RuleCard(desk, self._read)
        self._build()
        self._read()

    def _columns(self) -> list[Column[Kept]]:
        return [
            Column("Family", 11, lambda each: each.case_ref),
            Column("How it stands", 30, self._state, shrinks=True),
            Column("Why", 36, self._why, hides_first=2, shrinks=True),
            Column("Last record", 13, lambda each: short_day(each.last_on), hides_first=1),
            Column("Enter does this", 20, self._action, is_action=True),
        ]

    def _build(self) -> None:
        content = column(
            label("Keeping and disposal", "title"),
            self._due(),
            self._rule,
            HoldCard(self._desk, self._read),
            self._certificates_card(),
            gap=BETWEEN,
        )
        inside = content.layout()
        assert inside is not None
        inside.setContentsMargins(AROUND, GAP, AROUND, BETWEEN)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def _due(self) -> QFrame:
        return card(
            label("Families past their time", "heading"),
            self._count,
            self._table,
            row(self._all),
            self._other,
            row(self._put_other),
            self._listed,
            row(self._go_on),
        )

    def _certificates_card(self) -> QFrame:
        made = card(
            label("Certificates of disposal", "heading"),
            label("A certificate names no family. It can be made again at any time."),
            self._certificates,
            row(button("Save the certificate", self._save_certificate)),
        )
        if not certificates(self._desk.caseload):
            made.hide()
        return made

    def focus_first(self) -> None:
        first: QWidget = self._table if self._rows else self._rule.first_widget()
        first.setFocus()

    def standing(self) -> dict[str, Any]:
        return {"list": self._list}

    def stand(self, standing: Mapping[str, Any]) -> None:
        known = set(self._desk.caseload.vault.case_refs())
        self._list = [each for each in standing["list"] if each in known]
        self._show()

    # What is shown

    def _read(self) -> None:
        chosen = chosen_rule(self._desk.caseload)
        found = due_list(self._desk.caseload, chosen.rule, self._today) if chosen else _EMPTY
        self._rows = [*found.due, *found.held, *found.not_known]
        due = len(found.due)
        many = "1 family is past its time" if due == 1 else f"{due:,} families are past their time"
        self._count.setText(
            f"{many if due else 'No family is past its time'}. Nothing goes until you have looked at it and typed your "
            "passphrase."
            if chosen
            else "No rule is chosen, so no family is past its time. Choose the rule of your organisation below."
        )
        self._all.setVisible(due > 1)
        self._table.setVisible(bool(self._rows))
        self._show()

    def _show(self) -> None:
        self._model.show(len(self._rows))
        self._table.choose(0)
        listed = len(self._list)
        many = "1 family is" if listed == 1 else f"{listed:,} families are"
        self._listed.setText(f"{many} on the list: {', '.join(self._list)}." if listed else "The list is empty.")
        self._go_on.setEnabled(bool(listed))

    def _state(self, each: Kept) -> str:
        if each.hold:
            return f"Held, look again on {short_day(each.hold.review_on)}"
        return f"Past its time since {short_day(each.due_on)}" if each.due_on else "Cannot be said"

    def _why(self, each: Kept) -> str:
        return HOLD_REASONS[each.hold.reason] if each.hold else each.why_not_known

    def _action(self, each: Kept) -> str:
        if each.hold:
            return "Hold it no longer"
        if each.due_on is None:
            return "Open the family"
        return "Take off the list" if each.case_ref in self._list else "Put on the list"

    # What is done

    def _act(self, number: int) -> None:
        each = self._rows[number]
        if each.hold:
            release_case(self._desk.caseload, each.case_ref)
            self._read()
            self._desk.say(f"{each.case_ref} is held no longer.")
        elif each.due_on is None:
            self._desk.show_family(each.case_ref)
        else:
            self._toggle(each.case_ref)
            self._table.choose(number)

    def _toggle(self, case_ref: str) -> None:
        if case_ref in self._list:
            self._list.remove(case_ref)
        else:
            self._list.append(case_ref)
        self._show()

    def _put_all(self) -> None:
        due = [each.case_ref for each in self._rows if each.is_due(self._today)]
        self._list += [each for each in due if each not in self._list]
        self._show()

    def _put(self) -> None:
        case_ref = read_case_ref(self._other.value() or "")
        is_known = case_ref in self._desk.caseload.vault.case_refs()
        self._other.show_error("" if is_known else "There is no family with this reference. Look for a mistyped one.")
        if not is_known:
            lead_to(self._other.first_widget(), self._other)
            return
        self._other.restore("")
        if case_ref not in self._list:
            self._toggle(case_ref)

    def _look(self) -> None:
        self._desk.go(Where("disposing", {"case_refs": list(self._list)}))

    # Certificates

    def _numbers(self) -> list[tuple[str, str]]:
        return [
            (number, f"{number}, {day_text(cases[0].disposed_at.astimezone().date())}")
            for number, cases in certificates(self._desk.caseload).items()
        ]

    def _save_certificate(self) -> None:
        number = self._certificates.value()
        self._certificates.show_error("" if number else "Choose a certificate.")
        if number:
            save_as(self, self._desk, number, now())
