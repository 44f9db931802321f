"""Two cards about keeping: the organisation's rule, and holding a family whatever its age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spr_desktop.casework.retention import HOLD_REASONS, PRESETS, choose_rule, chosen_rule, hold_case, read_rule
from spr_desktop.casework.words import day_text
from spr_desktop.records.references import read_case_ref
from ui.desk import Desk
from ui.failures import sentence
from ui.fields import ChoiceField, DateField, LineField
from ui.parts import button, label, lead_to, row
from ui.theme import BETWEEN, GAP, measure

_NONE: Final = "none"
_OTHER: Final = "other"


class _Card(QFrame):
    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._then = then
        self.setProperty("role", "card")

    def _fill(self, *parts: QWidget) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        inside.setSpacing(GAP)
        for part in parts:
            part.setMaximumWidth(measure())
            inside.addWidget(part)


class RuleCard(_Card):
    """No rule until somebody chooses one; the presets are examples with whose they are."""

    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        super().__init__(desk, then)
        presets = [(code, f"{_capital(read_rule(code).words)} ({whose})") for code, whose in PRESETS]
        choices = [(_NONE, "No rule: nothing is ever past its time"), *presets, (_OTHER, "Another rule")]
        self._rule = ChoiceField("rule", "Families are kept", choices)
        self._other = LineField(
            "other",
            "The other rule",
            "CASE+6: 6 years after the last record. DOB+25: until the youngest child is 25",
        )
        self._basis = LineField("basis", "The policy it comes from", "For example: Retention schedule 2026, line 12")
        self._now = label("", "quiet")
        self._fill(
            label("The rule", "heading"),
            label("Councils differ, so ask your organisation. The examples say who published them."),
            self._now,
            self._rule,
            self._other,
            self._basis,
            row(button("Save the rule", self._save)),
        )
        self._rule.changed.connect(self._show_fields)
        self._restore()

    def first_widget(self) -> QWidget:
        """Where the choice begins."""
        return self._rule.first_widget()

    def _restore(self) -> None:
        chosen = chosen_rule(self._desk.caseload)
        known = [code for code, _ in PRESETS]
        self._rule.restore(_NONE if chosen is None else chosen.rule.code if chosen.rule.code in known else _OTHER)
        self._other.restore(chosen.rule.code if chosen and chosen.rule.code not in known else "")
        self._basis.restore(chosen.basis if chosen else "")
        self._now.setText(
            f"Chosen on {day_text(chosen.chosen_on)}{f' by {chosen.chosen_by}' if chosen.chosen_by else ''}."
            if chosen
            else "No rule was chosen."
        )
        self._show_fields()

    def _show_fields(self) -> None:
        self._other.setVisible(self._rule.value() == _OTHER)
        self._basis.setVisible(self._rule.value() not in (None, _NONE))

    def _save(self) -> None:
        code = self._rule.value()
        rule = None
        self._other.show_error("")
        self._basis.show_error("")
        if code != _NONE:
            try:
                rule = read_rule((self._other.value() or "") if code == _OTHER else (code or ""))
            except ValueError:
                self._other.show_error("Write it like CASE+6 or DOB+25.")
                lead_to(self._other.first_widget(), self._other)
                return
            if not self._basis.value():
                self._basis.show_error("Say which policy it comes from, so that others can look it up.")
                lead_to(self._basis.first_widget(), self._basis)
                return
        choose_rule(self._desk.caseload, rule, self._basis.value() or "", date.today())
        self._restore()
        self._then()
        self._desk.say("Saved. Nothing was disposed of: what is past its time stands in the list.")


class HoldCard(_Card):
    """A family that is kept whatever its age, with a reason and a day on which that is looked at again."""

    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        super().__init__(desk, then)
        self._ref = LineField("case_ref", "Reference of the family to hold", "Eight characters, such as K7QX-3M2P")
        self._reason = ChoiceField("reason", "Why it is held", list(HOLD_REASONS.items()))
        self._review_on = DateField("review_on", "Look at it again on")
        self._fill(
            label("Hold a family", "heading"),
            label("A family that is held is not disposed of, whatever its age, until somebody lets it go."),
            self._ref,
            self._reason,
            self._review_on,
            row(button("Hold this family", self._hold)),
        )

    def _hold(self) -> None:
        typed, day = self._ref.value() or "", _day(self._review_on)
        self._ref.show_error("" if typed else "Type the reference of the family.")
        self._reason.show_error("" if self._reason.value() else "Choose why it is held.")
        future = day is not None and day > date.today()
        self._review_on.show_error("" if future else "Enter a day to come, like 3 11 2027.")
        missing = [
            field
            for field, is_there in ((self._ref, typed), (self._reason, self._reason.value()), (self._review_on, future))
            if not is_there
        ]
        if missing or day is None:
            lead_to(missing[0].first_widget(), missing[0])
            return
        case_ref = read_case_ref(typed)
        try:
            hold_case(self._desk.caseload, case_ref, self._reason.value() or "", day, date.today())
        except Exception as error:  # noqa: BLE001 - what stood in the way is told, and nothing is held
            self._ref.show_error(sentence(error))
            lead_to(self._ref.first_widget(), self._ref)
            return
        for field in (self._ref, self._reason, self._review_on):
            field.restore(None)
        self._then()
        self._desk.say(f"{case_ref} is held.")


def _day(field: DateField) -> date | None:
    try:
        return date.fromisoformat(field.value() or "")
    except ValueError:
        return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
