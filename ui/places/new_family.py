"""A new family: looked for first, opened only if it is not here; nobody is recorded twice by haste."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from spr_desktop.casework.drafts import draft, drop_draft
from spr_desktop.casework.opening import Adult, matches, open_family
from ui.desk import Desk, Place
from ui.fields import ChoiceField, DateField, Field, LineField
from ui.parts import button, card, column, label, lead_to, row, scrolling
from ui.theme import AROUND, BETWEEN, measure
from ui.where import Where

_DRAFT: Final = "new_family"
_TYPING_PAUSE: Final = 150
"""Milliseconds after the last key before a search begins."""
_WIDER: Final = 1.3
"""Two names stand beside each other, so the page is wider than running text."""
_BEGIN: Final = "Type a name, and whoever is here already is shown. What you type goes into the new case."
_CANNOT_BE_DELETED: Final = "A case that was opened cannot be deleted, only closed."


class NewFamily(Place):
    """Typing searches; Enter goes to what was found, or on to opening a case."""

    title = "New family"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fields: dict[str, Field] = {
            "given": LineField("given", "Given names"),
            "family": LineField("family", "Family name"),
            "other_given": LineField("other_given", "Given names of the other adult (optional)"),
            "other_family": LineField("other_family", "Family name of the other adult (optional)"),
            "born": DateField("born", "A date of birth (optional)"),
            "whose": ChoiceField(
                "whose",
                "Whose date of birth is it?",
                [("first", "The first adult's"), ("other", "The other adult's"), ("child", "A child's")],
            ),
            "postcode": LineField("postcode", "Postcode (optional)", "To search with only; it is not recorded here."),
        }
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE)
        self._pause.timeout.connect(self._find)
        self._error = label("", "error")
        self._error.hide()
        self._told = label("")
        self._heading = label("Is it one of these? Enter opens the family.", "heading")
        self._list = self._make_list()
        self._none = button("None of these: open a new case", self._ask, "main")
        self._build()
        typed = draft(desk.caseload, _DRAFT)
        self._begun = self._typed()
        if typed:
            for name, each in typed.items():
                self._fields[name].restore(each)
            desk.say("What you typed here before is back.")
        for field in self._fields.values():
            field.changed.connect(self._changed)
        self._find()

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName("Families that may be the same")
        made.setMaximumWidth(measure())
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemActivated.connect(lambda item: self._desk.show_family(item.data(Qt.ItemDataRole.UserRole)))
        return made

    def _build(self) -> None:
        fields = self._fields
        for name in ("given", "family", "other_given", "other_family", "postcode"):
            fields[name].first_widget().returnPressed.connect(self._go_on)  # type: ignore[attr-defined]
        self._found = card(self._heading, self._list, row(self._none))
        self._open_button = button("Open the case", self._open, "main")
        self._summary = label("")
        self._confirm = card(self._summary, row(self._open_button, button("Not yet", self._not_yet)), role="notice")
        go = Where("check_document")
        as_a_pack = button("It came as a referral pack: nothing is typed again", lambda: self._desk.go(go), "link")
        content = column(
            label("New family", "title"),
            row(as_a_pack),
            self._told,
            self._error,
            card(_pair(fields["given"], fields["family"]), _pair(fields["other_given"], fields["other_family"])),
            self._found,
            self._confirm,
            card(label("To find them more surely", "heading"), fields["born"], fields["whose"], fields["postcode"]),
            gap=BETWEEN,
            around=AROUND,
        )
        content.setMaximumWidth(round(measure() * _WIDER))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))

    def focus_first(self) -> None:
        self._fields["given"].first_widget().setFocus()

    def drafts(self) -> dict[str, dict[str, Any]]:
        typed = self._typed()
        return {_DRAFT: typed} if typed != self._begun else {}

    def _typed(self) -> dict[str, Any]:
        return {name: each.typed() for name, each in self._fields.items()}

    # Looking for them

    def _adults(self) -> list[Adult]:
        whose, born = self._fields["whose"].value(), self._born()
        found = []
        for who, given, family in (("first", "given", "family"), ("other", "other_given", "other_family")):
            adult = Adult(
                given=self._fields[given].value() or "",
                family=self._fields[family].value() or "",
                born=born if whose == who else None,
            )
            if adult.name:
                found.append(adult)
        return found

    def _born(self) -> date | None:
        try:
            return date.fromisoformat(self._fields["born"].value() or "")
        except ValueError:
            return None  # not typed to its end yet

    def _changed(self) -> None:
        for name in ("born", "whose"):
            self._fields[name].show_error("")
        self._show_parts(asks=False)
        self._pause.start()

    def _find(self) -> None:
        self._pause.stop()
        adults = self._adults()
        somebody_born = None if any(each.born for each in adults) else self._born()
        found = matches(self._desk.caseload, adults, somebody_born, self._fields["postcode"].value())
        self._list.clear()
        height = 2 * self._list.fontMetrics().lineSpacing() + BETWEEN
        for each in found:
            item = QListWidgetItem(f"{each.name}  ({each.case_ref})\n{_first_upper(each.reason)}")
            item.setData(Qt.ItemDataRole.UserRole, each.case_ref)
            item.setSizeHint(QSize(0, height))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(len(found) * height + 4)
        if found:
            how_many = "One family" if len(found) == 1 else f"{len(found)} families"
            self._told.setText(f"{how_many} here may be the same. Enter leads there.")
        else:
            self._told.setText("Nobody here is like this." if adults else _BEGIN)
        self._none.setText("None of these: open a new case" if found else "Open a new case")
        self._none.setAccessibleName(self._none.text())
        self._show_parts(asks=False)

    def _show_parts(self, *, asks: bool) -> None:
        """What goes with what was typed and found, and with whether opening a case is being asked about."""
        is_found = self._list.count() > 0
        self._fields["whose"].setVisible(bool(self._fields["born"].value()))
        self._heading.setVisible(is_found)
        self._list.setVisible(is_found)
        self._none.setVisible(not asks)
        self._found.setVisible(is_found or (bool(self._adults()) and not asks))
        self._confirm.setVisible(asks)

    def _go_on(self) -> None:
        self._find()
        if self._list.count():
            lead_to(self._list, self._found)
        else:
            self._ask()

    # Opening a case

    def _ask(self) -> None:
        if self._pause.isActive():
            self._find()
            if self._list.count():  # somebody was quicker than the search, and has not seen these
                lead_to(self._list, self._found)
                return
        adults = self._adults()
        self._say("" if adults else "Type at least one name.")
        if not adults:
            self.focus_first()
            return
        self._fields["born"].show_error("")
        if self._fields["born"].value() and (not self._born() or not self._fields["whose"].value()):
            field = self._fields["whose"] if self._born() else self._fields["born"]
            field.show_error(
                "Choose whose it is, or take the date out."
                if self._born()
                else "Enter a date that exists, like 3 11 1990."
            )
            lead_to(field.first_widget())
            return
        names = " and ".join(each.name for each in adults)
        who = "one adult" if len(adults) == 1 else "two adults"
        self._summary.setText(f"This opens a new case with {who}: {names}. {_CANNOT_BE_DELETED}")
        self._show_parts(asks=True)
        lead_to(self._open_button, self._confirm)

    def _not_yet(self) -> None:
        self._show_parts(asks=False)
        lead_to(self._none)

    def _open(self) -> None:
        caseload = self._desk.caseload
        adults = self._adults()
        case_ref = open_family(caseload, adults, date.today())
        self._begun = self._typed()  # what was typed is on record now
        drop_draft(caseload, _DRAFT)
        self._desk.show_family(case_ref)
        self._desk.say(f"The case is open, with {'one adult' if len(adults) == 1 else 'two adults'} on record.")

    def _say(self, error: str) -> None:
        self._error.setText(error)
        self._error.setVisible(bool(error))


def _pair(left: Field, right: Field) -> QWidget:
    """Two fields beside each other, each with half of the width."""
    made = row(left, right, gap=BETWEEN, stretch=False)
    layout = made.layout()
    assert layout is not None
    for number, each in enumerate((left, right)):
        layout.setStretch(number, 1)  # type: ignore[attr-defined]
        layout.setAlignment(each, Qt.AlignmentFlag.AlignBottom)
    return made


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
